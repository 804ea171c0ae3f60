import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';

import type { Account, LoggedRequest, SignedIn } from './account';
import { digestOf } from './account';
import { registerApi } from './api';
import { registerBoard } from './board';
import { bearerOf, isWrite, sendError, authenticate } from './auth';
import type { ServerIdentity } from './authority';
import type { FaultRule } from './faults';
import { cutOff, damagedGzip, faultResponse, preventsRequest } from './faults';
import { UNLIMITED_HEADERS } from './limits';
import { registerOAuth } from './oauth';
import { messagePage } from './oauth/pages';

/** In bytes. Aha! does not document its limit for attachments. */
const BODY_LIMIT = 512 * 1024 * 1024;

/** In milliseconds, longer than any client keeps an idle connection. */
const KEEP_ALIVE = 600_000;

/** Other services that workflows use, by host. */
export type Services = ReadonlyMap<string, RequestListener>;

/** What the hooks know about a request. */
interface RequestState {
	readonly account: Account;
	readonly entry: LoggedRequest;
	readonly fault: FaultRule | undefined;
	user?: SignedIn;
}

/**
 * Creates the HTTPS server for all accounts. It does not listen: the proxy passes connections to it.
 *
 * @param services get the requests to their hosts as they arrive
 * @param latency milliseconds before each API response
 */
export async function createServer(
	identity: ServerIdentity,
	accounts: ReadonlyMap<string, Account>,
	services: Services,
	latency: number,
): Promise<FastifyInstance> {
	const app = fastify({
		https: { key: identity.key, cert: identity.cert },
		bodyLimit: BODY_LIMIT,
		keepAliveTimeout: KEEP_ALIVE,
	}) as unknown as FastifyInstance;
	const states = new WeakMap<FastifyRequest, RequestState>();
	const stateOf = (request: FastifyRequest): RequestState => states.get(request) as RequestState;

	app.addHook('onRequest', async (request, reply) => {
		const host = request.hostname.toLowerCase();
		const service = services.get(host);
		if (service) {
			reply.hijack();
			return service(request.raw, reply.raw);
		}
		const account = accounts.get(host);
		if (!account) return await sendNoAccount(reply);
		const state = begin(request, account);
		states.set(request, state);
		if (state.fault && preventsRequest(state.fault))
			return await sendFault(state.fault, request, reply);
		if (!isApi(request)) return undefined;
		if (latency > 0) await sleep(latency);
		return await refuse(admit(state, request, reply));
	});
	app.addHook('preHandler', async (request, reply) => {
		const { user } = stateOf(request);
		if (!user || user.mayWrite || !isWrite(request)) return undefined;
		const sent = sendError(reply, 403, 'You do not have permission to change this record');
		return await refuse(sent);
	});
	app.addHook('onSend', async (request, reply, payload) => {
		const fault = states.get(request)?.fault;
		return fault ? await spoil(payload, fault, request, reply) : payload;
	});
	app.addHook('onResponse', async (request, reply) => {
		const state = states.get(request);
		if (state) state.entry.status = reply.statusCode;
	});
	// A path of the API that Aha! does not serve is a page, too.
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).type('text/html').send(messagePage('Not found', 'There is no such page.')),
	);

	await app.register(async (scope) => registerOAuth(scope, (request) => stateOf(request).account));
	await app.register(async (scope) => registerBoard(scope, (request) => stateOf(request).account));
	await app.register(async (scope) =>
		registerApi(scope, (request) => {
			const { account, user } = stateOf(request);
			return { store: account.store, user: user ?? { email: account.person.email } };
		}),
	);
	await app.ready();
	return app;
}

const isApi = ({ url }: FastifyRequest): boolean => url.startsWith('/api/');

const sendNoAccount = (reply: FastifyReply): FastifyReply =>
	reply
		.code(404)
		.type('text/html; charset=utf-8')
		.send(messagePage('Account not found', 'There is no Aha! account at this address.'));

function begin(request: FastifyRequest, account: Account): RequestState {
	const { method, url } = request;
	const { pathname: path, searchParams } = new URL(url, `https://${account.host}`);
	const secret = bearerOf(request);
	const entry: LoggedRequest = {
		method,
		path,
		query: Object.fromEntries(searchParams),
		status: 0,
		at: Date.now(),
		...(secret !== undefined && { token: digestOf(secret) }),
	};
	account.requests.push(entry);
	return { account, entry, fault: account.faults.next({ method, path, secret }) };
}

/**
 * Checks the limits before the key, so that requests with a wrong key count too.
 *
 * @returns the refusal that it sent, if any
 */
function admit(
	state: RequestState,
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply | undefined {
	const { admitted, headers } = state.account.limiter?.admit(Date.now()) ?? ADMITTED;
	reply.headers(headers);
	if (!admitted) return sendError(reply, 429, 'Too many requests');
	state.user = authenticate(request, reply, state.account);
	return state.user ? undefined : reply;
}

/** Ends a request with a refusal. Fastify would go on with it when the refusal breaks off. */
async function refuse(refusal: FastifyReply | undefined): Promise<FastifyReply | undefined> {
	await refusal;
	return refusal?.hijack();
}

const ADMITTED = { admitted: true, headers: UNLIMITED_HEADERS };

async function sendFault(fault: FaultRule, request: FastifyRequest, reply: FastifyReply) {
	if (fault.kind === 'reset' || fault.kind === 'timeout') {
		reply.hijack();
		if (fault.kind === 'reset') request.raw.socket.destroy();
		return reply;
	}
	const { status, headers, body } = faultResponse(fault);
	return reply.code(status).headers(headers).send(body);
}

/** Does to the response of a request that was carried out what a fault says. */
async function spoil(
	payload: unknown,
	fault: FaultRule,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<unknown> {
	const { kind, delay = 0 } = fault;
	if (kind === 'slow') await sleep(delay);
	if (kind === 'cut' || kind === 'gzip') return damage(payload, kind, reply);
	return fault.before === false ? await replaceWithFault(fault, request, reply) : payload;
}

/** A response without a text cannot be damaged. */
function damage(payload: unknown, kind: 'cut' | 'gzip', reply: FastifyReply): unknown {
	if (typeof payload !== 'string' || payload === '') return payload;
	const content = Buffer.from(payload);
	if (kind === 'cut') {
		reply.header('Content-Length', content.length);
		return cutOff(content);
	}
	const compressed = damagedGzip(content);
	reply.headers({ 'Content-Encoding': 'gzip', 'Content-Length': compressed.length });
	return compressed;
}

/** Replaces the response of a request that was carried out. */
async function replaceWithFault(fault: FaultRule, request: FastifyRequest, reply: FastifyReply) {
	if (fault.kind === 'reset') request.raw.socket.destroy();
	if (fault.kind === 'timeout') await new Promise((resolve) => request.raw.once('close', resolve));
	const { status, headers, body } = faultResponse(fault);
	reply.code(status).headers(headers).removeHeader('content-length');
	return body;
}
