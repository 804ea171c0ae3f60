import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAuthority } from '../../sandbox/authority';
import { startProxy } from '../../sandbox/proxy';
import type { NetworkEnv } from './network';

export interface StubServer {
	/** Environment variables for processes that should reach it as `https://<any account>.aha.io`. */
	readonly env: NetworkEnv;
	/** Hosts for which the proxy refused requests. */
	readonly refused: string[];
	stop(): Promise<void>;
}

/**
 * Starts a stub server for all Aha! accounts behind a proxy on this machine.
 *
 * @param listener handles the requests; the `Host` header has the account
 */
export async function startStubServer(listener: RequestListener): Promise<StubServer> {
	const folder = mkdtempSync(join(tmpdir(), 'aha-stub-'));
	const { file, identity } = createAuthority(folder);
	const refused: string[] = [];
	const account = createServer(identity, listener);
	const proxy = await startProxy(0, refused, (socket) => account.emit('connection', socket));
	return {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
			NODE_EXTRA_CA_CERTS: file,
			NO_PROXY: 'localhost,127.0.0.1',
		},
		refused,
		stop: async () => {
			await proxy.stop();
			rmSync(folder, { recursive: true });
		},
	};
}
