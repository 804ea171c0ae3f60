/**
 * Renews an expired OAuth2 token once for all requests that need it. Older versions of n8n refresh
 * once for each request that got a 401, so of ten requests nine would use a refresh token that the
 * first has changed. So n8n does not see a 401: the first request that gets one sends a small
 * request that n8n may refresh the token for. Others with the old token wait, and so do new ones;
 * then each is sent with the token that n8n has stored.
 *
 * Only credentials with a request or a renewal in flight have an entry. That is enough: no other
 * request can return with an old token.
 */
interface Renewal {
	inFlight: number;
	/** Successful renewals since the first of the requests in flight. */
	count: number;
	running?: Promise<void>;
	/** Stops the one that is running. */
	controller: AbortController;
	/** Requests that wait for the one that is running. */
	waiting: number;
}

const renewals = new Map<string, Renewal>();

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
	const renewal = renewals.get(key) ?? newRenewal();
	renewals.set(key, renewal);
	renewal.inFlight++;
	try {
		// Its turn comes after the wait: requests that waited with a turn would all leave at once.
		do {
			await joinRenewal(renewal, request.signal);
			await request.acquire();
		} while (renewal.running);
		const { count } = renewal;
		const response = await request.send();
		if (!request.isExpired(response)) return response;
		// One that others gave up may have ended without a token.
		while (renewal.count === count) await renewOnce(key, renewal, request);
		await request.acquire();
		return await request.send();
	} finally {
		leave(key, renewal);
	}
}

function leave(key: string, renewal: Renewal): void {
	if (--renewal.inFlight === 0) renewals.delete(key);
}

const newRenewal = (): Renewal => ({
	inFlight: 0,
	count: 0,
	controller: new AbortController(),
	waiting: 0,
});

async function renewOnce<T>(key: string, renewal: Renewal, request: Renewable<T>): Promise<void> {
	if (!renewal.running) {
		// In flight itself: it may go on after all requests that waited for it were cancelled.
		renewal.inFlight++;
		renewal.controller = new AbortController();
		renewal.running = request
			.renew(renewal.controller.signal)
			.then(() => void renewal.count++)
			.finally(() => {
				renewal.running = undefined;
				leave(key, renewal);
			});
		// Those who wait for it get its error; without any, nobody does.
		renewal.running.catch(() => undefined);
	}
	await joinRenewal(renewal, request.signal);
}

/**
 * Waits for the renewal that is running. The last request that stops waiting ends it; that is no
 * error of those who come later.
 *
 * @throws what the renewal throws, or the signal's reason when it aborts first
 */
async function joinRenewal(renewal: Renewal, signal?: AbortSignal): Promise<void> {
	if (!renewal.running) return;
	const isGivenUp = renewal.controller.signal.aborted;
	const running = isGivenUp ? renewal.running.catch(() => undefined) : renewal.running;
	renewal.waiting++;
	let stop = () => {};
	const stopped = new Promise<never>((_, reject) => {
		stop = () => reject(signal?.reason as Error);
		signal?.addEventListener('abort', stop, { once: true });
	});
	try {
		signal?.throwIfAborted();
		await Promise.race([running, stopped]);
	} finally {
		signal?.removeEventListener('abort', stop);
		renewal.waiting--;
		if (renewal.waiting === 0) renewal.controller.abort(signal?.reason);
	}
}
