import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

import { installGlobalProxyAgent } from '@n8n/backend-network';

/** Environment variables with the proxy and the certificate authority of a simulated Aha!. */
export interface NetworkEnv {
	readonly HTTPS_PROXY: string;
	/** Path of a PEM file. */
	readonly NODE_EXTRA_CA_CERTS: string;
	readonly NO_PROXY?: string;
}

/**
 * Makes this process use the simulated Aha!, as these variables do for an n8n process.
 *
 * @returns restores the settings
 */
export function useNetwork(env: NetworkEnv): () => void {
	const before = { ...process.env };
	const agents = [http.globalAgent, https.globalAgent] as const;
	const { createSecureContext } = tls;
	// Node.js reads NODE_EXTRA_CA_CERTS only when a process starts.
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
