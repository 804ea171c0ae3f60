import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { fillEndpoint } from '../schema/endpoints';
import type { Endpoint, Step, Steps } from '../schema/types';
import type { AhaRequest } from '../transport/types';
import { failure, limitOf, waitFor } from './common';

const WAITING = { every: 5_000, atMost: 30 * 60_000 };

/** Tells how many of the account's tokens for searches are left; on every answer about history. */
const TOKENS = 'x-historical-tokens-available';

interface Page {
	readonly audits: IDataObject[];
	readonly next: string | undefined;
	readonly running: boolean;
	readonly tokens: number | undefined;
}

/**
 * Searches the history beyond twelve months: starts the search, waits until it is done, reads all
 * of its pages, and tells in each item what it cost.
 *
 * @param toLook an endpoint that costs nothing and tells how many tokens there are
 * @param toRead the endpoint that gives the results
 */
export const searchHistory =
	(toLook: Endpoint, toRead: Endpoint): Steps =>
	async (step) => {
		const before = await tokensBefore(step, toLook);
		const { body } = await step.client.send(step.request);
		const { search_id: id } = body as IDataObject;
		return await readResults(step, fillEndpoint(toRead, { search_id: String(id) }), before);
	};

/** Reads the results of a search that was started before. */
export const searchResults: Steps = async (step) => await readResults(step, step.request);

async function tokensBefore({ client, request }: Step, toLook: Endpoint) {
	const { created_since, created_before } = (request.body?.search ?? {}) as IDataObject;
	const query = { created_since, created_before, per_page: 1 };
	const { headers } = await client.send({ ...fillEndpoint(toLook), query });
	return tokensIn(headers);
}

const tokensIn = (headers: IDataObject): number | undefined =>
	headers[TOKENS] === undefined ? undefined : Number(headers[TOKENS]);

async function readResults(
	step: Step,
	request: Pick<AhaRequest, 'method' | 'path'> & Partial<AhaRequest>,
	before?: number,
): Promise<INodeExecutionData[]> {
	const id = request.path.split('/').at(-1);
	const read = async (next?: string): Promise<Page> => {
		const query = { ...request.query, ...(next && { next_token: next }) };
		const { headers, body } = await step.client.send({ ...request, query });
		const { audits = [], next_token, running } = body as IDataObject;
		return {
			audits: audits as IDataObject[],
			next: typeof next_token === 'string' && next_token !== '' ? next_token : undefined,
			running: running === true,
			tokens: tokensIn(headers),
		};
	};
	const done = await waitFor(step, WAITING, async () => {
		const found = await read();
		return found.running ? undefined : found;
	});
	if (!done) {
		const hint = `Its ID is ${id}: read it later with Get Search Results.`;
		throw failure(step, 'The search was not done within half an hour', hint);
	}
	const limit = limitOf(step);
	const audits = [...done.audits];
	let page = done;
	while (page.next && audits.length < limit) {
		page = await read(page.next);
		audits.push(...page.audits);
	}
	const cost = costOf(id, before, page.tokens);
	const shown = audits.slice(0, limit);
	if (shown.length === 0) return [{ json: { historical_search: cost, audits: [] } }];
	return shown.map((audit) => ({ json: { ...audit, historical_search: cost } }));
}

/** What a search cost; Aha! takes the most it could cost first and gives back the rest. */
const costOf = (search_id?: string, before?: number, available?: number): IDataObject => ({
	search_id,
	...(available !== undefined && { tokens_available: available }),
	...(before !== undefined &&
		available !== undefined && { tokens_used: Math.max(0, before - available) }),
});
