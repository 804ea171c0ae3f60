import { apiError, causeOf, networkError, tokenError, unreadableError } from './errors';
import type { AhaContext, Credential } from './credential';
import { readCredential } from './credential';
import { hasErrors, isFailure, isReadable, withoutSecrets } from './content';
import { errorBody, sendHttp } from './http';
import { parseJson } from './json';
import type { RateLimit } from './rateLimitHeaders';
import type { RateLimiter } from './rateLimiter';
import { rateLimiterOf, TOO_LATE } from './rateLimiter';
import type { Attempt } from './retry';
import { kindOfFailure, kindOfStatus, retryAfterOf, sendWithRetry } from './retry';
import { wholeFile } from './streams';
import { withFreshToken } from './tokenRenewal';
import type { AhaRequest, AhaResponse } from './types';
import { isStream } from './types';
import { wait } from './wait';
import { WaitedTime } from './waitedTime';

/** Sends one request and returns the response of a success. */
export type Send = (request: AhaRequest, signal?: AbortSignal) => Promise<AhaResponse>;

export interface ConnectOptions {
	/** Milliseconds during which a failed request is retried. */
	readonly retryFor?: number;
}

/** Unless the user sets it, in milliseconds: two of Aha!'s minutes. */
const RETRY_FOR = 120_000;

/** A small request that every user may send, which lets n8n refresh the token. */
const ME: AhaRequest = { method: 'GET', path: '/me', query: {} };

/**
 * A client for the node's credential.
 *
 * @throws UserError when the account domain names no account: before any request leaves
 */
export async function connect(
	context: AhaContext,
	{ retryFor = RETRY_FOR }: ConnectOptions = {},
): Promise<AhaClient> {
	const connection = new Connection(context, await readCredential(context), retryFor);
	return new AhaClient(connection, connection.cancelSignal);
}

/** Requests to one account, with the credential that the user picked. */
export class AhaClient {
	/** The account's host, such as `mycompany.aha.io`. */
	readonly host: string;
	/** The same for all clients with this credential. */
	readonly credential: string;
	/**
	 * Sends one request as soon as the account's rate limits allow, and retries it where that does
	 * no harm. See `rateLimiter.ts` and `retry.ts`. The client's own signal stops it unless another
	 * is given.
	 *
	 * @throws NodeApiError with Aha!'s own message, the status and what to do about it
	 */
	readonly send: Send;

	/**
	 * @param signal stops all requests and waits
	 * @param send takes the place of the connection's own, such as one with a cache
	 */
	constructor(
		private readonly connection: Connection,
		readonly signal?: AbortSignal,
		send?: Send,
	) {
		this.host = connection.credential.host;
		this.credential = connection.credential.key;
		this.send =
			send ?? (async (request, ownSignal = signal) => await connection.send(request, ownSignal));
	}

	/** Waits for some milliseconds; throws when it is stopped meanwhile. */
	async wait(milliseconds: number): Promise<void> {
		await wait(milliseconds, this.signal);
	}

	/** Milliseconds during which requests of this run waited for the limits. */
	get waitedFor(): number {
		return this.connection.waited.milliseconds;
	}

	/** The account's limits, the shortest window first. */
	get limits(): readonly RateLimit[] {
		return rateLimiterOf(this.host).known;
	}

	/** The same client, stopped by another signal. */
	with(signal: AbortSignal): AhaClient {
		return new AhaClient(this.connection, signal);
	}

	/** The same client, with requests that go through another function. */
	withSend(send: Send): AhaClient {
		return new AhaClient(this.connection, this.signal, send);
	}
}

interface AttemptOptions {
	readonly isRetry: boolean;
	/** Time until which it waits for its turn. */
	readonly until?: number;
	readonly signal?: AbortSignal;
	/** Whether n8n may refresh the token. */
	readonly refreshesToken?: boolean;
}

/** What all requests of one execution, poll or form share. */
class Connection {
	/** Stops everything when the execution is cancelled. */
	readonly cancelSignal?: AbortSignal;
	private readonly limiter: () => RateLimiter;
	private readonly inFlight = new Set<AbortController>();
	readonly waited = new WaitedTime();

	constructor(
		private readonly context: AhaContext,
		readonly credential: Credential,
		private readonly retryFor: number,
	) {
		this.limiter = () => rateLimiterOf(credential.host);
		this.cancelSignal =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		// One listener for all requests: Node.js warns of a leak where each request adds one.
		this.cancelSignal?.addEventListener('abort', () => this.abort());
	}

	async send(request: AhaRequest, signal?: AbortSignal): Promise<AhaResponse> {
		const { retryFor } = this;
		const attempt = async (isRetry: boolean, until?: number) =>
			await this.attempt(request, { isRetry, until, signal });
		return await sendWithRetry(request, attempt, { retryFor, signal });
	}

	private abort(): void {
		for (const controller of this.inFlight) controller.abort(this.cancelSignal?.reason);
	}

	private async attempt(request: AhaRequest, options: AttemptOptions): Promise<Attempt> {
		const { signal, refreshesToken = false } = options;
		let sentAt = 0;
		const acquire = async () => {
			sentAt = await this.waited.during(this.limiter().acquire(this, options));
		};
		const send = async () => await this.exchange(request, options);
		try {
			const response =
				this.credential.expires && !refreshesToken
					? await withFreshToken(this.credential.key, {
							acquire,
							send,
							isExpired: ({ status }) => status === 401,
							renew: async (renewalSignal) => await this.renewToken(renewalSignal),
							signal,
						})
					: await acquire().then(send);
			return await this.attemptOf(request, response, sentAt);
		} catch (error) {
			if (error === TOO_LATE) return { kind: 'tooLate' };
			if (signal?.aborted) throw signal.reason;
			return this.failedAttempt(request, error);
		}
	}

	/** One request and its response, whatever its status. */
	private async exchange(
		request: AhaRequest,
		{ refreshesToken = false, signal }: AttemptOptions,
	): Promise<AhaResponse> {
		const controller = new AbortController();
		const ended = () => void this.inFlight.delete(controller);
		// A token is renewed for other executions too: cancelling this one does not stop it.
		if (refreshesToken) signal?.addEventListener('abort', () => controller.abort(signal.reason));
		else this.inFlight.add(controller);
		let isOnItsWay = false;
		try {
			const options = { controller, refreshesToken };
			const response = await sendHttp(this.context, this.credential, request, options);
			if (!isStream(response.body)) return response;
			// The content of a file is still on its way.
			isOnItsWay = true;
			const file = { node: this.context.getNode(), signal: controller.signal, ended };
			return { ...response, body: wholeFile(response.body, file) };
		} finally {
			if (!isOnItsWay) ended();
		}
	}

	/**
	 * Makes n8n refresh the token, and remembers it as a secret.
	 *
	 * @param signal aborts when no request waits for the token any more
	 */
	private async renewToken(signal: AbortSignal): Promise<void> {
		const attempt = async (isRetry: boolean, until?: number) =>
			await this.attempt(ME, { isRetry, until, signal, refreshesToken: true });
		await sendWithRetry(ME, attempt, { retryFor: this.retryFor, signal });
		await this.credential.secrets();
	}

	/** The attempt that a response makes. Tells the rate limiter about it. */
	private async attemptOf(
		request: AhaRequest,
		{ status, headers, body: rawBody }: AhaResponse,
		sentAt: number,
	): Promise<Attempt> {
		// A redirect is a response too where a file is asked for.
		const isSuccess = status < (request.asFile ? 400 : 300);
		const content = parseJson(isSuccess ? rawBody : await errorBody(rawBody));
		const response = { status, headers, body: content };
		const retryAfter = isSuccess ? undefined : retryAfterOf(headers, content);
		if (status !== 429) this.limiter().onAccepted(sentAt, headers);
		else if (!request.noRetry) this.limiter().onRateLimited(sentAt, retryAfter);
		const node = this.context.getNode();
		if (isSuccess && !isReadable(request, response)) {
			const unreadable = unreadableError(node, request, response);
			// A read can be run again at once; a write may have been carried out behind that page.
			return { kind: request.method === 'GET' ? 'rejected' : 'unclear', error: unreadable };
		}
		const isFailed = !isSuccess || isFailure(request, content);
		if (!isFailed && !hasErrors(request, content)) return { kind: 'success', response };

		// Read after the rate limiter knows of a 429: other requests leave meanwhile.
		const body = withoutSecrets(content, await this.credential.secrets());
		if (!isFailed) return { kind: 'success', response: { ...response, body } };
		const error = apiError(node, request, { ...response, body });
		const kind = isSuccess ? 'rejected' : kindOfStatus(status);
		if (kind === 'unclear' || kind === 'rateLimited') return { kind, error, retryAfter };
		return { kind: 'rejected', error, status };
	}

	private failedAttempt(request: AhaRequest, cause: unknown): Attempt {
		const token = tokenError(this.context.getNode(), cause);
		// No token, so the request itself was never sent.
		if (token) return { kind: token.passes ? 'unsent' : 'rejected', error: token.error };
		const error = networkError(this.context.getNode(), request, cause);
		return { kind: kindOfFailure(causeOf(cause)), error };
	}
}
