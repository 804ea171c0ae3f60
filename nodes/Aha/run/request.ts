import type { IDataObject } from 'n8n-workflow';
import { isObjectEmpty, setSafeObjectProperty, UserError } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, isNothing, isPathStep } from '../schema/endpoints';
import { choicesOf, withLabel } from '../schema/fields';
import type { RequestContext } from '../schema/handler';
import { format } from '../schema/options';
import { pathFields } from '../schema/pathFields';
import type { PathField } from '../schema/pathFields';
import type { ResourceName } from '../schema/resourceNames';
import type { Endpoint, Field, Fields, Operation } from '../schema/types';
import { readCustomFields } from './customFields';
import { isEmpty, locatorValue, parseInput } from './input';
import type { InputScope } from './input';
import { rejectInput, rejectMissing } from './inputError';
import { textOf } from './plain';
import type { ReadParameter } from './readParameter';
import type { TextFormat } from './richText';

/** How the fields of one part of the form are read. */
interface Reading {
	/** Whether the form shows a field for what is chosen. */
	readonly applies: (field: Field) => boolean;
	/** Whether an empty field is an error. */
	readonly required: boolean;
	/** What a field sends that was added and left empty; undefined to leave it out. */
	readonly emptyValue: (field: Field) => '' | null | undefined;
	readonly scope: InputScope;
}

/**
 * The request that an operation and a form describe, and the values of its path parameters.
 *
 * @param fields Aha!'s `fields`, where the records should carry certain ones
 * @throws UserError that names the field, for a missing or wrong value
 */
export function readRequest(
	resource: ResourceName,
	operation: Operation,
	read: ReadParameter,
	{ scope, fields }: { readonly scope: InputScope; readonly fields?: string },
): Pick<RequestContext, 'request' | 'path'> {
	const [key, endpoint] = chosenEndpoint(operation, read);
	const applies = ({ forEndpoints, showWhen }: Field) =>
		(!forEndpoints || forEndpoints.includes(key)) && isShown(showWhen, read);
	const required = { applies, required: true, emptyValue, scope };
	// An empty field clears a value of a record; a new record has none, and a filter filters nothing.
	const creates = CREATES.has(operation.value);
	const optional = { ...required, required: false, ...(creates && { emptyValue: leftOut }) };
	const optionalQuery = { ...optional, emptyValue: leftOut };

	const body = collect(operation.required, readTop(operation.required, read, applies), required);
	collect(operation.fields, readCollection('additionalFields', read), optional, body);
	if (operation.customFields) {
		const customFields = readCustomFields(body.custom_fields, read, { ...scope, clears: !creates });
		if (customFields) body.custom_fields = customFields;
	}

	const options = readCollection('options', read);
	const filters = operation.paginated ? readCollection('filters', read) : options;
	const query: IDataObject = {
		...collect(operation.requiredQuery, readTop(operation.requiredQuery, read, applies), required),
		...collect(operation.query, filters, optionalQuery),
	};
	if (endpoint.startsWith('PUT ') && takesFields(operation) && isObjectEmpty(body)) {
		throw new UserError('Nothing to update', {
			description: 'Add what should change, such as a field below Additional Fields.',
		});
	}
	if (fields !== undefined) {
		if (endpoint.startsWith('GET ')) query.fields = fields;
		else body['/fields'] = fields;
	}
	const path = readPath(pathFields(resource, operation, endpoint), read, scope);
	return {
		request: {
			...fillEndpoint(endpoint, path),
			query,
			...bodyOf(operation, body),
			...(operation.mayBeEmpty && { mayBeEmpty: true }),
			...(operation.returns && { returns: operation.returns }),
		},
		path,
	};
}

/** Whether the form shows a field that depends on others. */
const isShown = (when: Field['showWhen'] = {}, read: ReadParameter): boolean =>
	Object.entries(when).every(([name, values]) => values.includes(textOf(read(name))));

/** Operations that make a record. */
const CREATES: ReadonlySet<string> = new Set(['create', 'upsert']);

/** Whether an operation is about the values of fields. */
const takesFields = ({ required, fields, customFields }: Operation): boolean =>
	customFields === true || !isObjectEmpty({ ...required, ...fields });

const leftOut = (): undefined => undefined;

/**
 * The values of an operation's settings and filters, by their names.
 *
 * @throws UserError that names the field, for a missing or wrong value
 */
export function readSettings(
	{ settings, filters }: Operation,
	read: ReadParameter,
	scope: InputScope,
): IDataObject {
	const applies = ({ showWhen }: Field) => isShown(showWhen, read);
	const required = { applies, required: true, emptyValue: () => undefined, scope };
	const values = collect(settings, readTop(settings, read, applies), required);
	const given = filters && readCollection('filters', read);
	return collect(filters, given, { ...required, required: false }, values);
}

/**
 * Number of records wanted; `Infinity` for all.
 *
 * @throws UserError when it is no whole number above 0
 */
export function readLimit(read: ReadParameter, scope: InputScope): number {
	if (readSwitch('returnAll', read, scope)) return Infinity;
	const field = { kind: 'integer', label: 'Limit' } as const;
	const limit = read('limit', 50);
	if (isEmpty(limit)) rejectMissing(field);
	const parsed = Number(parseInput(limit, field, scope));
	return parsed > 0 ? parsed : rejectInput(field, limit, 'a whole number above 0');
}

/** Whether a switch is on; off where the form does not have it. */
export function readSwitch(name: string, read: ReadParameter, scope: InputScope): boolean {
	const value = read(name, false);
	const field = withLabel(name.replace(/.*\./, ''), { kind: 'boolean' });
	return !isEmpty(value) && parseInput(value, field, scope) === true;
}

/** What rich text is written in. */
export function readFormat(read: ReadParameter, scope: InputScope): TextFormat {
	const value = read('options.format', 'detect');
	if (isEmpty(value)) return 'detect';
	return parseInput(value, withLabel('format', format), scope) as TextFormat;
}

/** The chosen endpoint with its key. */
function chosenEndpoint(operation: Operation, read: ReadParameter): [string, Endpoint] {
	const all = endpointsOf(operation);
	if (all.length === 1) return all[0];
	const chosen = read('belongsTo');
	const found = all.find(([key]) => key === chosen);
	if (!found)
		throw new UserError(`"Belongs To" must be one of ${all.map(([key]) => key).join(', ')}`);
	return found;
}

function readPath(
	fields: readonly PathField[],
	read: ReadParameter,
	scope: InputScope,
): Record<string, string> {
	const values = fields.map(({ parameter, name, field }) => {
		const labelled = withLabel(name, field);
		const value = read(name);
		if (textOf(locatorValue(value) ?? '') === '') rejectMissing(labelled);
		const parsed = String(parseInput(value, labelled, scope));
		return [parameter, isPathText(parsed) ? parsed : rejectInput(labelled, parsed, 'an ID or key')];
	});
	return Object.fromEntries(values) as Record<string, string>;
}

/** Whether a text names something: no step in a path, and not what a failed expression leaves. */
const isPathText = (text: string): boolean => !isPathStep(text) && !isNothing(text);

/** The values of fields outside of collections. n8n has no value for hidden ones. */
const readTop = (
	fields: Fields = {},
	read: ReadParameter,
	applies: (field: Field) => boolean,
): IDataObject =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([, field]) => applies(field))
			.map(([name]) => [name, read(name)]),
	) as IDataObject;

const readCollection = (name: string, read: ReadParameter): IDataObject =>
	(read(name, {}) as IDataObject | undefined) ?? {};

/** What clears a value in Aha!: `null`, and an empty text for text. */
const emptyValue = (field: Field): '' | null =>
	field.kind === 'text' ||
	field.kind === 'html' ||
	choicesOf(field).some(({ value, sent = value }) => sent === '')
		? ''
		: null;

/** Parses the values that a person gave and sets them at their paths in `target`. */
function collect(
	fields: Fields = {},
	values: IDataObject = {},
	{ applies, required, emptyValue, scope }: Reading,
	target: IDataObject = {},
): IDataObject {
	for (const [name, field] of Object.entries(fields)) {
		if (!applies(field)) continue;
		const labelled = withLabel(name, field);
		const value = values[name];
		if (required && !field.optional && isEmpty(value)) rejectMissing(labelled);
		if (locatorValue(value) === undefined) continue;
		const parsed = isEmpty(value) ? emptyValue(field) : parseInput(value, labelled, scope);
		if (parsed === undefined) {
			if (!required) scope.onLeftOut?.(labelled.label);
			continue;
		}
		const isEffortText = field.kind === 'estimate' && typeof parsed === 'string';
		setPath(target, field.bodyPath ?? (isEffortText ? `${name}_text` : name), parsed);
		if (field.secondBodyPath) setPath(target, field.secondBodyPath, parsed);
	}
	return target;
}

function setPath(target: IDataObject, path: string, value: IDataObject[string]): void {
	const [head, ...rest] = path.split('.');
	if (rest.length === 0) {
		setSafeObjectProperty(target, head, value);
		return;
	}
	const inner = (target[head] ?? {}) as IDataObject;
	setSafeObjectProperty(target, head, inner);
	setPath(inner, rest.join('.'), value);
}

/** The body with its root; what starts with `/` goes beside the root. */
function bodyOf({ root }: Operation, values: IDataObject): { body?: IDataObject } {
	const [inner, beside] = [false, true].map((isBeside) =>
		Object.fromEntries(
			Object.entries(values)
				.filter(([key]) => key.startsWith('/') === isBeside)
				.map(([key, value]) => [key.replace('/', ''), value]),
		),
	);
	const body = { ...(root && !isObjectEmpty(inner) ? { [root]: inner } : inner), ...beside };
	return isObjectEmpty(body) ? {} : { body };
}
