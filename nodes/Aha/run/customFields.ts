import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import type { LabelledField } from '../schema/fields';
import { isObject } from '../transport/json';
import type { InputScope } from './input';
import { isEmpty, parseInput } from './input';
import { rejectInput } from './inputError';
import type { ReadParameter } from './readParameter';

/** What n8n's resource mapper knows of a custom field. */
interface MappedField {
	readonly id: string;
	readonly displayName?: string;
	readonly type?: string;
	readonly options?: readonly INodePropertyOptions[];
}

interface CustomFieldScope extends InputScope {
	/** Whether `null` clears a value: a new record has none. */
	readonly clears: boolean;
}

/**
 * The `custom_fields` of a body: what was given as JSON, with what was filled in below Custom
 * Fields added.
 *
 * @param json an object by key, or Aha!'s other form, a list of `{key, value}`
 * @returns undefined when nothing was filled in
 * @throws UserError that names the custom field
 */
export function readCustomFields(
	json: unknown,
	read: ReadParameter,
	scope: CustomFieldScope,
): IDataObject | IDataObject[] | undefined {
	assertCustomFields(json);
	// n8n's own check makes 0 of an empty number, refuses `null`, and moves days.
	const values = read('customFields.value', {}, { skipValidation: true });
	const schema = read('customFields.schema', []);
	const fields = Array.isArray(schema) ? (schema as MappedField[]) : [];
	const filledIn = Object.entries(isObject(values) ? values : {})
		.map(([key, value]) => [key, customFieldValue(key, value, fields, scope)] as const)
		.filter(([, value]) => value !== undefined);
	if (filledIn.length === 0) return json as IDataObject | undefined;
	return Array.isArray(json)
		? [...(json as IDataObject[]), ...filledIn.map(([key, value]) => ({ key, value }))]
		: { ...(json as IDataObject), ...Object.fromEntries(filledIn) };
}

/** @throws UserError for JSON of another form: Aha! would take its characters for keys */
function assertCustomFields(json: unknown): void {
	if (json === undefined || json === null || isObject(json)) return;
	if (Array.isArray(json) && json.every((entry) => isObject(entry) && 'key' in entry)) return;
	rejectInput(
		{ label: 'Custom Fields (JSON)' },
		json,
		'an object by key, or a list of objects with key and value',
	);
}

function customFieldValue(
	key: string,
	value: unknown,
	fields: readonly MappedField[],
	scope: CustomFieldScope,
): IDataObject[string] {
	if (value === null && scope.clears) return null;
	if (isEmpty(value)) return undefined;
	const field = fields.find(({ id }) => id === key) ?? { id: key };
	const label = field.displayName ?? key;
	const parsed = parseInput(value, fieldOf(label, field, value), scope) as IDataObject[string];
	const { type, options: choices = [] } = field;
	if (type === 'array' && choices.length > 0) {
		for (const one of parsed as string[])
			parseInput(one, { kind: 'choice', label, choices }, scope);
	}
	return parsed;
}

/** How the value of a custom field is read. */
function fieldOf(label: string, { type, options }: MappedField, value: unknown): LabelledField {
	if (type === 'options' && options) return { kind: 'choice', label, choices: options };
	if (type === 'array') return { kind: 'list', label };
	if (type === 'dateTime') return { kind: 'date', label };
	if (type === 'number' || type === 'boolean') return { kind: type, label };
	if (type === 'object' || (type === undefined && typeof value === 'object')) {
		return { kind: 'json', label };
	}
	return { kind: 'text', label };
}
