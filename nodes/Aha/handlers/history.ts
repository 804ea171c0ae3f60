import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ItemContext, RequestHandler } from '../schema/handler';
import { assertEnds } from '../transport/pages';
import type { RequestLine } from './common';
import { isId, isList, itemError, partOf, pollUntil } from './common';

const POLLING = { interval: 5_000, timeout: 30 * 60_000 };

/** The header with the search tokens that the account has left. Every history response has it. */
const TOKENS = 'x-historical-tokens-available';

interface ResultPage {
	readonly audits: IDataObject[];
	readonly next: string | undefined;
	readonly isRunning: boolean;
	readonly tokens: number | undefined;
}

/**
 * Searches the history beyond twelve months: starts the search, waits until it is done, reads all
 * of its pages, and adds to each item what the search cost.
 *
 * @param index a request that costs nothing, for the number of tokens
 * @param resultsAt the request for the results of a search, by its ID
 */
export const searchHistory =
	(index: RequestLine, resultsAt: (searchId: string) => RequestLine): RequestHandler =>
	async (item) => {
		const { client, request } = item;
		const { created_since, created_before } = (request.body?.search ?? {}) as IDataObject;
		const query = { created_since, created_before, per_page: 1 };
		const { headers } = await client.send({ ...index, query });
		const { body } = await client.send(request);
		const searchId = String(partOf(item, body, 'search_id', isId));
		return await readResults(item, searchId, resultsAt(searchId), tokensIn(headers));
	};

/** Reads the results of a search that was started before. */
export const searchResults: RequestHandler = async (item) =>
	await readResults(item, item.path.search_id, item.request);

const tokensIn = (headers: IDataObject): number | undefined =>
	headers[TOKENS] === undefined ? undefined : Number(headers[TOKENS]);

async function readResults(
	item: ItemContext,
	searchId: string,
	request: RequestLine,
	tokensBefore?: number,
): Promise<INodeExecutionData[]> {
	const { client, limit } = item;
	const read = async (next?: string): Promise<ResultPage> => {
		const query = { ...request.query, ...(next && { next_token: next }) };
		const { headers, body } = await client.send({ ...request, query });
		const { next_token, running } = body as IDataObject;
		const isRunning = running === true;
		return {
			audits: isRunning ? [] : partOf(item, body, 'audits', isList),
			next: typeof next_token === 'string' && next_token !== '' ? next_token : undefined,
			isRunning,
			tokens: tokensIn(headers),
		};
	};
	const first = await pollUntil(client, POLLING, async () => {
		const found = await read();
		return found.isRunning ? undefined : found;
	});
	if (!first) {
		const hint = `Its ID is ${searchId}. Use Get Search Results later.`;
		throw itemError(item, 'The search did not finish within half an hour', hint);
	}
	const audits = [...first.audits];
	const tokens = new Set<string>();
	let page = first;
	while (page.next && audits.length < limit && !tokens.has(page.next)) {
		tokens.add(page.next);
		assertEnds(tokens.size);
		page = await read(page.next);
		audits.push(...page.audits);
	}
	const cost = costOf(searchId, tokensBefore, page.tokens);
	const shown = audits.slice(0, limit);
	if (shown.length === 0) return [{ json: { historical_search: cost, audits: [] } }];
	return shown.map((audit) => ({ json: { ...audit, historical_search: cost } }));
}

/** What a search cost. Aha! takes the highest possible cost first and returns the rest. */
const costOf = (search_id: string, before?: number, available?: number): IDataObject => ({
	search_id,
	...(available !== undefined && { tokens_available: available }),
	...(before !== undefined &&
		available !== undefined && { tokens_used: Math.max(0, before - available) }),
});
