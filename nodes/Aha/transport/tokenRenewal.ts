/**
 * Renews an expired OAuth2 token once for all requests that need it. Older versions of n8n refresh
 * once for each request that got a 401, so of ten requests nine would use a refresh token that the
 * first has changed. So n8n does not see a 401: the first request that gets one sends a small
 * request that n8n may refresh the token for. Others with the old token wait, and so do new ones;
 * then each is sent with the token that n8n has stored.
 *
 * Only credentials with a request in flight have an entry. That is enough: no other request can
 * return with an old token.
 */
interface Renewal {
	inFlight: number;
	/** Successful renewals since the first of the requests in flight. */
	count: number;
	running?: Promise<void>;
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
	/** Makes n8n refresh the token. */
	renew(): Promise<unknown>;
}

/**
 * Sends a request, and sends it again when its token has expired.
 *
 * @param key of the credential: the account, its type and id
 * @throws what `renew` throws, for all that needed it
 */
export async function withFreshToken<T>(key: string, request: Renewable<T>): Promise<T> {
	const renewal = renewals.get(key) ?? { inFlight: 0, count: 0 };
	renewals.set(key, renewal);
	renewal.inFlight++;
	try {
		await request.acquire();
		await renewal.running;
		const { count } = renewal;
		const response = await request.send();
		if (!request.isExpired(response)) return response;
		if (renewal.count === count) await renewOnce(renewal, request);
		await request.acquire();
		return await request.send();
	} finally {
		if (--renewal.inFlight === 0) renewals.delete(key);
	}
}

async function renewOnce<T>(renewal: Renewal, request: Renewable<T>): Promise<void> {
	renewal.running ??= request
		.renew()
		.then(() => void renewal.count++)
		.finally(() => (renewal.running = undefined));
	await renewal.running;
}
