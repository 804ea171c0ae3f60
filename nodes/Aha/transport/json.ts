import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

/** Whether a value is an object with keys, as JSON gives it: not an array, not `null`. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is escaped in a text, where texts begin and end, and numbers as a whole. */
const TOKEN = /\\.|"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** What may be the beginning of a long number: most ids stand in quotes, and need no care. */
const LONG = /(?:^|[\s:,[])-?\d{16}/;

/**
 * The JSON of an answer, or the text itself where it is none. Ids go beyond 2^53, and some of
 * Aha!'s answers write them as numbers: these become text, where JavaScript would round them.
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
