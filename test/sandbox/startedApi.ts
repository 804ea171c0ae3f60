import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';

import type { Store } from '../../sandbox/api';
import { createStore, registerApi } from '../../sandbox/api';

export interface ApiResponse {
	readonly status: number;
	readonly body: Record<string, unknown>;
	readonly headers: Headers;
	/** The body as it was sent. */
	readonly text: string;
}

/** The API of an account, without proxy, authentication and limits. */
export interface StartedApi {
	readonly app: FastifyInstance;
	readonly store: Store;
	ask(route: string, payload?: unknown, headers?: Record<string, string>): Promise<ApiResponse>;
}

/** @param domain of the account */
export async function startApi(domain = 'mycompany'): Promise<StartedApi> {
	const store = createStore(domain);
	const app = fastify({ forceCloseConnections: true });
	registerApi(app, () => ({ store, user: { email: `owner@${domain}.example` } }));
	const address = await app.listen({ port: 0, host: '127.0.0.1' });
	const ask: StartedApi['ask'] = async (route, payload, headers = {}) => {
		const [method, path] = route.split(' ');
		const url = /^\/(api|attachments\/\d+\/token)\//.test(path) ? path : `/api/v1${path}`;
		const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
		const type = payload !== undefined && { 'content-type': 'application/json' };
		const response = await fetch(address + url, {
			method,
			headers: { ...type, ...headers },
			...(payload !== undefined && { body }),
		});
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.startsWith('application/json');
		return {
			status: response.status,
			body: (isJson && text !== '' ? JSON.parse(text) : { text }) as ApiResponse['body'],
			headers: response.headers,
			text,
		};
	};
	return { app, store, ask };
}

/** The API of an account for all tests of a file; its fields are there once the tests begin. */
export function useApi(): StartedApi {
	const api = {} as StartedApi;
	beforeAll(async () => Object.assign(api, await startApi()));
	afterAll(async () => await api.app.close());
	return api;
}
