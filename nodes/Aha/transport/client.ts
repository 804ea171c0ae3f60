import type {
	IAdditionalCredentialOptions,
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import { accountHost } from '../../../credentials/account';
import { isStream } from './types';
import { packageVersion } from './version';
import { apiError, causeOf, explained, networkError } from './errors';
import { parseJson } from './json';
import type { Caller } from './rateLimiter';
import { rateLimiterOf } from './rateLimiter';
import { withFreshToken } from './renewal';
import type { Attempt } from './retry';
import { isGivenUp, sendWithRetry, retryAfterOf } from './retry';
import type { AhaRequest, AhaResponse, BinaryStream, RawBody } from './types';
import { wait } from './wait';

/** Where n8n runs our code: a run, a poll, a delivery, an activation, or a form being filled in. */
export type AhaContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** Requests to one account, signed in with the credential that the user picked. */
export interface AhaClient {
	/** The account's host, for example `mycompany.aha.io`. */
	readonly host: string;
	/** The credential, as one word: its account, type and id. */
	readonly credential: string;
	/**
	 * Sends one request as soon as the account's limits let it, again where that does no harm, and
	 * gives the answer of a success. See `limiter.ts` and `retry.ts`.
	 *
	 * @param signal stops the waiting; the client's own unless given
	 * @throws NodeApiError with Aha!'s own message, the status and what to do about it
	 */
	send(request: AhaRequest, signal?: AbortSignal): Promise<AhaResponse>;
	/** Stops all waiting: the cancellation of the execution, or what `with` was given. */
	readonly signal?: AbortSignal;
	/** Waits so many milliseconds; throws when it is stopped meanwhile. */
	wait(milliseconds: number): Promise<void>;
	/** The same client, stopped by another signal. */
	with(signal: AbortSignal): AhaClient;
}

export interface ConnectOptions {
	/** Milliseconds in which a failed request is sent again. */
	readonly retryFor?: number;
}

/** n8n's name of the credential type for each choice of Authentication. */
const CREDENTIALS: Readonly<Record<string, string>> = {
	apiKey: 'ahaApiKey',
	oAuth2: 'ahaOAuth2Api',
};

/** How long one answer may take, in milliseconds; Aha!'s own limit is not documented. */
export const TIMEOUT = 60_000;

/** Unless a person set it, in milliseconds: two of Aha!'s minutes. */
const RETRY_FOR = 120_000;

/** A small request that everyone may send, which lets n8n refresh the token. */
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
	const authentication = context.getNodeParameter('authentication', 0) as string;
	const type = CREDENTIALS[authentication];
	const data = await credentialOf(context, type);
	const host = accountHost(data.accountDomain);
	// n8n reads the credential anew for each request, and its form with it, unless it is handed over.
	// Not so an OAuth2 token: what is read then may have been renewed.
	const read: IAdditionalCredentialOptions | undefined =
		type === CREDENTIALS.apiKey
			? { credentialsDecrypted: { id: '', name: type, type, data } }
			: undefined;
	// A credential without an id is shared with nobody.
	const credential = `${host} ${type} ${context.getNode().credentials?.[type]?.id ?? Math.random()}`;
	const cancelled = cancelSignal(context);
	const caller: Caller = {};

	// One listener for all requests: Node.js warns of a leak where each has one of its own.
	const inFlight = new Set<AbortController>();
	cancelled?.addEventListener('abort', () => {
		for (const controller of inFlight) controller.abort(cancelled.reason);
	});

	/** One request and its answer, whatever its status. */
	const exchange = async (request: AhaRequest, refreshes: boolean): Promise<AhaResponse> => {
		const controller = new AbortController();
		const { signal } = controller;
		const options: IHttpRequestOptions = {
			...httpOptions(host, request, await request.openBody?.()),
			abortSignal: signal,
			// n8n refreshes an OAuth2 token when a 401 is thrown: only where that is asked for.
			ignoreHttpStatusErrors: !refreshes,
		};
		inFlight.add(controller);
		try {
			const {
				statusCode: status,
				headers,
				body,
			} = (await context.helpers.httpRequestWithAuthentication
				.call(stoppedWith(context, signal), type, options, read)
				.catch(answerIn)) as IN8nHttpFullResponse;
			return { status, headers, body };
		} finally {
			// The content of a file is still on its way.
			if (!request.asFile) inFlight.delete(controller);
		}
	};

	const attempt = async (
		request: AhaRequest,
		{ again, signal, refreshes = false }: Attempting,
	): Promise<Attempt> => {
		let enteredAt = 0;
		const enter = async () => {
			enteredAt = await rateLimiterOf(host).enter(caller, signal, again);
		};
		const send = async () => await exchange(request, refreshes);
		try {
			const isRenewable = type === CREDENTIALS.oAuth2 && !refreshes;
			const renewable = { enter, send, hasExpired, renew };
			const answer = isRenewable
				? await withFreshToken(credential, renewable)
				: await enter().then(send);
			return await judged(request, answer, enteredAt);
		} catch (error) {
			if (signal?.aborted) throw signal.reason;
			const finish = (isInDoubt?: boolean) => {
				throw explained(networkError(context.getNode(), request, error), isInDoubt);
			};
			const { code, syscall, message } = causeOf(error);
			return { sent: { code, syscall, message }, finish };
		}
	};

	const renew = async () =>
		await sendWithRetry(ME, async (again) => await attempt(ME, { again, refreshes: true }), {
			retryFor,
		});

	const judged = async (
		request: AhaRequest,
		answer: AhaResponse,
		enteredAt: number,
	): Promise<Attempt> => {
		const { status, headers } = answer;
		const isFailure = status >= (request.asFile ? 400 : 300);
		const body = isFailure && isStream(answer.body) ? await readJson(answer.body) : answer.body;
		const response = { status, headers, body: parseJson(body) };
		const retryAfter = isFailure ? retryAfterOf(headers, response.body) : undefined;
		if (status !== 429) rateLimiterOf(host).accepted(enteredAt, headers);
		else if (!request.noRetry) rateLimiterOf(host).refused(enteredAt, retryAfter);
		const finish = (isInDoubt?: boolean) => {
			if (isFailure) throw explained(apiError(context.getNode(), request, response), isInDoubt);
			return response;
		};
		return { sent: { status, retryAfter }, finish };
	};

	const stoppedBy = (own?: AbortSignal): AhaClient => ({
		host,
		credential,
		signal: own,
		send: async (request, signal = own) =>
			await sendWithRetry(request, async (again) => await attempt(request, { again, signal }), {
				retryFor,
				signal,
			}),
		wait: async (milliseconds) => await wait(milliseconds, own),
		with: stoppedBy,
	});
	return stoppedBy(cancelled);
}

/** How often a credential is read before its error stands. */
const READINGS = 4;

/** The values of a credential, also on a machine that is so busy that n8n gives up reading them. */
async function credentialOf(
	context: AhaContext,
	type: string,
	readings = READINGS,
): Promise<ICredentialDataDecryptedObject> {
	const reading = context.getCredentials(type);
	return await reading.catch(async ({ message }: Error) => {
		if (readings === 1 || !isGivenUp(message)) return await reading;
		await wait(250);
		return await credentialOf(context, type, readings - 1);
	});
}

interface Attempting {
	readonly again: boolean;
	readonly signal?: AbortSignal;
	/** Whether n8n may refresh the token for this request. */
	readonly refreshes?: boolean;
}

const hasExpired = ({ status }: AhaResponse): boolean => status === 401;

const cancelSignal = (context: AhaContext): AbortSignal | undefined =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

/** The context, from which n8n takes the signal of a request, with the request's own. */
const stoppedWith = (context: AhaContext, signal: AbortSignal): IAllExecuteFunctions =>
	Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IAllExecuteFunctions;

/** The answer in what n8n threw for its status; other errors are thrown on. */
function answerIn(error: unknown): IN8nHttpFullResponse {
	const { response } = causeOf(error);
	if (!response) throw error;
	return { statusCode: response.status, headers: response.headers, body: response.data as never };
}

/** Longest text, in bytes, in which an error's sentence is looked for. */
const ERROR_SIZE = 64 * 1024;

/** The JSON in a stream; empty where it holds none. */
async function readJson(stream: BinaryStream): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > ERROR_SIZE) return {};
	}
	return jsonParse(Buffer.concat(chunks).toString(), { fallbackValue: {} });
}

function httpOptions(host: string, request: AhaRequest, raw?: RawBody): IHttpRequestOptions {
	const content = raw?.content ?? request.body;
	return {
		method: request.method,
		url: `https://${host}${request.base ?? '/api/v1'}${request.path}`,
		qs: request.query,
		...(content && { body: content as IHttpRequestOptions['body'] }),
		headers: {
			Accept: request.asFile ? '*/*' : 'application/json',
			'User-Agent': `n8n-nodes-aha/${packageVersion}`,
			...(raw && { 'Content-Type': raw.contentType, 'Content-Length': String(raw.length) }),
			...request.headers,
		},
		...(request.asFile ? { encoding: 'stream' } : { json: true, encoding: 'text' }),
		returnFullResponse: true,
		// An answer from another host would be no answer of Aha!'s API.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		allowedDomains: host,
		timeout: TIMEOUT,
	};
}
