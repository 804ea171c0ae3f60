import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { AhaClient, Send } from '../transport/client';
import { connect } from '../transport/client';
import type { AhaResponse } from '../transport/types';
import { now } from '../transport/wait';

/** Milliseconds for retries: a person waits for the form. */
const RETRY_FOR = 15_000;

/** How long a response stays in the cache, in milliseconds, and how many there are. */
const MAX_AGE = 30_000;
const MAX_SIZE = 50;

interface CachedResponse {
	readonly since: number;
	readonly response: Promise<AhaResponse>;
}

/** Responses by credential, account and request; the oldest first. */
const cache = new Map<string, CachedResponse>();

/**
 * A client for the lists of a form. n8n reads a list each time that someone opens it, and some lists
 * need the same responses, so they are cached for a short while, separately for each credential.
 */
export async function connectForForm(context: ILoadOptionsFunctions): Promise<AhaClient> {
	const client = await connect(context, { retryFor: RETRY_FOR });
	return client.withSend(cached(client));
}

const cached =
	(client: AhaClient): Send =>
	async (request) => {
		if (request.method !== 'GET' && !request.readOnly) return await client.send(request);
		const { method, base, path, query, body } = request;
		const key = JSON.stringify([client.credential, method, base, path, query, body]);
		evict();
		const found = cache.get(key);
		if (found) return await found.response;
		const response = client.send(request);
		cache.set(key, { since: now(), response });
		response.catch(() => cache.delete(key));
		return await response;
	};

/** Removes responses that are too old or too many. */
function evict(): void {
	for (const [key, { since }] of cache) {
		if (since + MAX_AGE > now() && cache.size < MAX_SIZE) return;
		cache.delete(key);
	}
}
