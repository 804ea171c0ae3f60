import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { isObject } from './json';
import { isStream } from './types';
import type { AhaRequest, AhaResponse } from './types';

/** What a person can do about an answer, in their words. */
const ADVICE: Readonly<Record<number, string>> = {
	400: 'Check the values of the fields.',
	401: 'The credential was not accepted: the API key or the sign-in may be revoked or belong to another account. Open the credential and test or reconnect it.',
	403: 'The user of this credential may not do this in Aha!. Ask an Aha! administrator for the permission, or use another credential.',
	404: 'Check the ID or reference, the account domain of the credential, and whether its user can see the record.',
	422: 'Aha! did not accept a value. Check the fields named above.',
	429: 'The account is at its limit of 300 requests a minute and 20 a second. Wait a minute, or spread the work.',
};
const ADVICE_5XX = 'Aha! had a problem of its own. Try again later.';

/** Aha!'s sentence when it gave none. */
const TITLES: Readonly<Record<number, string>> = {
	401: 'The credential was not accepted by Aha!',
	403: 'The credential has no permission for this in Aha!',
	404: 'The record was not found in Aha!',
	429: 'Aha! received too many requests from this account',
};

/** The error for an answer that is no success. */
export function apiError(node: INode, request: AhaRequest, response: AhaResponse): NodeApiError {
	const { status, body } = response;
	const said = messageOf(body);
	const advice = ADVICE[status] ?? (status >= 500 ? ADVICE_5XX : ADVICE[400]);
	const error = new NodeApiError(
		node,
		{ message: said ?? '', httpCode: String(status) } as JsonObject,
		{
			message: said ?? TITLES[status] ?? `Aha! answered with status ${status}`,
			description: `${advice} (${status} for ${request.method} ${request.path})`,
			httpCode: String(status),
		},
	);
	error.context.data = isObject(body) && !isStream(body) ? body : {};
	return error;
}

/** The error for a request that n8n could not make. */
export function networkError(node: INode, request: AhaRequest, error: unknown): Error {
	const cause = causeOf(error);
	// n8n's and our own sentences, e.g. on a credential that needs to be reconnected, stand.
	if (!cause.code) return error as Error;
	return new NodeApiError(node, { message: cause.message ?? '' } as JsonObject, {
		message: NETWORK[cause.code] ?? 'Aha! could not be reached',
		description: `${cause.code} for ${request.method} ${request.path}`,
	});
}

const DOUBT = 'Aha! may have carried this out all the same, and the record may exist now';

/** An error that says so where its request may have been carried out all the same. */
export function explained(error: Error, isInDoubt = false): Error {
	if (!isInDoubt || !(error instanceof NodeApiError)) return error;
	// In the message, which is all that n8n shows of an error where a workflow goes on.
	error.message = `${error.message}. ${DOUBT}`;
	error.description = `It was not sent again: look in Aha! before you run this item again. ${error.description ?? ''}`;
	return error;
}

/** What a code of Node.js means to a person. */
export const NETWORK: Readonly<Record<string, string>> = {
	ENOTFOUND: 'Aha! was not found: check the account domain and the network connection',
	EAI_AGAIN: 'Aha! was not found: check the network connection',
	ECONNREFUSED: 'The connection to Aha! was refused: check the network, the proxy and the firewall',
	ECONNRESET: 'The connection to Aha! was cut off',
	ECONNABORTED: 'Aha! took too long to answer',
	ETIMEDOUT: 'Aha! took too long to answer',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of Aha! could not be trusted: check the proxy',
	SELF_SIGNED_CERT_IN_CHAIN: 'The certificate of Aha! could not be trusted: check the proxy',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate of Aha! could not be trusted: check the proxy',
	CERT_HAS_EXPIRED: 'The certificate of Aha! has expired: check the clock and the proxy',
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

/** Aha!'s own sentence: `error` or `errors`, text or an object, or none in a proxy's HTML page. */
export function messageOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const said = body.errors ?? body.error ?? body.message;
	const sentences = sentencesIn(said);
	return sentences.length > 0 ? sentences.join('; ') : undefined;
}

function sentencesIn(said: unknown): string[] {
	if (typeof said === 'string') return said.trim() === '' ? [] : [said];
	if (Array.isArray(said)) return said.flatMap(sentencesIn);
	if (!isObject(said)) return [];
	return Object.entries(said).flatMap(([key, value]) =>
		sentencesIn(value).map((sentence) => (key === 'message' ? sentence : `${key} ${sentence}`)),
	);
}
