import type { IDataObject } from 'n8n-workflow';
import { isObjectEmpty, setSafeObjectProperty, UserError } from 'n8n-workflow';

import { isEmpty, named, parseInput } from './input';
import type { InputScope } from './input';
import { endpoints, pathFields } from '../schema/endpoints';
import type { PathField } from '../schema/endpoints';
import type { AhaRequest } from '../transport/types';
import { isObject } from '../transport/json';
import type { Endpoint, Field, Fields, Operation } from '../schema/types';

/** Reads what a person typed into a field of the form, for one item. */
export type ReadParameter = (name: string, fallback?: unknown) => unknown;

/**
 * The request that an operation and a filled-in form make.
 *
 * @throws UserError that names the field, for a missing or wrong value
 */
export function buildRequest(
	resource: string,
	operation: Operation,
	read: ReadParameter,
	scope: InputScope,
): AhaRequest {
	const [choice, endpoint] = chosenEndpoint(operation, read);
	const [method, path] = endpoint.split(' ') as [AhaRequest['method'], string];
	const applies = ({ only, when = {} }: Field) =>
		(!only || only.includes(choice)) &&
		Object.entries(when).every(([name, values]) => values.includes(String(read(name))));
	const pick = (fields: Fields = {}, values: IDataObject, required: boolean, into?: IDataObject) =>
		collect(fields, values, { applies, required, scope }, into);

	const top = (fields: Fields = {}) => readTop(fields, read, applies);
	const collection = (name: string, fields?: unknown): IDataObject =>
		fields ? ((read(name, {}) as IDataObject | undefined) ?? {}) : {};

	const options = collection('options', operation.selectable || operation.query);
	const query = {
		...operation.always?.query,
		...pick(operation.requiredQuery, top(operation.requiredQuery), true),
		...pick(
			operation.query,
			operation.list ? collection('filters', operation.query) : options,
			false,
		),
		...(operation.selectable && !isEmpty(options.fields) && { fields: joined(options.fields) }),
	};
	const sent = pick(operation.required, top(operation.required), true);
	pick(operation.fields, collection('additionalFields', operation.fields), false, sent);
	if (operation.customFields) addCustomFields(sent, read('customFields.value', {}));
	return {
		method,
		path: fillPath(path, pathFields(resource, operation, endpoint), read, scope),
		query,
		...bodyOf(operation, sent),
	};
}

/** What stands in the fields that show outside a collection; n8n has no value for hidden ones. */
const readTop = (
	fields: Fields,
	read: ReadParameter,
	applies: (field: Field) => boolean,
): IDataObject =>
	Object.fromEntries(
		Object.entries(fields)
			.filter(([, field]) => applies(field))
			.map(([name]) => [name, read(name)]),
	) as IDataObject;

/**
 * What a person decided about the operation itself, by the names of its `settings`.
 *
 * @throws UserError that names the field, for a missing or wrong value
 */
export const readSettings = (
	{ settings = {} }: Operation,
	read: ReadParameter,
	scope: InputScope,
): IDataObject => {
	const applies = () => true;
	return collect(settings, readTop(settings, read, applies), { applies, required: true, scope });
};

/**
 * Adds what was filled in below Custom Fields to the `custom_fields` that were given as JSON: an
 * object by key, or Aha!'s other form, a list of `{key, value}`.
 *
 * @param mapped values by key as n8n's resource mapper gives them; empty ones are not sent
 */
function addCustomFields(sent: IDataObject, mapped: unknown): void {
	const filled = Object.entries((mapped ?? {}) as IDataObject)
		.filter(([, value]) => !isEmpty(value))
		.map(([key, value]) => [key, isMoment(value) ? value.toISODate() : value] as const);
	if (filled.length === 0) return;
	const given = sent.custom_fields as IDataObject | IDataObject[] | undefined;
	sent.custom_fields = Array.isArray(given)
		? [...given, ...filled.map(([key, value]) => ({ key, value }))]
		: { ...given, ...Object.fromEntries(filled) };
}

/** n8n turns the text of a date into a moment of Luxon; Aha!'s custom fields hold days. */
const isMoment = (value: unknown): value is { toISODate(): string } =>
	isObject(value) && typeof value.toISODate === 'function';

const joined = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

function chosenEndpoint(operation: Operation, read: ReadParameter): [string, Endpoint] {
	const choices = endpoints(operation);
	if (choices.length === 0) return ['', 'GET /'];
	if (choices.length === 1) return choices[0];
	const chosen = read('belongsTo');
	const found = choices.find(([key]) => key === chosen);
	if (!found)
		throw new UserError(`"Belongs To" must be one of ${choices.map(([key]) => key).join(', ')}`);
	return found;
}

function fillPath(
	path: string,
	fields: readonly PathField[],
	read: ReadParameter,
	scope: InputScope,
): string {
	return fields.reduce((filled, { parameter, name, field: unnamed }) => {
		const field = named(name, unnamed);
		const value = read(name);
		if (isEmpty(value)) throw new UserError(`"${field.label}" is missing`);
		const parsed = parseInput(value, field, scope);
		return filled.replace(`{${parameter}}`, encodeURIComponent(String(parsed)));
	}, path);
}

interface Collecting {
	readonly applies: (field: Field) => boolean;
	readonly required: boolean;
	readonly scope: InputScope;
}

/** The values that a person gave, as Aha! takes them, at their places in the body. */
function collect(
	fields: Fields,
	values: IDataObject,
	collecting: Collecting,
	collected: IDataObject = {},
): IDataObject {
	for (const [name, field] of Object.entries(fields)) {
		if (!collecting.applies(field)) continue;
		const value = values[name];
		if (value === undefined || (collecting.required && isEmpty(value))) {
			if (collecting.required) throw new UserError(`"${named(name, field).label}" is missing`);
			continue;
		}
		// A field that was added and left empty clears what stands in Aha!.
		const parsed = isEmpty(value) ? '' : parseInput(value, named(name, field), collecting.scope);
		place(collected, field.at ?? name, parsed);
		if (field.also) place(collected, field.also, parsed);
	}
	return collected;
}

function place(target: IDataObject, path: string, value: IDataObject[string]): void {
	const [head, ...rest] = path.split('.');
	if (rest.length === 0) {
		setSafeObjectProperty(target, head, value);
		return;
	}
	const inner = (target[head] ?? {}) as IDataObject;
	setSafeObjectProperty(target, head, inner);
	place(inner, rest.join('.'), value);
}

function bodyOf(operation: Operation, sent: IDataObject): { body?: IDataObject } {
	const [inner, beside] = [false, true].map((outside) =>
		Object.fromEntries(
			Object.entries(sent)
				.filter(([key]) => key.startsWith('/') === outside)
				.map(([key, value]) => [key.replace('/', ''), value]),
		),
	);
	const body = operation.root && !isObjectEmpty(inner) ? { [operation.root]: inner } : inner;
	const whole = { ...operation.always?.body, ...body, ...beside };
	return isObjectEmpty(whole) ? {} : { body: whole };
}
