import { doubtful } from './errors';
import { isObject } from './json';
import { serverTime } from './rateLimitHeaders';
import type { AhaRequest, AhaResponse } from './types';
import { isWrite } from './types';
import { now, wait } from './wait';

/**
 * How one attempt to send a request ended, and so what may follow:
 *
 * | kind        | means                                   | GET, PUT, DELETE | POST               |
 * | ----------- | --------------------------------------- | ---------------- | ------------------ |
 * | success     | a response of success                   | returned         | returned           |
 * | rejected    | a retry would change nothing, as of 422 | thrown           | thrown             |
 * | rateLimited | 429: surely not carried out             | retried          | retried            |
 * | unsent      | no connection: surely not carried out   | retried          | retried            |
 * | unclear     | 5xx, cut off, timed out, no JSON        | retried          | reconciled, thrown |
 * | tooLate     | its turn would come after the deadline  | last error       | last error         |
 *
 * A DELETE that was unclear and then finds nothing was carried out. A request with `noRetry` is
 * sent once. All retries end within the time that the user sets, and so does a wait for the limits.
 */
export type Attempt =
	| { readonly kind: 'success'; readonly response: AhaResponse }
	| { readonly kind: 'rejected'; readonly error: Error; readonly status?: number }
	| { readonly kind: 'rateLimited'; readonly error: Error; readonly retryAfter?: number }
	| { readonly kind: 'unsent'; readonly error: Error }
	| { readonly kind: 'tooLate' }
	| { readonly kind: 'unclear'; readonly error: Error; readonly retryAfter?: number };

/** Why there is no response. */
export interface ConnectionFailure {
	/** Node.js's code of the error. */
	readonly code?: string;
	/** The system call that failed, such as `connect`. */
	readonly syscall?: string;
	readonly message?: string;
}

/** Longest time to wait for a network that is down: it is back within seconds, or not for long. */
const UNSENT_RETRY_FOR = 30_000;

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Codes of what fails before anything is sent, and would fail again: a certificate, a file, an
 * address. With any other code, the request may have been carried out.
 */
const NEVER_SENT =
	/^(ENOENT|EACCES|EPERM|EISDIR|ERR_INVALID_\w+|ERR_TLS_\w+|ERR_FR_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** Node.js's sentence when a connection breaks before anything was sent over it. */
const BEFORE_TLS = 'before secure TLS connection';

/** n8n's sentence when a busy machine did not check the credential's form within 250 ms. */
const CREDENTIAL_TIMEOUT = 'Regular expression execution timed out';

/** Whether n8n gave up reading the credential: the next time may go well. */
export const isCredentialTimeout = (message?: string): boolean =>
	message?.includes(CREDENTIAL_TIMEOUT) ?? false;

/** The kind of an attempt that failed with this status. */
export function kindOfStatus(status: number): 'rateLimited' | 'rejected' | 'unclear' {
	if (status === 429) return 'rateLimited';
	return status >= 500 ? 'unclear' : 'rejected';
}

/** The kind of an attempt that got no response. */
export function kindOfFailure({
	code,
	syscall,
	message,
}: ConnectionFailure): 'rejected' | 'unsent' | 'unclear' {
	if (isCredentialTimeout(message)) return 'unsent';
	if (code === undefined) return 'rejected';
	if (UNSENT.has(code) || syscall === 'connect') return 'unsent';
	if (message?.includes(BEFORE_TLS)) return 'unsent';
	return NEVER_SENT.test(code) ? 'rejected' : 'unclear';
}

export interface RetryOptions {
	/** Milliseconds from the first failure, after which nothing is retried. */
	readonly retryFor: number;
	readonly signal?: AbortSignal;
}

/** The response to a DELETE that an earlier, unclear attempt had carried out. */
const DELETED: AhaResponse = { status: 204, headers: {}, body: '' };

/**
 * Sends a request, and retries it where that does no harm.
 *
 * @param attempt sends it once; `isRetry` after the first time, then with the time until which it
 * may wait for its turn
 * @throws the error of the last attempt; it says so when the request may have been carried out
 */
export async function sendWithRetry(
	request: AhaRequest,
	attempt: (isRetry: boolean, until?: number) => Promise<Attempt>,
	{ retryFor, signal }: RetryOptions,
): Promise<AhaResponse> {
	let failedAt: number | undefined;
	let wasUnclear = false;
	let lastError: Error | undefined;
	/** The error to throw: a write that was unclear once may have been carried out. */
	const errorToThrow = (error: Error) =>
		wasUnclear && isWrite(request) ? doubtful(error, request) : error;
	/** A write that was unclear says so also when it is stopped. */
	const unlessStopped = async <T>(task: Promise<T>): Promise<T> =>
		await task.catch((reason: Error) => {
			throw wasUnclear && isWrite(request) && lastError ? doubtful(lastError, request) : reason;
		});
	for (let retries = 0; ; retries++) {
		const until = failedAt === undefined ? undefined : failedAt + retryFor;
		const result = await unlessStopped(attempt(retries > 0, until));
		if (result.kind === 'success') return result.response;
		if (result.kind === 'tooLate') throw errorToThrow(lastError as Error);
		if (result.kind === 'rejected') {
			if (wasUnclear && request.method === 'DELETE' && result.status === 404) return DELETED;
			throw errorToThrow(result.error);
		}
		if (result.kind === 'unclear') wasUnclear = true;
		lastError = result.error;
		if (signal?.aborted) throw errorToThrow(result.error);
		if (result.kind === 'unclear' && !isRepeatable(request)) {
			const carriedOut = await request.reconcile?.();
			if (carriedOut === undefined) throw errorToThrow(result.error);
			if (carriedOut) return carriedOut;
			// It was not carried out, so no doubt remains.
			wasUnclear = false;
		}
		failedAt ??= now();
		const retryAfter = 'retryAfter' in result ? (result.retryAfter ?? 0) : 0;
		// A rate-limited request waits for its turn in the rate limiter, which knows `retryAfter`.
		const pause = result.kind === 'rateLimited' ? 0 : Math.max(backoff(retries), retryAfter);
		const longest = result.kind === 'unsent' ? Math.min(retryFor, UNSENT_RETRY_FOR) : retryFor;
		const isTooLate = now() + Math.max(pause, retryAfter) - failedAt >= longest;
		if (request.noRetry || isTooLate) throw errorToThrow(result.error);
		await unlessStopped(wait(pause, signal));
	}
}

/** Whether sending a request twice does what sending it once does. */
const isRepeatable = ({ method, readOnly }: AhaRequest): boolean =>
	method !== 'POST' || readOnly === true;

/** Half a second, then twice as long each time up to 15 seconds; half of it is random. */
const backoff = (retries: number): number =>
	Math.min(500 * 2 ** retries, 15_000) * (0.5 + Math.random() / 2);

/**
 * How long Aha! asks to wait, in milliseconds: from the header, in seconds or as a date, or from
 * `retry_after` in a header or the body.
 */
export function retryAfterOf(headers: unknown, body: unknown): number | undefined {
	const header = isObject(headers) ? (headers['retry-after'] ?? headers.retry_after) : undefined;
	const value = header ?? (isObject(body) ? body.retry_after : undefined) ?? '';
	if (value === '') return undefined;
	const seconds = Number(value);
	const wanted = Number.isNaN(seconds)
		? Date.parse(String(value)) - serverTime(isObject(headers) ? headers : {})
		: seconds * 1000;
	return Number.isNaN(wanted) ? undefined : Math.max(0, wanted);
}
