import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../transport/json';
import { isEmpty } from './input';

/**
 * The `custom_fields` of a body: what was given as JSON, with what was filled in below Custom
 * Fields added.
 *
 * @param json an object by key, or Aha!'s other form, a list of `{key, value}`
 * @param mapped values by key from n8n's resource mapper; empty ones are left out
 * @returns undefined when nothing was filled in
 */
export function customFieldValues(
	json: unknown,
	mapped: unknown,
): IDataObject | IDataObject[] | undefined {
	const filledIn = Object.entries((mapped ?? {}) as IDataObject)
		.filter(([, value]) => !isEmpty(value))
		.map(([key, value]) => [key, isDateTime(value) ? value.toISODate() : value] as const);
	if (filledIn.length === 0) return undefined;
	return Array.isArray(json)
		? [...(json as IDataObject[]), ...filledIn.map(([key, value]) => ({ key, value }))]
		: { ...(json as IDataObject), ...Object.fromEntries(filledIn) };
}

/** n8n turns the text of a date into Luxon's `DateTime`; Aha!'s custom fields hold days. */
const isDateTime = (value: unknown): value is { toISODate(): string } =>
	isObject(value) && typeof value.toISODate === 'function';
