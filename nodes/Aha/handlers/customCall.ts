import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { setSafeObjectProperty } from 'n8n-workflow';

import { NOTHING } from '../schema/endpoints';
import type { Check, Handler, ItemContext } from '../schema/handler';
import { readPages } from '../transport/pages';
import type { AhaRequest } from '../transport/types';
import { isObject, toRecords } from '../transport/json';
import { itemError } from './common';

const API = '/api/v1';

interface CallSettings {
	readonly method: string | number | boolean;
	readonly path: string;
	readonly query: unknown;
	readonly body: unknown;
}

/** Sends the request that a person put together. Reads all pages of a list. */
export const callApi: Handler<CallSettings> = async (item) => {
	const request = requestOf(item);
	const records: IDataObject[] = [];
	for await (const response of bodies(item, request)) records.push(...recordsIn(response));
	return records.slice(0, item.limit).map((json): INodeExecutionData => ({ json }));
};

/** Checks the path, the query and the body. */
export const checkCall: Check<CallSettings> = (item) => void requestOf(item);

type Call = Parameters<Check<CallSettings>>[0];

/** @throws NodeOperationError when the path is none, or the query or body is no object */
function requestOf(item: Call): AhaRequest {
	const { method, path, query, body } = item.settings;
	const target = targetOf(item, path);
	return {
		method: method as AhaRequest['method'],
		path: target.path,
		query: { ...target.query, ...objectOf(item, 'Query Parameters', query) },
		...(method !== 'GET' && { body: objectOf(item, 'Body', body), mayBeEmpty: true }),
	};
}

/** The response bodies: every page of a list, unless the person asked for one page. */
async function* bodies(
	{ client, limit }: ItemContext,
	request: AhaRequest,
): AsyncGenerator<unknown> {
	if (request.method === 'GET' && request.query.page === undefined) {
		yield* readPages(client, request, limit);
	} else {
		yield (await client.send(request)).body;
	}
}

/** The records of a list; any other body unchanged. */
function recordsIn(body: unknown): IDataObject[] {
	if (Array.isArray(body)) return toRecords(body);
	if (!isObject(body)) return [{ success: true }];
	const list = Object.values(body).find(Array.isArray);
	return body.pagination && list ? toRecords(list) : [body];
}

/** Blanks and backslashes, and what an expression without a value leaves between two slashes. */
const NO_PATH = new RegExp(`[\\s\\\\]|(?:^|/)(?:${NOTHING})(?=[/?#]|$)`, 'i');

/**
 * Path and query of what a person typed: `/features`, `features?q=x`, or a URL of the account's
 * API.
 *
 * @throws NodeOperationError when it leads out of the API or to another account
 */
function targetOf(item: Call, typed: string): Pick<AhaRequest, 'path' | 'query'> {
	const origin = `https://${item.host}`;
	const text = typed.trim();
	const hasScheme = /^[a-z]+:/i.test(text);
	const address = hasScheme ? text : `${origin}${API}/${text.replace(/^\/+/, '')}`;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	// The URL parser has resolved all dots, so a path that starts with the API stays in it.
	const isBelow =
		url?.origin === origin &&
		url.pathname.startsWith(`${API}/`) &&
		url.pathname.length > API.length + 1;
	if (!url || !isBelow || NO_PATH.test(text)) {
		const hint = 'Enter the part after /api/v1, such as /features/PRJ1-12.';
		throw itemError(item, '"Path" must be a path of the Aha! API', hint);
	}
	return {
		path: url.pathname.slice(API.length),
		query: queryOf(url.searchParams),
	};
}

/** The values of a query; those of a key that is there twice, or ends with `[]`, are a list. */
function queryOf(params: URLSearchParams): IDataObject {
	const query: IDataObject = {};
	for (const key of new Set(params.keys())) {
		const values = params.getAll(key);
		const isList = values.length > 1 || key.endsWith('[]');
		setSafeObjectProperty(query, key.replace(/\[\]$/, ''), isList ? values : values[0]);
	}
	return query;
}

function objectOf(item: Call, label: string, value: unknown): IDataObject {
	if (isObject(value)) return value;
	throw itemError(item, `"${label}" must be an object`, 'For example {"name": "value"}.');
}
