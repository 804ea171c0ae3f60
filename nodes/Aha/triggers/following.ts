import type { AhaClient } from '../transport/client';
import type { Selection } from './change/selection';
import type { ListEndpoint } from './feed/endpoints';
import type { RequestPage } from './feed/listResponse';
import { parseListResponse } from './feed/listResponse';

const MINUTE = 60_000;

/** What a trigger follows. */
export interface Following {
	readonly client: AhaClient;
	readonly selection: Selection;
	/** The moment to start at, in milliseconds; now unless given. */
	readonly startAt?: number;
	/** Items emitted at once, at most. */
	readonly batchSize: number;
}

export const LIMITS = {
	/**
	 * How late a change may become visible, by its own time: five minutes for a slow transaction,
	 * and ten for two clocks of Aha!'s that are five minutes off each.
	 */
	allowedLateness: 15 * MINUTE,
	/** Characters for the handled changes of all streams; the state of 64 KB holds them twice. */
	maxHandledLength: 24_000,
	/** Pages of one read: 10,000 entries. */
	maxPages: 50,
};

/** Requests the pages of a list. */
export const pageRequest =
	(client: AhaClient, { path, key }: ListEndpoint): RequestPage =>
	async (query) =>
		parseListResponse(await client.send({ method: 'GET', path, query }), key);
