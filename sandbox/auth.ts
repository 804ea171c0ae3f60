import type { FastifyReply, FastifyRequest } from 'fastify';

import type { Account, SignedIn } from './account';
import { isMutation } from './api/graphqlDocument';

/** The key or token that a request carries. */
export const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
	/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];

/** An answer of the API that is no success, in the form of Aha!'s. */
export const sendError = (reply: FastifyReply, status: number, message: string): FastifyReply =>
	reply.code(status).type('application/json; charset=utf-8').send({ errors: { message } });

/** Whose request it is; answers it with a 401 itself where the account accepts nobody. */
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

/** Whether a request changes something: all but reads, and GraphQL's queries. */
export function isWrite({ method, url, body }: FastifyRequest): boolean {
	if (method === 'GET' || method === 'HEAD') return false;
	if (!url.startsWith('/api/v2/graphql')) return true;
	return isMutation(String((body as { query?: unknown } | undefined)?.query));
}
