import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAuthority } from '../../sandbox/authority';
import { startProxy } from '../../sandbox/proxy';
import type { NetworkEnv } from './network';

export interface StubServer {
	/** What a process needs to reach it at `https://<any account>.aha.io`. */
	readonly env: NetworkEnv;
	/** Hosts that somebody tried to reach and the proxy refused. */
	readonly refused: string[];
	stop(): Promise<void>;
}

/**
 * Puts a stand-in for all of Aha!'s accounts behind a proxy on this machine.
 *
 * @param listener answers the requests; `Host` tells the account
 */
export async function startStubServer(listener: RequestListener): Promise<StubServer> {
	const folder = mkdtempSync(join(tmpdir(), 'aha-stand-in-'));
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
