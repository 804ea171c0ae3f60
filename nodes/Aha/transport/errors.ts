import type { IDataObject, INode, JsonObject, NodeOperationError } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { isObject } from './json';
import { isStream } from './types';
import type { AhaRequest, AhaResponse } from './types';

/** What a person can do about a status. */
const ADVICE: Readonly<Record<number, string>> = {
	400: 'Check the values of the fields.',
	401: 'The API key or the sign-in may be revoked or belong to another account. Open the credential, then test or reconnect it.',
	403: 'The user of this credential has no permission for this. Ask an Aha! administrator for it, or use another credential.',
	404: 'Check the ID or reference, the account domain of the credential, and whether its user can see the record.',
	422: 'Aha! rejected a value. Check the fields named above.',
	429: 'The account reached its limit of 300 requests per minute or 20 per second. Wait a minute, or spread the work.',
};
const ADVICE_5XX = 'Aha! had an internal error. Try again later.';

/** The message where Aha! gave none. */
const TITLES: Readonly<Record<number, string>> = {
	401: 'Aha! did not accept the credential',
	403: 'The user of the credential has no permission for this',
	404: 'Aha! did not find the record',
	429: 'Aha! received too many requests from this account',
};

/** The error for a response that is not a success. */
export function apiError(node: INode, request: AhaRequest, response: AhaResponse): NodeApiError {
	const { status, body } = response;
	const message = messageOf(body);
	const advice = ADVICE[status] ?? (status >= 500 ? ADVICE_5XX : ADVICE[400]);
	const error = new NodeApiError(
		node,
		{ message: message ?? '', httpCode: String(status) } as JsonObject,
		{
			message: message ?? TITLES[status] ?? `Aha! returned status ${status}`,
			description: `${advice} (${status} for ${request.method} ${request.path})`,
			httpCode: String(status),
		},
	);
	error.context.data = isObject(body) && !isStream(body) ? body : {};
	return error;
}

/** The error for a success whose body is not JSON, or lacks the record that was asked for. */
export function unreadableError(
	node: INode,
	{ method, path }: AhaRequest,
	{ status, headers, body }: AhaResponse,
): NodeApiError {
	const type = String(headers['content-type'] ?? 'no content type');
	return new NodeApiError(node, {} as JsonObject, {
		message: `The response from Aha! ${isObject(body) ? 'has no record' : 'is not JSON'}`,
		description: `Check whether a proxy or a sign-in page responded instead. (${status}, ${type}, for ${method} ${path})`,
	});
}

/** The error for a request without a response. */
export function networkError(node: INode, request: AhaRequest, error: unknown): Error {
	const cause = causeOf(error);
	// Errors of n8n and of our own are clear, such as that of a credential to reconnect.
	if (!cause.code) return error as Error;
	return new NodeApiError(node, { message: cause.message ?? '' } as JsonObject, {
		message: NETWORK[cause.code] ?? 'The response from Aha! was cut off or could not be read',
		description: `${cause.code} for ${request.method} ${request.path}`,
	});
}

/** The error for a file that is not there, or broke off on its way. */
export function downloadError(node: INode, cause: unknown): NodeApiError {
	const { code = '', message } = causeOf(cause);
	return new NodeApiError(node, { message } as JsonObject, {
		message: 'The file could not be downloaded',
		description: NETWORK[code] ?? message,
	});
}

/**
 * The error of a write that may have been carried out, although there was no clear response. Says so
 * in the message, as n8n shows nothing else of an error when a workflow continues.
 */
export function doubtful(shared: Error, { method }: AhaRequest): Error {
	if (!(shared instanceof NodeApiError)) return shared;
	const error = copyOf(shared);
	error.message = `${error.message}. Aha! may have carried out the request, so ${OUTCOMES[method] ?? 'the record may have changed'}`;
	error.context.unclear = true;
	const retries = method === 'POST' ? 'The request was not retried. ' : '';
	error.description = `${retries}Check Aha! before you run this item again. ${error.description ?? ''}`;
	return error;
}

/** Whether an error leaves open if a write was carried out. */
export const isUnclear = (error: unknown): error is NodeApiError =>
	error instanceof NodeApiError && error.context.unclear === true;

/** A copy of an error that others may have got too, such as those that waited for a token. */
export function copyOf<E extends NodeApiError | NodeOperationError>(error: E): E {
	const copy = Object.create(
		Object.getPrototypeOf(error) as object,
		Object.getOwnPropertyDescriptors(error),
	) as E;
	copy.context = { ...error.context };
	return copy;
}

/** What a write did if it was carried out. */
const OUTCOMES: Readonly<Record<string, string>> = {
	POST: 'the record may exist',
	DELETE: 'the record may be deleted',
};

/** What an error code of Node.js means to a person. */
export const NETWORK: Readonly<Record<string, string>> = {
	ENOTFOUND: 'Aha! could not be found. Check the account domain and the network connection',
	EAI_AGAIN: 'Aha! could not be found. Check the network connection',
	ECONNREFUSED: 'The connection to Aha! was refused. Check the network, the proxy and the firewall',
	ECONNRESET: 'The connection to Aha! was interrupted',
	ECONNABORTED: 'Aha! took too long to respond',
	ETIMEDOUT: 'Aha! took too long to respond',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of Aha! is not trusted. Check the proxy',
	SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of Aha! is not trusted. Check the proxy',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of Aha! is not trusted. Check the proxy',
	CERT_HAS_EXPIRED: 'The certificate of Aha! has expired. Check the clock and the proxy',
};

/** What n8n throws when its request for a new token fails: with or without an error of OAuth2's. */
const isTokenFailure = ({ code }: RootCause): boolean => code === 'EAUTH' || code === 'ESTATUS';

/** Errors of OAuth2 after which a new request may go well. */
const PASSING = new Set(['server_error', 'temporarily_unavailable', 'slow_down']);

/**
 * The error for a token that could not be renewed. The response of the token endpoint is not
 * repeated: it may hold secrets.
 *
 * @returns undefined when something else failed; `passes` when a later attempt may go well
 */
export function tokenError(
	node: INode,
	error: unknown,
): { error: NodeApiError; passes: boolean } | undefined {
	const cause = causeOf(error);
	if (!isTokenFailure(cause)) return undefined;
	const { status = 401, body } = cause;
	const code = isObject(body) ? String(body.error) : '';
	const passes = PASSING.has(code) || ![400, 401, 403].includes(status);
	const [message, description] =
		status === 429
			? ['Aha! received too many sign-ins from this account', 'Wait a minute.']
			: passes
				? ['Aha! gave no new token', `Check whether a proxy responds in place of Aha!. (${status})`]
				: code === 'invalid_grant'
					? ['The sign-in to Aha! is no longer valid', 'Open the credential and reconnect it.']
					: [
							'Aha! did not accept the client ID and secret of the credential',
							'Open the credential, check both, and reconnect it.',
						];
	return { error: new NodeApiError(node, {} as JsonObject, { message, description }), passes };
}

interface RootCause {
	readonly code?: string;
	readonly syscall?: string;
	readonly message?: string;
	/** Status and body, where n8n's request for a token failed. */
	readonly status?: number;
	readonly body?: unknown;
	readonly response?: { status: number; headers: IDataObject; data: unknown };
}

/** The innermost error that says more: n8n wraps what its HTTP client threw. */
export function causeOf(error: unknown): RootCause {
	const candidates: RootCause[] = [];
	let current = error as (RootCause & { cause?: unknown }) | undefined;
	while (current && candidates.length < 5) {
		candidates.push(current);
		current = current.cause as typeof current;
	}
	const { code, message, response, status, body } =
		candidates.find((candidate) => candidate.response?.status !== undefined) ??
		candidates.find((candidate) => candidate.code !== undefined) ??
		candidates[0];
	// Only the error of the socket itself tells at what it failed.
	const syscall = candidates.find((candidate) => candidate.syscall !== undefined)?.syscall;
	return { code, message, response, syscall, status, body };
}

/** Aha!'s own message: in `error` or `errors`, as text or an object. A proxy's HTML page has none. */
export function messageOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const sentences = sentencesIn(body.errors ?? body.error ?? body.message);
	return sentences.length > 0 ? sentences.join('; ') : undefined;
}

function sentencesIn(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value];
	if (Array.isArray(value)) return value.flatMap(sentencesIn);
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		sentencesIn(inner).map((sentence) => (key === 'message' ? sentence : `${key} ${sentence}`)),
	);
}
