import type { Shape } from './shapes';
import { isNumberKey, isObject, nestedShape } from './shapes';

/** Marks text that is written as a number. It does not occur in any other text. */
const MARK = '\u0000';

const MARKED = /"\\u0000(\d+)"/g;

/** A whole number with more digits than JavaScript keeps, where JSON has one. */
const LONG_NUMBER = /(?<=[:[,])\d{16,}(?=[,\]}])/g;

/** Parses JSON that `toJson` wrote, without rounding. Only for `stringifyLong` to write again. */
export const parseLong = (json: string): unknown =>
	JSON.parse(json.replace(LONG_NUMBER, '"\\u0000$&"'));

/** Writes JSON with the marked texts as numbers. */
export const stringifyLong = (value: unknown): string =>
	JSON.stringify(value).replace(MARKED, '$1');

/**
 * Writes a response as JSON. IDs are numbers where Aha! recorded numbers, with all their digits:
 * JavaScript would round those beyond 2^53.
 *
 * @param shape of the recorded response
 */
export const toJson = (body: unknown, shape: Shape): string => stringifyLong(marked(body, shape));

function marked(value: unknown, shape: Shape | undefined, key = ''): unknown {
	if (Array.isArray(value)) {
		const element = shape?.type === 'list' ? shape.element : undefined;
		return value.map((each) => marked(each, element));
	}
	if (isObject(value)) {
		return Object.fromEntries(
			Object.entries(value).map(([key, part]) => [key, marked(part, partOf(shape, key), key)]),
		);
	}
	if (shape?.type !== 'value') return value;
	const isNumber = shape.sample === null ? isNumberKey(key) : typeof shape.sample === 'number';
	return isNumber && typeof value === 'string' && /^\d+$/.test(value) ? `${MARK}${value}` : value;
}

/** An id, or the name of a class. */
const MAP_KEY = /^(\d+|[A-Z]\w*(::\w+)?)$/;

/** The shape of a part. In a map, all parts have the same; some are only recorded elsewhere. */
function partOf(shape: Shape | undefined, key: string): Shape | undefined {
	const keys = shape?.type === 'object' ? shape.keys : undefined;
	const known = keys?.get(key);
	if (known && !(known.type === 'list' && !known.element)) return known;
	const isMap = keys !== undefined && [...keys.keys()].every((name) => MAP_KEY.test(name));
	const [first] = isMap ? keys.values() : [];
	return first ?? nestedShape(key);
}
