import type { FastifyInstance, FastifyRequest } from 'fastify';

// Stands in until the account's records are here: overwrite this file.

export interface Store {
	readonly domain: string;
	readonly audits: unknown[];
	onAudit(listener: (audit: unknown) => void): () => void;
}

/** Who signed a request; undefined for addresses that need no sign-in. */
export interface ApiUser {
	readonly email: string;
	readonly mayWrite: boolean;
}

export function createStore(domain: string): Store {
	const listeners = new Set<(audit: unknown) => void>();
	return {
		domain,
		audits: [],
		onAudit: (listener) => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
}

export function registerApi(
	app: FastifyInstance,
	accountOf: (request: FastifyRequest) => { store: Store; user: ApiUser | undefined },
): void {
	app.get('/api/v1/me', async (request) => {
		const { store, user } = accountOf(request);
		return { user: { id: '1', name: 'George Gently', email: user?.email, domain: store.domain } };
	});
	app.post('/api/v1/features', async () => ({ feature: { id: '2' } }));
}
