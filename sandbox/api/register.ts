import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { EndpointFacts } from '../aha-api';
import { endpoints } from '../aha-api';
import { linkTables } from './conversions';
import type { Handler, Visit } from './engine';
import { handlerOf } from './engine';
import { badRequest, Failure, notFound } from './failures';
import { download } from './fileRoutes';
import { graphql } from './graphql';
import { kindAt } from './kinds';
import type { Store } from './store';
import { isObject } from './shapes';
import { specialHandlers } from './special';

/** Who sent a request, and to which account. */
export type AccountOf = (request: FastifyRequest) => {
	store: Store;
	/** Nobody where a link is enough. */
	user?: { id?: string; name?: string; email: string };
};

/** Files are taken up to here. */
const LARGEST_BODY = 300 * 1024 * 1024;

/** Serves the API of the account that each request belongs to. */
export function registerApi(app: FastifyInstance, accountOf: AccountOf): void {
	app.register(async (api) => {
		readBodies(api);
		api.setErrorHandler(answerFailure);
		for (const endpoint of endpoints) {
			const { method, path } = endpoint;
			const handle = handlerFor(endpoint);
			const url = `/api/v1${routeOf(path)}`;
			api.route({ method, url, bodyLimit: LARGEST_BODY, handler: serve(handle, accountOf) });
		}
		api.post('/api/v2/graphql', serve(graphql, accountOf));
		api.get('/attachments/:id/token/:file', serve(download, accountOf));
	});
}

function handlerFor(endpoint: EndpointFacts): Handler {
	const { method, path } = endpoint;
	const special = specialHandlers[`${method} ${path}`];
	const handle = special ?? handlerOf(endpoint);
	if (!handle) throw new Error(`Nothing serves ${method} ${path}`);
	const linked = LINKED.exec(path)?.[1];
	const kind = method === 'PUT' && linked ? kindAt(linked) : undefined;
	return kind && !special ? linkTables(`${method} ${path}`, kind.name, handle) : handle;
}

/** The records that can be linked to those of custom tables. */
const LINKED =
	/^\/(products|releases|features|requirements|ideas|initiatives|goals|custom_object_records)\/\{id\}$/;

/** `{id}.tgz` needs to say where the id ends. */
const routeOf = (path: string): string =>
	path.replace(/\{(\w+)\}\./g, ':$1(^\\d+).').replace(/\{(\w+)\}/g, ':$1');

/** JSON as Rails reads it: no body is an empty one. Forms are read where files are taken. */
function readBodies(api: FastifyInstance): void {
	api.removeContentTypeParser('application/json');
	api.addContentTypeParser('application/json', { parseAs: 'string' }, (_, text, done) => {
		try {
			done(null, text === '' ? {} : JSON.parse(String(text)));
		} catch {
			done(badRequest('The request body is not valid JSON'));
		}
	});
	api.addContentTypeParser('*', { parseAs: 'buffer' }, (_, bytes, done) => done(null, bytes));
}

const serve =
	(handle: Handler, accountOf: AccountOf) =>
	async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
		const body = await handle(visitOf(request, reply, accountOf));
		if (reply.sent) return reply;
		if (body === undefined) return await reply.code(204).send();
		return body;
	};

function visitOf(request: FastifyRequest, reply: FastifyReply, accountOf: AccountOf): Visit {
	const { store, user } = accountOf(request);
	const by = store.first('user', ({ data }) => data.email === user?.email) ?? store.first('user');
	if (!by) throw notFound();
	return {
		store,
		by,
		parameters: request.params as Record<string, string>,
		query: request.query as Record<string, string>,
		body:
			isObject(request.body) || Buffer.isBuffer(request.body)
				? (request.body as Visit['body'])
				: {},
		headers: request.headers,
		reply,
	};
}

function answerFailure(error: unknown, _: FastifyRequest, reply: FastifyReply): unknown {
	if (error instanceof Failure) return reply.code(error.status).send(error.body);
	const { statusCode, message } = error as { statusCode?: number; message: string };
	const status = statusCode ?? 500;
	return reply.code(status).send({ error: message, status });
}
