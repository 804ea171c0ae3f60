import type { IDataObject } from 'n8n-workflow';
import { isObjectEmpty } from 'n8n-workflow';

import type { EndpointOperation } from '../schema/types';
import { isObject, toRecords } from '../transport/json';
import type { AhaRequest } from '../transport/types';

type ResponseKeys = Pick<EndpointOperation, 'returns' | 'paginated'>;
type Method = Pick<AhaRequest, 'method'>;

/** What a response holds. */
interface Content {
	readonly records: IDataObject[];
	/** What is beside its one record, such as the role of a new user. */
	readonly beside?: IDataObject;
}

/**
 * The records of a response: those under the operation's key, or else its one object, or the body
 * itself. A response without a body becomes one item that says what was done. Bare IDs become
 * records. A record with more beside it stays in the body, so that nothing is lost.
 */
export function recordsOf(operation: ResponseKeys, request: Method, body: unknown): IDataObject[] {
	const content = contentOf(operation, body);
	if (!content) return [done(request)];
	return content.beside ? [body as IDataObject] : content.records;
}

/**
 * The same records, each in a short version.
 *
 * @param keys as `simplify` takes them
 * @param fills as `simplify` takes it
 */
export function simpleRecordsOf(
	operation: ResponseKeys,
	request: Method,
	body: unknown,
	keys: readonly string[],
	fills = true,
): IDataObject[] {
	const content = contentOf(operation, body);
	if (!content) return [done(request)];
	return content.records.map((record) => {
		const whole = { ...content.beside, ...record };
		const simple = simplify(whole, keys, fills);
		// An item without a value would hide what Aha! returned.
		return Object.values(simple).every((value) => value === null) ? whole : simple;
	});
}

const done = ({ method }: Method): IDataObject =>
	method === 'DELETE' ? { deleted: true } : { success: true };

function contentOf({ returns, paginated }: ResponseKeys, body: unknown): Content | undefined {
	if (Array.isArray(body)) return { records: toRecords(body) };
	if (!isObject(body) || isObjectEmpty(body)) return undefined;
	if (returns === undefined) return { records: [body] };
	const rest = without(body, 'pagination');
	const key = returns in rest ? returns : paginated ? listKey(rest) : oneObjectKey(rest);
	if (key === undefined) return { records: [body] };
	const [found, beside] = [rest[key], without(rest, key)];
	if (Array.isArray(found)) return { records: toRecords(found) };
	if (!isObject(found)) return { records: [body] };
	return { records: [found], ...(!isObjectEmpty(beside) && { beside }) };
}

const without = (body: IDataObject, key: string): IDataObject =>
	Object.fromEntries(Object.entries(body).filter(([other]) => other !== key));

/** The list of a body that has another key: Aha! calls a workspace's users `project_users`. */
const listKey = (body: IDataObject): string | undefined =>
	Object.keys(body).find((key) => Array.isArray(body[key]));

/** The key of a body's one object: a feature that becomes an epic is under an empty key. */
function oneObjectKey(body: IDataObject): string | undefined {
	const [key, ...others] = Object.keys(body);
	return others.length === 0 && isObject(body[key]) ? key : undefined;
}

/**
 * The keys of the short version of a record, and those that a person asked for.
 *
 * @param fields Aha!'s `fields`, such as `name,tags` or `*,watchers`
 */
export function simpleKeys(simple: readonly string[], fields?: unknown): string[] {
	const asked = typeof fields === 'string' ? fields.split(',').map((field) => field.trim()) : [];
	return [...new Set([...simple, ...asked])].filter((key) => key !== '' && key !== '*');
}

/** Keys that name a nested record for people; the first that it has is taken. */
const NAMES = ['email', 'name', 'reference_num', 'reference_prefix', 'body', 'value'] as const;

/**
 * A short version of a record: the keys that people use, nested records as their name, a person
 * as the email address, rich text as its HTML, custom fields by their key.
 *
 * @param keys Aha!'s keys, in the order of the result; of a path with dots, the last part is the key
 * @param fills whether a key that the record does not have is `null`, so that all records have the
 *   same columns
 */
export function simplify(record: IDataObject, keys: readonly string[], fills = true): IDataObject {
	const simple: IDataObject = {};
	for (const path of keys) {
		const key = path.split('.').at(-1) as string;
		const value = path === PLAIN_TEXT ? plainText(record) : valueAt(record, path);
		if (value !== undefined) simple[key] = simpleValue(key, value);
		else if (fills) simple[key] = null;
	}
	return simple;
}

const valueAt = (record: IDataObject, path: string): unknown =>
	path
		.split('.')
		.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), record);

/** A field that Aha! returns on request, within the rich text that it is the text of. */
const PLAIN_TEXT = 'plain_text_body';

const plainText = (record: IDataObject): unknown =>
	[record, ...Object.values(record)].filter(isObject).find((part) => PLAIN_TEXT in part)?.[
		PLAIN_TEXT
	];

function simpleValue(key: string, value: unknown): IDataObject[string] {
	if (key === 'custom_fields' && Array.isArray(value)) {
		const fields = value.filter(isObject).map((field) => [String(field.key), field.value]);
		return Object.fromEntries(fields) as IDataObject;
	}
	if (key === 'custom_object_links' && Array.isArray(value)) {
		const links = value.filter(isObject).map((link) => [String(link.key), link.record_ids]);
		return Object.fromEntries(links) as IDataObject;
	}
	if (Array.isArray(value)) {
		return value.map((item) => simpleValue(key, item)) as IDataObject[string];
	}
	if (!isObject(value)) return value as IDataObject[string];
	const name = NAMES.find((candidate) => typeof value[candidate] === 'string');
	if (!name && isObject(value.user)) return simpleValue(key, value.user);
	return (name ? value[name] : value) as IDataObject[string];
}
