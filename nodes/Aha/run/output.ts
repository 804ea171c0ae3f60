import type { IDataObject } from 'n8n-workflow';
import { isObjectEmpty } from 'n8n-workflow';

import type { AhaRequest } from '../transport/types';
import type { Operation } from '../schema/types';
import { isObject } from '../transport/json';

/**
 * The records of an answer: those under the operation's key, or the answer itself. An answer
 * without a body says what was done; one of bare ids becomes records with nothing else.
 */
export function recordsOf(operation: Operation, request: AhaRequest, body: unknown): IDataObject[] {
	if (Array.isArray(body)) return body.map((item) => (isObject(item) ? item : { id: item }));
	const empty = !isObject(body) || isObjectEmpty(body);
	if (empty) return [request.method === 'DELETE' ? { deleted: true } : { success: true }];
	const answer = body as IDataObject;
	const found =
		operation.returns === undefined
			? answer
			: (answer[operation.returns] ?? (operation.list ? listIn(answer) : undefined) ?? answer);
	return (Array.isArray(found) ? found : [found]) as IDataObject[];
}

/** The records of a list under another key: Aha! calls a workspace's users `project_users`. */
const listIn = (answer: IDataObject) =>
	Object.entries(answer).find(([key, value]) => key !== 'pagination' && Array.isArray(value))?.[1];

/** Keys by which a nested record is known to people, the first that it has. */
const NAMES = ['email', 'reference_num', 'name', 'body', 'value'] as const;

/**
 * A short version of a record: the keys that people use, nested records as their name, a person
 * as the e-mail address, rich text as its HTML, custom fields by their key.
 *
 * @param keys Aha!'s keys in the order in which they should stand
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
	if (Array.isArray(value))
		return value.map((item) => simpleValue(key, item)) as IDataObject[string];
	if (!isObject(value)) return value as IDataObject[string];
	// A status or release reads best by its name; only people go by their address.
	const name = NAMES.find((candidate) => typeof value[candidate] === 'string');
	if (!name && isObject(value.user)) return simpleValue(key, value.user);
	return (name ? value[name] : value) as IDataObject[string];
}
