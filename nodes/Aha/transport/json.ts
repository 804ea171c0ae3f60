import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

/** Whether a value is an object with keys, as JSON gives it: not an array, not `null`. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The records of a list: bare IDs become records, and `null` is none. */
export const toRecords = (list: readonly unknown[]): IDataObject[] =>
	list
		.filter((item) => item !== null)
		.map((item) => (isObject(item) ? item : ({ id: item } as IDataObject)));

/** Escaped characters, quotes, and whole numbers. */
const TOKEN = /\\.|"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** The start of a number that may be long. Most IDs are in quotes, so this is rare. */
const LONG = /(?:^|[\s:,[])-?\d{16}/;

/**
 * The JSON of a response body; other text unchanged. IDs exceed 2^53, and some of Aha!'s responses
 * have them as numbers: these become text, as JavaScript would round them.
 */
export function parseJson(text: unknown): unknown {
	if (typeof text !== 'string') return text;
	return jsonParse(LONG.test(text) ? quoteLongNumbers(text) : text, { fallbackValue: text });
}

function quoteLongNumbers(json: string): string {
	let isInText = false;
	return json.replace(TOKEN, (token) => {
		if (token === '"') isInText = !isInText;
		const isLong = /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token));
		return isLong && !isInText ? `"${token}"` : token;
	});
}

/** The value of the field with a key, in a list of fields such as a record's custom fields. */
export const fieldValue = (fields: unknown, key: string): unknown =>
	Array.isArray(fields)
		? fields.filter(isObject).find((field) => field.key === key)?.value
		: undefined;
