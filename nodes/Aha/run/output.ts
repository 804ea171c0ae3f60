import type { IDataObject } from 'n8n-workflow';
import { isObjectEmpty } from 'n8n-workflow';

import type { EndpointOperation } from '../schema/types';
import { fieldValue, isObject, toRecords } from '../transport/json';
import type { AhaRequest } from '../transport/types';
import { toText } from './richText';

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
 * @param columns as `simplify` takes them
 */
export function simpleRecordsOf(
	operation: ResponseKeys,
	request: Method,
	body: unknown,
	columns: readonly Column[],
): IDataObject[] {
	const content = contentOf(operation, body);
	if (!content) return [done(request)];
	return content.records.map((record) => {
		const whole = { ...content.beside, ...record };
		const simple = simplify(whole, columns);
		// Of something that is no record, an item without a value would hide what Aha! returned.
		const isEmpty = Object.values(simple).every((value) => value === null);
		return isEmpty && whole.id === undefined ? whole : simple;
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

/** A key of a simplified item, and where its value is in the record. */
export interface Column {
	readonly name: string;
	/** Aha!'s key; a path with dots leads into a nested record, or to a custom field by its key. */
	readonly path: string;
	/** Whether the value is rich text, of which the item has the text alone. */
	readonly isText?: boolean;
}

/** Keys of Aha!'s rich text. With `_text` behind them, they name its text without HTML. */
const TEXT_OF = /^(description|body)_text$/;

/** The column that has the value of a path, under a name. */
export function toColumn(path: string, name: string): Column {
	const [, richText] = TEXT_OF.exec(path) ?? [];
	return richText ? { name, path: richText, isText: true } : { name, path };
}

/** Keys that name a nested record for people; the first that it has is taken. */
const NAMES = ['email', 'name', 'reference_num', 'reference_prefix', 'body', 'value'] as const;

/**
 * A short version of a record: the keys that people use, nested records as their name, a person
 * as the email address, rich text as its HTML, custom fields by their key. All records have the same
 * columns; what a record does not have is `null`.
 */
export const simplify = (record: IDataObject, columns: readonly Column[]): IDataObject =>
	Object.fromEntries(
		columns.map(({ name, path, isText }) => {
			const found = path === PLAIN_TEXT ? plainText(record) : valueAt(record, path);
			const value = simpleValue(path, found);
			if (!isText) return [name, value];
			return [name, typeof value === 'string' ? toText(value) : null];
		}),
	);

const valueAt = (record: IDataObject, path: string): unknown =>
	path.split('.').reduce<unknown>(stepInto, record);

/** One step of a path; in a list of fields with keys, such as custom fields, to the value of one. */
const stepInto = (inner: unknown, key: string): unknown =>
	isObject(inner) ? inner[key] : fieldValue(inner, key);

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
	if (!isObject(value)) return (value ?? null) as IDataObject[string];
	const name = NAMES.find((candidate) => typeof value[candidate] === 'string');
	if (!name && isObject(value.user)) return simpleValue(key, value.user);
	return (name ? value[name] : value) as IDataObject[string];
}
