import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { EndpointFacts } from '../aha-api';
import { endpoints } from '../aha-api';
import { withTableLinks } from './conversionRoutes';
import type { Handler, RequestContext } from './context';
import { crudHandler } from './crud';
import { badRequest, ApiError, notFound } from './errors';
import { download } from './fileRoutes';
import { graphql } from './graphql';
import { kindAt } from './kinds';
import { toJson } from './longNumbers';
import type { Store } from './store';
import { isObject, recordedBody, shapeOf } from './shapes';
import { customHandlers } from './customHandlers';

/** Returns the account of a request and who sent it. */
export type AccountOf = (request: FastifyRequest) => {
	store: Store;
	/** None for download links, which need no authentication. */
	user?: { id?: string; name?: string; email: string };
};

const JSON_TYPE = 'application/json; charset=utf-8';

/** In bytes. */
const LARGEST_BODY = 300 * 1024 * 1024;

/** Registers all endpoints of the API. */
export function registerApi(app: FastifyInstance, accountOf: AccountOf): void {
	app.register(async (api) => {
		addBodyParsers(api);
		api.setErrorHandler(sendFailure);
		for (const endpoint of endpoints) {
			const { method, path } = endpoint;
			const handle = handlerFor(endpoint);
			const url = `/api/v1${routeOf(path)}`;
			api.route({
				method,
				url,
				bodyLimit: LARGEST_BODY,
				handler: serve(handle, accountOf, recordedBody(`${method} ${path}`)),
			});
		}
		api.post('/api/v2/graphql', serve(graphql, accountOf));
		api.get('/attachments/:id/token/:file', serve(download, accountOf));
	});
}

function handlerFor(endpoint: EndpointFacts): Handler {
	const { method, path } = endpoint;
	const special = customHandlers[`${method} ${path}`];
	const handle = special ?? crudHandler(endpoint);
	if (!handle) throw new Error(`Nothing serves ${method} ${path}`);
	const linked = LINKABLE.exec(path)?.[1];
	const kind = method === 'PUT' && linked ? kindAt(linked) : undefined;
	return kind && !special ? withTableLinks(`${method} ${path}`, kind.name, handle) : handle;
}

/** Paths of records that can have links to custom table records. */
const LINKABLE =
	/^\/(products|releases|features|requirements|ideas|initiatives|goals|custom_object_records)\/\{id\}$/;

/** Converts a path to Fastify's syntax. In `{id}.tgz`, a pattern marks the end of the id. */
const routeOf = (path: string): string =>
	path.replace(/\{(\w+)\}\./g, ':$1(^\\d+).').replace(/\{(\w+)\}/g, ':$1');

/** Accepts an empty body as JSON, as Rails does. Other bodies stay buffers. */
function addBodyParsers(api: FastifyInstance): void {
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

/** @param recordedAs the recorded response of the endpoint */
function serve(handle: Handler, accountOf: AccountOf, recordedAs?: unknown) {
	const shape = shapeOf(recordedAs);
	return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
		const body = await handle(contextOf(request, reply, accountOf));
		if (reply.sent) return reply;
		if (body === undefined) return await reply.code(204).send();
		return isObject(body) ? await reply.type(JSON_TYPE).send(toJson(body, shape)) : body;
	};
}

function contextOf(
	request: FastifyRequest,
	reply: FastifyReply,
	accountOf: AccountOf,
): RequestContext {
	const { store, user } = accountOf(request);
	const actor =
		store.first('user', ({ data }) => data.email === user?.email) ?? store.first('user');
	if (!actor) throw notFound();
	return {
		store,
		actor,
		parameters: request.params as Record<string, string>,
		query: request.query as Record<string, string>,
		body:
			isObject(request.body) || Buffer.isBuffer(request.body)
				? (request.body as RequestContext['body'])
				: {},
		headers: request.headers,
		reply,
	};
}

function sendFailure(error: unknown, _: FastifyRequest, reply: FastifyReply): unknown {
	if (error instanceof ApiError) return reply.code(error.status).send(error.body);
	const { statusCode, message } = error as { statusCode?: number; message: string };
	const status = statusCode ?? 500;
	return reply.code(status).send({ error: message, status });
}
