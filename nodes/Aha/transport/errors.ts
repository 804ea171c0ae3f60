import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
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

/** The error for a success with a body that is not JSON. */
export function unreadableError(
	node: INode,
	{ method, path }: AhaRequest,
	{ status, headers }: AhaResponse,
): NodeApiError {
	const type = String(headers['content-type'] ?? 'no content type');
	return new NodeApiError(node, {} as JsonObject, {
		message: 'The response from Aha! is not JSON',
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

/**
 * The error of a write that may have been carried out, although there was no clear response. Says so
 * in the message, as n8n shows nothing else of an error when a workflow continues.
 */
export function doubtful(error: Error, { method }: AhaRequest): Error {
	if (!(error instanceof NodeApiError)) return error;
	error.message = `${error.message}. Aha! may have carried out the request, so ${OUTCOMES[method] ?? 'the record may have changed'}`;
	const retries = method === 'POST' ? 'The request was not retried. ' : '';
	error.description = `${retries}Check Aha! before you run this item again. ${error.description ?? ''}`;
	return error;
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

interface RootCause {
	readonly code?: string;
	readonly syscall?: string;
	readonly message?: string;
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
	const { code, message, response } =
		candidates.find((candidate) => candidate.response?.status !== undefined) ??
		candidates.find((candidate) => candidate.code !== undefined) ??
		candidates[0];
	// Only the error of the socket itself tells at what it failed.
	const syscall = candidates.find((candidate) => candidate.syscall !== undefined)?.syscall;
	return { code, message, response, syscall };
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
