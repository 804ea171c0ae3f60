import type { RequestListener } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A simulated service that a recipe uses beside Aha!. */
export interface Service {
	readonly host: string;
	readonly listener: RequestListener;
	/** What n8n needs to sign in. Any secret is accepted. */
	readonly credential: {
		readonly name: string;
		readonly type: string;
		readonly data: ICredentialDataDecryptedObject;
	};
}

/** A server that does not listen: the sandbox passes requests to its listener. */
export function createListener(register: (app: FastifyInstance) => void): RequestListener {
	const app = fastify();
	register(app);
	return (request, response) => void app.ready(() => app.routing(request, response));
}
