import type { AhaClient } from '../transport/client';
import type { Selection } from './change/selection';
import type { ListEndpoint } from './feed/endpoints';
import { parseListResponse } from './feed/listResponse';
import type { ListReader, Parse } from './feed/listSource';
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
	/** Writes to n8n's log. */
	readonly warn: (message: string) => void;
}

export const LIMITS: Omit<FollowLimits, 'batchSize'> = {
	// Five minutes for a slow transaction, and ten for two clocks that are five minutes off each.
	allowedLateness: 15 * MINUTE,
	// For all streams together. The state holds them twice and stays below 64 KB.
	maxHandledLength: 24_000,
	// 10,000 entries.
	maxPages: 50,
};

/** Reads a list of Aha!'s; says so where it skips what cannot be followed. */
export const listReader = <T>(
	{ client, warn }: Following,
	{ path, key }: ListEndpoint,
	parse: Parse<T>,
): ListReader<T> => ({
	requestPage: async (query) =>
		parseListResponse(await client.send({ method: 'GET', path, query }), key),
	parse,
	onSkipped: (count) =>
		warn(`Skipped ${String(count)} of ${path} from Aha!, without a readable ID or time`),
});
