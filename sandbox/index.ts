import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { SandboxAccount } from './account';
import { Account } from './account';
import { createAuthority } from './authority';
import type { Limits } from './limits';
import { AHA_LIMITS } from './limits';
import { startProxy } from './proxy';
import { createServer } from './server';

export type { LoggedRequest, SandboxAccount } from './account';
export { digestOf } from './account';
export type { FaultRule } from './faults';
export type { Limits } from './limits';
export { AHA_LIMITS } from './limits';
export type { WebhookOptions } from './webhooks';

export interface SandboxOptions {
	/** Of the proxy; any free one unless given. */
	readonly port?: number;
	/** Where the authority's certificate is written; a temporary folder unless given. */
	readonly folder?: string;
	/** Of each account: Aha!'s own unless given, none with null. */
	readonly limits?: Limits | null;
	/** Milliseconds before each answer of the API. */
	readonly latency?: number;
	/** Of its accounts; `mycompany` and `othercompany` unless given. */
	readonly domains?: readonly string[];
}

/** A simulated Aha! behind a proxy, for n8n and a browser alike. */
export interface Sandbox {
	/** For example `http://127.0.0.1:40123`; leads to `*.aha.io` alone. */
	readonly proxyUrl: string;
	/** The file of the certificate authority, in PEM. */
	readonly authority: string;
	/** What a process needs in its environment to reach it. */
	readonly env: { HTTPS_PROXY: string; NODE_EXTRA_CA_CERTS: string; NO_PROXY: string };
	/** Hosts that somebody tried to reach through the proxy, and that it refused. */
	readonly refused: string[];
	/**
	 * One of the accounts; each has the same records at every start.
	 *
	 * @throws for any other
	 */
	account(domain: string): SandboxAccount;
	/** Ends it with every connection to it, and removes what it wrote. */
	stop(): Promise<void>;
}

const DOMAINS = ['mycompany', 'othercompany'];

/**
 * Starts a simulated Aha! on this machine.
 *
 * @throws when the port is taken or the folder cannot be written
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, limits = AHA_LIMITS, latency = 0, domains = DOMAINS } = options;
	const accounts = new Map(
		domains.map((domain) => [`${domain}.aha.io`, new Account(domain, limits)]),
	);
	const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'aha-sandbox-'));
	mkdirSync(folder, { recursive: true });
	const { file, identity } = createAuthority(folder);
	const server = await createServer(identity, accounts, latency);
	const refused: string[] = [];
	const removeFiles = () => rmSync(options.folder === undefined ? folder : file, RECURSIVELY);
	const proxy = await startProxy(port, refused, (socket) =>
		server.server.emit('connection', socket),
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
		stop: async () => {
			for (const account of accounts.values()) account.stop();
			await proxy.stop();
			await server.close();
			removeFiles();
		},
	};
}

const RECURSIVELY = { recursive: true, force: true };
