import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../transport/json';

/*
 * What Aha! or a webhook sends may have any shape. These give a value of the shape that an item
 * promises, or nothing. They convert no objects: one with its own `toString` would throw.
 */

/** A text, or a number as text; `undefined` for anything else. */
export const textOf = (value: unknown): string | undefined =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Ids are decimal text; a number beyond 2^53 was rounded and is no id. */
export const idOf = (value: unknown): string | null =>
	typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : null;

/** Longest text that is read as a time; ISO 8601 takes 24 to 30 characters. */
const MAX_TIME_LENGTH = 64;

const YEAR_10000 = Date.UTC(10_000, 0);

/** A time after 1970 in milliseconds; `undefined` for anything else. */
export function timeOf(value: unknown): number | undefined {
	if (typeof value !== 'string' || value.length > MAX_TIME_LENGTH) return undefined;
	const time = Date.parse(value);
	return time >= 0 && time < YEAR_10000 ? time : undefined;
}

/** Deeper values would overflow the stack where n8n copies or stores an item. */
const MAX_DEPTH = 20;

/** A value of JSON as it is; `null` if it is nested too deeply for n8n. */
export const valueOf = (value: unknown): IDataObject[string] =>
	isWithin(MAX_DEPTH, value) ? ((value ?? null) as IDataObject[string]) : null;

function isWithin(depth: number, value: unknown): boolean {
	if (!isObject(value) && !Array.isArray(value)) return true;
	return depth > 0 && Object.values(value).every((inner) => isWithin(depth - 1, inner));
}
