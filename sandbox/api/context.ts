import type { FastifyReply } from 'fastify';

import { notFound } from './errors';
import type { Query } from './lists';
import type { Entity, Store } from './store';

/** An API request, with the account that it reached. */
export interface RequestContext {
	readonly store: Store;
	/** The user of the key or token. */
	readonly actor: Entity;
	readonly parameters: Readonly<Record<string, string>>;
	readonly query: Query;
	readonly body: Record<string, unknown>;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly reply: FastifyReply;
}

/** Returns the body of the response; `undefined` becomes 204. */
export type Handler = (context: RequestContext) => unknown;

/** @throws ApiError 404 */
export function findOrFail(store: Store, kind: string, idOrReference: string): Entity {
	const found = store.find(kind, decodeURIComponent(idOrReference));
	if (!found) throw notFound();
	return found;
}
