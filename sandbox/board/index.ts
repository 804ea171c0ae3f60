import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Account } from '../account';
import { readBoard } from './records';

const PAGE = readFileSync(join(__dirname, 'page.html'), 'utf8');

interface Change {
	readonly Params: { readonly reference: string };
	readonly Body: Readonly<Record<string, string>>;
}

/**
 * Registers a page where a person works in the account: a board of features to drag between
 * statuses, ideas to vote for, and a box for comments. It changes records through the API, as the
 * account's owner, so that the audit log tells of them.
 */
export function registerBoard(
	app: FastifyInstance,
	accountOf: (request: FastifyRequest) => Account,
): void {
	const send = async (
		request: FastifyRequest,
		reply: FastifyReply,
		method: 'POST' | 'PUT',
		path: string,
		payload: object,
	): Promise<FastifyReply> => {
		const { host, keys } = accountOf(request);
		const headers = { host, authorization: `Bearer ${keys.owner}` };
		const response = await app.inject({ method, url: `/api/v1/${path}`, headers, payload });
		return reply.code(response.statusCode).type('application/json').send(response.body);
	};
	const comment = async (request: FastifyRequest<Change>, reply: FastifyReply, kind: string) => {
		const { params, body } = request;
		const path = `${kind}/${params.reference}/comments`;
		return await send(request, reply, 'POST', path, { comment: { body: body.text } });
	};

	app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
	app.get('/board/records', (request) => readBoard(accountOf(request).store));
	app.put<Change>('/board/features/:reference/status', async (request, reply) => {
		const { params, body } = request;
		const feature = { workflow_status: { name: body.status } };
		return await send(request, reply, 'PUT', `features/${params.reference}`, { feature });
	});
	app.post<Change>('/board/ideas/:reference/votes', async (request, reply) => {
		const path = `ideas/${request.params.reference}/endorsements?multiple_endorsements=true`;
		return await send(request, reply, 'POST', path, { idea_endorsement: {} });
	});
	app.post<Change>('/board/features/:reference/comments', async (request, reply) =>
		comment(request, reply, 'features'),
	);
	app.post<Change>('/board/ideas/:reference/comments', async (request, reply) =>
		comment(request, reply, 'ideas'),
	);
}
