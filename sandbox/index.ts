import type { RequestListener } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SandboxAccount } from './account';
import { Account } from './account';
import { createAuthority } from './authority';
import type { Limits } from './limits';
import { AHA_LIMITS } from './limits';
import { startProxy } from './proxy';
import { createServer, type Services } from './server';

export type { LoggedRequest, SandboxAccount } from './account';
export { digestOf } from './account';
export type { FaultRule, FaultSource, FaultyRequest } from './faults';
export type { Limits } from './limits';
export { AHA_LIMITS } from './limits';
export type { Services } from './server';
export type { WebhookOptions } from './webhooks';

export interface SandboxOptions {
	/** Port of the proxy; any free port by default. */
	readonly port?: number;
	/** Receives the authority's certificate; a temporary folder by default. */
	readonly folder?: string;
	/** Rate limits of each account; those of Aha! by default, none with null. */
	readonly limits?: Limits | null;
	/** Milliseconds before each API response. */
	readonly latency?: number;
	/** Domains of the accounts; `mycompany` and `othercompany` by default. */
	readonly domains?: readonly string[];
	/** Other services to reach through the proxy, by host; none by default. */
	readonly services?: Services;
}

/** A simulated Aha! behind a proxy that n8n and browsers can use. */
export interface Sandbox {
	/** For example `http://127.0.0.1:40123`. The proxy reaches only `*.aha.io` and the services. */
	readonly proxyUrl: string;
	/** Path of the authority's certificate, in PEM. */
	readonly authority: string;
	/** Environment variables that make a process use the proxy. */
	readonly env: { HTTPS_PROXY: string; NODE_EXTRA_CA_CERTS: string; NO_PROXY: string };
	/** Hosts for which the proxy refused requests. */
	readonly refused: string[];
	/**
	 * Returns an account. Its records are the same at every start.
	 *
	 * @throws when there is no account with this domain
	 */
	account(domain: string): SandboxAccount;
	/** Serves the board of an account at any other address, for a browser without the proxy. */
	board(domain: string): RequestListener;
	/** Closes all connections and deletes the certificate. */
	stop(): Promise<void>;
}

const DOMAINS = ['mycompany', 'othercompany'];

/**
 * Starts a simulated Aha! on this machine.
 *
 * @throws when the port is taken or the folder cannot be written
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		port = 0,
		limits = AHA_LIMITS,
		latency = 0,
		domains = DOMAINS,
		services = new Map(),
	} = options;
	const accounts = new Map(
		domains.map((domain) => [`${domain}.aha.io`, new Account(domain, limits)]),
	);
	const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'aha-sandbox-'));
	mkdirSync(folder, { recursive: true });
	const { file, identity } = createAuthority(folder, [...accounts.keys(), ...services.keys()]);
	const server = await createServer(identity, accounts, services, latency);
	const refused: string[] = [];
	const removeFiles = () => rmSync(options.folder === undefined ? folder : file, RECURSIVELY);
	const proxy = await startProxy(
		port,
		refused,
		(socket) => server.server.emit('connection', socket),
		new Set(services.keys()),
	).catch((error: unknown) => {
		removeFiles();
		throw error;
	});
	const proxyUrl = `http://127.0.0.1:${proxy.port}`;
	return {
		proxyUrl,
		authority: file,
		env: { HTTPS_PROXY: proxyUrl, NODE_EXTRA_CA_CERTS: file, NO_PROXY: 'localhost,127.0.0.1' },
		refused,
		account: (domain) => {
			const account = accounts.get(`${domain}.aha.io`);
			if (!account) throw new Error(`The sandbox has no account ${domain}`);
			return account;
		},
		board: (domain) => (request, response) => {
			const { url = '/' } = request;
			if (url !== '/' && !url.startsWith('/board/')) return void response.writeHead(404).end();
			request.headers.host = `${domain}.aha.io`;
			server.routing(request, response);
		},
		stop: async () => {
			for (const account of accounts.values()) account.stop();
			await proxy.stop();
			await server.close();
			removeFiles();
		},
	};
}

const RECURSIVELY = { recursive: true, force: true };
