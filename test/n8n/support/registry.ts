import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createSecureContext, TLSSocket } from 'node:tls';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

import type { Sandbox } from '../../../sandbox';
import { createAuthority } from '../../../sandbox/authority';
import { ROOT } from '../../../tools/runtime/places';

const HOST = 'registry.npmjs.org';

/** npm's registry as n8n sees it: it has only this package, of this version. */
export interface Registry {
	/** What makes n8n, and the npm that it starts, use this registry and the sandbox. */
	readonly env: NodeJS.ProcessEnv;
	/** The paths that were requested. */
	readonly requested: string[];
	stop(): Promise<void>;
}

const { name, version, ...manifest } = JSON.parse(
	readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as { name: string; version: string };

/** What the registry says about the version. */
function versionOf(tarball: Buffer) {
	const digest = (algorithm: string, encoding: 'base64' | 'hex') =>
		createHash(algorithm).update(tarball).digest(encoding);
	const dist = {
		tarball: `https://${HOST}/${name}/-/${name}-${version}.tgz`,
		integrity: `sha512-${digest('sha512', 'base64')}`,
		shasum: digest('sha1', 'hex'),
	};
	return { ...manifest, name, version, dist };
}

/**
 * Puts a registry in front of the sandbox's proxy.
 *
 * @param folder receives the certificates
 * @param tarball the packed package
 */
export async function startRegistry(
	folder: string,
	tarball: string,
	sandbox: Sandbox,
): Promise<Registry> {
	const { file, identity } = createAuthority(folder, [HOST]);
	const authorities = join(folder, 'authorities.pem');
	writeFileSync(authorities, readFileSync(file, 'utf8') + readFileSync(sandbox.authority, 'utf8'));

	const content = readFileSync(tarball);
	const published = versionOf(content);
	const pages = new Map<string, unknown>([
		[`/${name}`, { name, 'dist-tags': { latest: version }, versions: { [version]: published } }],
		[`/${name}/latest`, published],
		[`/${name}/${version}`, published],
		[`/${name}/-/${name}-${version}.tgz`, content],
	]);
	const requested: string[] = [];
	const serve = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
		requested.push(url);
		const page = pages.get(url);
		response.statusCode = page === undefined ? 404 : 200;
		response.end(Buffer.isBuffer(page) ? page : JSON.stringify(page ?? { error: 'Not found' }));
	};
	const registry = createServer(serve);

	const sockets = new Set<Duplex>();
	const keep = <T extends Duplex>(socket: T): T => {
		sockets.add(socket);
		// Clients can disconnect at any time.
		socket.on('error', () => socket.destroy());
		return socket;
	};
	const secureContext = createSecureContext(identity);
	const proxy = createServer((_, response) => response.writeHead(403).end());
	proxy.on('connect', (request, socket: Duplex) => {
		keep(socket);
		if (request.url === `${HOST}:443`) {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			const secure = new TLSSocket(socket as never, { isServer: true, secureContext });
			registry.emit('connection', keep(secure));
			return;
		}
		const onwards = keep(connect(Number(new URL(sandbox.proxyUrl).port), '127.0.0.1'));
		onwards.write(`CONNECT ${request.url} HTTP/1.1\r\nHost: ${request.url}\r\n\r\n`);
		socket.pipe(onwards).pipe(socket);
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	const { port } = proxy.address() as AddressInfo;
	return {
		env: {
			...sandbox.env,
			HTTPS_PROXY: `http://127.0.0.1:${port}`,
			NODE_EXTRA_CA_CERTS: authorities,
			npm_config_cafile: authorities,
			npm_config_cache: join(folder, 'npm-cache'),
			// The one that n8n asks, whatever the settings of this machine.
			npm_config_registry: `https://${HOST}/`,
		},
		requested,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await once(proxy.close(), 'close');
		},
	};
}
