import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

import { installGlobalProxyAgent } from '@n8n/backend-network';

/** What a process needs to reach a simulated account: its proxy, and the authority it trusts. */
export interface NetworkEnv {
	readonly HTTPS_PROXY: string;
	/** Path of a PEM file. */
	readonly NODE_EXTRA_CA_CERTS: string;
	readonly NO_PROXY?: string;
}

/**
 * Lets this process reach a simulated account as n8n's own process would with these variables.
 *
 * @returns puts everything back
 */
export function useNetwork(env: NetworkEnv): () => void {
	const before = { ...process.env };
	const agents = [http.globalAgent, https.globalAgent] as const;
	const { createSecureContext } = tls;
	// Node.js reads NODE_EXTRA_CA_CERTS when a process starts, and most have started without it.
	if (process.env.NODE_EXTRA_CA_CERTS !== env.NODE_EXTRA_CA_CERTS) {
		const authority = readFileSync(env.NODE_EXTRA_CA_CERTS);
		tls.createSecureContext = (options) => {
			const made = createSecureContext(options);
			(made.context as { addCACert(pem: Buffer): void }).addCACert(authority);
			return made;
		};
	}
	Object.assign(process.env, env);
	installGlobalProxyAgent();
	return () => {
		for (const name of Object.keys(env)) {
			if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = before[name];
		}
		tls.createSecureContext = createSecureContext;
		[http.globalAgent, https.globalAgent] = agents;
	};
}
