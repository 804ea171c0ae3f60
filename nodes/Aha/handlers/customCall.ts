import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Step, Steps } from '../schema/types';
import { readPages } from '../transport/pages';
import type { AhaRequest } from '../transport/types';
import { isObject } from '../transport/json';
import { failure, limitOf, settingsOf } from './common';

const API = '/api/v1';

/** Sends the request that a person put together; a list is read page by page. */
export const callApi: Steps = async (step) => {
	const { method, path, query, body } = settingsOf(step);
	const target = targetOf(step, String(path));
	const request: AhaRequest = {
		method: method as AhaRequest['method'],
		path: target.path,
		query: { ...target.query, ...asObject(step, 'Query Parameters', query) },
		...(method !== 'GET' && { body: asObject(step, 'Body', body) }),
	};
	const limit = limitOf(step);
	const records: IDataObject[] = [];
	for await (const answer of answers(step, request, limit)) records.push(...recordsIn(answer));
	return records.slice(0, limit).map((json): INodeExecutionData => ({ json }));
};

/** All answers to a request: the pages of a list, unless the person asked for one of them. */
async function* answers(step: Step, request: AhaRequest, limit: number): AsyncGenerator<unknown> {
	if (request.method === 'GET' && request.query.page === undefined) {
		yield* readPages(step.client, request, limit);
	} else {
		yield (await step.client.send(request)).body;
	}
}

/** The records of a list; any other answer as it is. */
function recordsIn(answer: unknown): IDataObject[] {
	if (Array.isArray(answer)) return answer as IDataObject[];
	if (!isObject(answer)) return [{ success: true }];
	const list = Object.values(answer).find(Array.isArray);
	return answer.pagination && list ? (list as IDataObject[]) : [answer];
}

/**
 * Path and query of what a person typed: `/features`, `features?q=x`, or a pasted address below
 * the API of the account.
 *
 * @throws NodeOperationError when it would leave the API or the account
 */
function targetOf(step: Step, typed: string): Pick<AhaRequest, 'path' | 'query'> {
	const origin = `https://${step.client.host}`;
	const text = typed.trim();
	const isAddress = /^[a-z]+:/i.test(text);
	const address = isAddress ? text : `${origin}${API}/${text.replace(/^\/+/, '')}`;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	// The parser has followed all dots by now, so what begins with the API stays below it.
	const isBelow = url?.origin === origin && url.pathname.startsWith(`${API}/`);
	if (!url || !isBelow || /[\s\\]/.test(text)) {
		const hint =
			'Enter what follows /api/v1 in the address of the endpoint, such as /features/PRJ1-12.';
		throw failure(step, '"Path" must be a path of the Aha! API', hint);
	}
	return {
		path: url.pathname.slice(API.length),
		query: Object.fromEntries(url.searchParams),
	};
}

function asObject(step: Step, label: string, value: unknown): IDataObject {
	if (isObject(value)) return value;
	throw failure(step, `"${label}" must be an object`, 'Such as {"name": "value"}.');
}
