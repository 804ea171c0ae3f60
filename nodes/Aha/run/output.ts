import type { IDataObject } from 'n8n-workflow';
import { isObjectEmpty } from 'n8n-workflow';

import type { EndpointOperation } from '../schema/types';
import { isObject } from '../transport/json';
import type { AhaRequest } from '../transport/types';

/**
 * The records of a response: those under the operation's key, or the body itself. A response
 * without a body becomes one item that says what was done. Bare IDs become records.
 */
export function recordsOf(
	{ returns, paginated }: Pick<EndpointOperation, 'returns' | 'paginated'>,
	{ method }: Pick<AhaRequest, 'method'>,
	body: unknown,
): IDataObject[] {
	if (Array.isArray(body)) return body.map((item) => (isObject(item) ? item : { id: item }));
	if (!isObject(body) || isObjectEmpty(body)) {
		return [method === 'DELETE' ? { deleted: true } : { success: true }];
	}
	const found =
		returns === undefined
			? body
			: (body[returns] ?? (paginated ? firstList(body) : undefined) ?? body);
	return (Array.isArray(found) ? found : [found]) as IDataObject[];
}

/** The list of a body that has another key: Aha! calls a workspace's users `project_users`. */
const firstList = (body: IDataObject) =>
	Object.entries(body).find(([key, value]) => key !== 'pagination' && Array.isArray(value))?.[1];

/** Keys that name a nested record for people; the first that it has is taken. */
const NAMES = ['email', 'reference_num', 'name', 'body', 'value'] as const;

/**
 * A short version of a record: the keys that people use, nested records as their name, a person
 * as the email address, rich text as its HTML, custom fields by their key.
 *
 * @param keys Aha!'s keys, in the order of the result
 */
export function simplify(record: IDataObject, keys: readonly string[]): IDataObject {
	const simple: IDataObject = {};
	for (const key of keys) {
		if (record[key] !== undefined) simple[key] = simpleValue(key, record[key]);
	}
	return simple;
}

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
