/**
 * Renews an expired OAuth2 token once for all requests that need it. Older versions of n8n refresh
 * once for each request that got a 401, so of ten requests nine would use a refresh token that the
 * first has changed. So n8n does not see a 401: the first request that gets one sends a small
 * request that n8n may refresh the token for. Others with the old token wait, and so do new ones;
 * then each is sent with the token that n8n has stored.
 */

/** The renewal that is running for a credential. */
const running = new Map<string, Renewal>();

/** How often the token of a credential was renewed. */
const renewed = new Map<string, number>();

/** A request with a credential that can expire. */
export interface Renewable<T> {
	/** Waits for the request's turn in the rate limiter. */
	acquire(): Promise<void>;
	/** Sends the request with the token that n8n has stored. */
	send(): Promise<T>;
	/** Whether a response says that the token is not valid. */
	isExpired(response: T): boolean;
	/** Makes n8n refresh the token. Its signal aborts when no request waits for it any more. */
	renew(signal: AbortSignal): Promise<unknown>;
	/** Stops the request, and its wait for a renewal. */
	readonly signal?: AbortSignal;
}

/**
 * Sends a request, and sends it again when its token has expired.
 *
 * @param key of the credential: the account, its type and id
 * @throws what `renew` throws, for all that needed it
 */
export async function withFreshToken<T>(key: string, request: Renewable<T>): Promise<T> {
	// Its turn comes after the wait: requests that waited with a turn would all leave at once.
	do {
		await running.get(key)?.join(request.signal);
		await request.acquire();
	} while (running.has(key));
	const count = renewed.get(key);
	const response = await request.send();
	if (!request.isExpired(response)) return response;
	while (renewed.get(key) === count) {
		const renewal = running.get(key) ?? new Renewal(key, request);
		await renewal.join(request.signal);
	}
	await request.acquire();
	return await request.send();
}

class Renewal {
	private readonly controller = new AbortController();
	private readonly ended: Promise<void>;
	/** Requests that wait for it. */
	private waiting = 0;

	constructor(key: string, request: Renewable<unknown>) {
		running.set(key, this);
		const { signal } = this.controller;
		this.ended = request
			.renew(signal)
			.then(() => void renewed.set(key, (renewed.get(key) ?? 0) + 1))
			.catch((error: unknown) => {
				// One that was stopped says nothing about the token.
				if (!signal.aborted) throw error;
			})
			.finally(() => running.delete(key));
		// Those who wait for it get its error; without any, nobody does.
		this.ended.catch(() => undefined);
	}

	/**
	 * Waits until it has ended. The last request that stops waiting stops it; one that joins it after
	 * that waits all the same, as n8n may store the token yet.
	 *
	 * @throws what the renewal throws unless it was stopped, or the signal's reason when it aborts
	 * first
	 */
	async join(signal?: AbortSignal): Promise<void> {
		this.waiting++;
		let stop = () => {};
		const stopped = new Promise<never>((_, reject) => {
			stop = () => reject(signal?.reason as Error);
		});
		signal?.addEventListener('abort', stop);
		try {
			signal?.throwIfAborted();
			await Promise.race([this.ended, stopped]);
		} finally {
			signal?.removeEventListener('abort', stop);
			this.waiting--;
			if (this.waiting === 0) this.controller.abort(signal?.reason);
		}
	}
}
