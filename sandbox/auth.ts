import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Account, SignedIn } from './account';
import { isMutation } from './api/graphqlDocument';

/** The API key or access token of a request. */
export const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
	/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

/** Sends an error in the format of Aha!'s API. */
export const sendError = (reply: FastifyReply, status: number, message: string): FastifyReply =>
	reply.code(status).type('application/json; charset=utf-8').send({ errors: { message } });

/** Returns the user of a request, or sends 401 and returns undefined. */
export function authenticate(
	request: FastifyRequest,
	reply: FastifyReply,
	account: Account,
): SignedIn | undefined {
	const user = account.userOf(bearerOf(request) ?? '');
	if (!user) {
		reply.header('WWW-Authenticate', 'Bearer realm="Aha!"');
		sendError(reply, 401, 'You need to sign in or use a valid API key or access token');
	}
	return user;
}

/** Whether a request can change records. GraphQL queries are sent by POST but only read. */
export function isWrite({ method, url, body }: FastifyRequest): boolean {
	if (method === 'GET' || method === 'HEAD') return false;
	if (!url.startsWith('/api/v2/graphql')) return true;
	return isMutation(String((body as { query?: unknown } | undefined)?.query));
}
