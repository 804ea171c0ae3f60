import type { AhaClient } from '../transport/client';
import type { Selection } from './change/selection';
import type { ListEndpoint } from './feed/endpoints';
import type { RequestPage } from './feed/listResponse';
import { parseListResponse } from './feed/listResponse';
import type { FollowLimits } from './feed/options';

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

export const LIMITS: Omit<FollowLimits, 'batchSize'> = {
	// Five minutes for a slow transaction, and ten for two clocks that are five minutes off each.
	allowedLateness: 15 * MINUTE,
	// For all streams together. The state holds them twice and stays below 64 KB.
	maxHandledLength: 24_000,
	// 10,000 entries.
	maxPages: 50,
};

/** Requests the pages of a list. */
export const pageRequest =
	(client: AhaClient, { path, key }: ListEndpoint): RequestPage =>
	async (query) =>
		parseListResponse(await client.send({ method: 'GET', path, query }), key);
