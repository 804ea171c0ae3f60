/**
 * Lets one request alone renew an expired OAuth2 token. Older versions of n8n refresh once for
 * each request that got a 401, so that of ten in flight nine would use up a refresh token that
 * the first has changed. So requests do not let n8n see a 401: whoever gets one asks here, and
 * the first sends one small request that n8n may answer with a refresh. Others that had the old
 * token wait for it, and new ones are held until it is through; then each is sent again with what
 * n8n has stored.
 *
 * Only credentials with a request in flight are known here, which is enough: no other request can
 * come back with an old token.
 */
interface Gate {
	inFlight: number;
	/** Renewals that succeeded since the first of the requests in flight. */
	renewed: number;
	renewing?: Promise<void>;
}

const gates = new Map<string, Gate>();

/** A request with a credential that can expire. */
export interface Renewable<T> {
	/** Waits for the request's turn. */
	enter(): Promise<void>;
	/** Sends the request with the token that n8n has stored. */
	send(): Promise<T>;
	/** Whether an answer says that the token is not valid. */
	hasExpired(answer: T): boolean;
	/** Makes n8n refresh the token. */
	renew(): Promise<unknown>;
}

/**
 * Sends a request, again when its token had expired.
 *
 * @param key of the credential: the account, its type and id
 * @throws what `renew` throws, for all that needed it
 */
export async function withFreshToken<T>(key: string, request: Renewable<T>): Promise<T> {
	const gate = gates.get(key) ?? { inFlight: 0, renewed: 0 };
	gates.set(key, gate);
	gate.inFlight++;
	try {
		await request.enter();
		await gate.renewing;
		const { renewed } = gate;
		const answer = await request.send();
		if (!request.hasExpired(answer)) return answer;
		if (gate.renewed === renewed) await renewOnce(gate, request);
		await request.enter();
		return await request.send();
	} finally {
		if (--gate.inFlight === 0) gates.delete(key);
	}
}

async function renewOnce<T>(gate: Gate, request: Renewable<T>): Promise<void> {
	gate.renewing ??= request
		.renew()
		.then(() => void gate.renewed++)
		.finally(() => (gate.renewing = undefined));
	await gate.renewing;
}
