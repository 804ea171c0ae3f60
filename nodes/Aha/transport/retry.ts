import type { AhaRequest, AhaResponse } from './types';
import { isObject } from './json';
import { now, wait } from './wait';

/**
 * What became of one attempt, and so what may follow:
 *
 * | outcome  | means                              | GET, PUT, DELETE | POST |
 * | -------- | ---------------------------------- | ---------------- | ---- |
 * | done     | an answer of success               | taken            | taken |
 * | final    | an answer that stands, such as 422 | thrown           | thrown |
 * | refused  | 429: surely not carried out        | sent again       | sent again |
 * | unsent   | no connection: surely not carried out | sent again    | sent again |
 * | unclear  | 5xx, cut off, no answer in time    | sent again       | looked up, else thrown |
 *
 * A DELETE that was unclear and then finds nothing was carried out. A request with `noRetry` is sent
 * once. All within the time that the user sets.
 */
export type Outcome = 'done' | 'final' | 'refused' | 'unsent' | 'unclear';

/** What came of one attempt, as far as it matters here. */
export interface Sent {
	readonly status?: number;
	/** Node.js's code of a failed connection. */
	readonly code?: string;
	/** What the connection failed at, e.g. `connect`. */
	readonly syscall?: string;
	readonly message?: string;
	/** How long Aha! asks to wait, in milliseconds. */
	readonly retryAfter?: number;
}

/** Longest wait for a network that is away: it is back within seconds, or not for long. */
const LONGEST_UNSENT = 30_000;

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const UNCLEAR = new Set(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ERR_NETWORK']);

/** Node.js's sentence when a connection breaks before anything was sent over it. */
const BEFORE_TLS = 'before secure TLS connection';

/** n8n's sentence when a busy machine let it not check the credential's form within 250 ms. */
const BEFORE_SENDING = 'Regular expression execution timed out';

/** Whether n8n gave up while it read the credential: the next time may go well. */
export const isGivenUp = (message?: string): boolean => message?.includes(BEFORE_SENDING) ?? false;

export function outcomeOf({ status, code, syscall, message }: Sent): Outcome {
	if (status !== undefined) {
		if (status === 429) return 'refused';
		if (status >= 500) return 'unclear';
		return status < 400 ? 'done' : 'final';
	}
	if (isGivenUp(message)) return 'unsent';
	if (code === undefined) return 'final';
	if (UNSENT.has(code) || syscall === 'connect') return 'unsent';
	if (message?.includes(BEFORE_TLS)) return 'unsent';
	return UNCLEAR.has(code) ? 'unclear' : 'final';
}

export interface Persisting {
	/** Milliseconds from the first failure on, after which nothing is sent again. */
	readonly retryFor: number;
	readonly signal?: AbortSignal;
}

/** One attempt: what came of it, and what it gives or throws in the end. */
export interface Attempt {
	readonly sent: Sent;
	/**
	 * @param isInDoubt whether the user must be told that it may have been carried out
	 * @throws the error that the user sees
	 */
	finish(isInDoubt?: boolean): AhaResponse;
}

/** The answer to a DELETE that an earlier, unclear attempt had carried out. */
const DELETED: AhaResponse = { status: 204, headers: {}, body: '' };

/**
 * Sends a request, again where that does no harm.
 *
 * @param attempt sends it once; `again` after a first time
 * @throws the error of the last attempt; it says so when the request may have been carried out
 */
export async function sendWithRetry(
	request: AhaRequest,
	attempt: (again: boolean) => Promise<Attempt>,
	{ retryFor, signal }: Persisting,
): Promise<AhaResponse> {
	let failedAt: number | undefined;
	let wasUnclear = false;
	for (let tries = 0; ; tries++) {
		const { sent, finish } = await attempt(tries > 0);
		const outcome = outcomeOf(sent);
		if (outcome === 'done') return finish();
		if (wasUnclear && request.method === 'DELETE' && sent.status === 404) return DELETED;
		if (outcome === 'final' || signal?.aborted) return finish();
		if (outcome === 'unclear' && !isRepeatable(request)) {
			const found = await request.reconcile?.();
			if (found === undefined) return finish(true);
			if (found) return found;
		}
		if (request.noRetry) return finish();
		wasUnclear ||= outcome === 'unclear';
		failedAt ??= now();
		// A refused request waits for its account's next turn, which knows about `retryAfter`.
		const pause = outcome === 'refused' ? 0 : Math.max(backoff(tries), sent.retryAfter ?? 0);
		const atMost = outcome === 'unsent' ? Math.min(retryFor, LONGEST_UNSENT) : retryFor;
		if (now() + Math.max(pause, sent.retryAfter ?? 0) - failedAt >= atMost) return finish();
		await wait(pause, signal);
	}
}

/** Whether sending a request twice does what sending it once does. */
const isRepeatable = ({ method, readOnly }: AhaRequest): boolean =>
	method !== 'POST' || readOnly === true;

/** Half a second, then twice as long each time up to 15 seconds; half of it by chance. */
const backoff = (tries: number): number =>
	Math.min(500 * 2 ** tries, 15_000) * (0.5 + Math.random() / 2);

/**
 * How long Aha! asks to wait, in milliseconds: from the header, in seconds or as a date, or from
 * `retry_after` in the header or the body.
 */
export function retryAfterOf(headers: unknown, body: unknown): number | undefined {
	const given = isObject(headers) ? (headers['retry-after'] ?? headers.retry_after) : undefined;
	const asked = given ?? (isObject(body) ? body.retry_after : undefined);
	if (asked === undefined || asked === null || asked === '') return undefined;
	const seconds = Number(asked);
	const wanted = Number.isNaN(seconds) ? Date.parse(String(asked)) - Date.now() : seconds * 1000;
	return Number.isNaN(wanted) ? undefined : Math.max(0, wanted);
}
