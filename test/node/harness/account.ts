import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { selfSigned } from './certificate';
import type { NetworkEnv } from './network';

/** Hosts that a proxy in front of a stand-in for Aha! lets through. */
const ACCOUNTS = /^[a-z0-9-]+\.aha\.io:443$/;

export interface StandIn {
	/** What a process needs to reach it at `https://<any account>.aha.io`. */
	readonly env: NetworkEnv;
	/** Hosts that somebody tried to reach and the proxy refused. */
	readonly refused: string[];
	stop(): void;
}

/**
 * Puts a stand-in for all of Aha!'s accounts behind a proxy on this machine.
 *
 * @param listener answers the requests; `Host` tells the account
 */
export async function standIn(listener: RequestListener): Promise<StandIn> {
	const { key, cert } = selfSigned();
	const folder = mkdtempSync(join(tmpdir(), 'aha-stand-in-'));
	const authority = join(folder, 'authority.pem');
	writeFileSync(authority, cert);
	const refused: string[] = [];
	const sockets = new Set<Socket>();
	const account = createServer({ key, cert }, listener);
	const proxy = createProxy().on('connect', ({ url = '' }, socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
		if (!ACCOUNTS.test(url)) {
			refused.push(url);
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		account.emit('connection', socket);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const { port } = proxy.address() as AddressInfo;
	return {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${port}`,
			NODE_EXTRA_CA_CERTS: authority,
			NO_PROXY: 'localhost,127.0.0.1',
		},
		refused,
		stop: () => {
			for (const socket of sockets) socket.destroy();
			proxy.close();
			rmSync(folder, { recursive: true });
		},
	};
}
