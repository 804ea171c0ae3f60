import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Proxy {
	readonly port: number;
	/** Closes the proxy and all tunnels. */
	stop(): Promise<void>;
}

/**
 * Starts a proxy on this machine that only accepts tunnels to `*.aha.io:443` and to other hosts
 * that are served here.
 *
 * @param port 0 for any free port
 * @param refused collects the hosts of all other requests
 * @param accept is called with the socket of each tunnel
 * @param hosts the other hosts
 * @throws when the port is taken
 */
export async function startProxy(
	port: number,
	refused: string[],
	accept: (socket: Duplex) => void,
	hosts: ReadonlySet<string> = new Set(),
): Promise<Proxy> {
	const sockets = new Set<Duplex>();
	const server = createServer((request, response) => {
		refused.push(hostOf(request));
		response.writeHead(403, { 'Content-Type': 'text/plain' });
		response.end('This proxy only reaches the simulated Aha!, over HTTPS\n');
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		// Clients can disconnect at any time.
		socket.on('error', () => socket.destroy());
	});
	server.on('connect', (request, socket, head) => {
		const target = request.url ?? '';
		const host = target.replace(/:443$/, '').toLowerCase();
		if (!AHA_HOST.test(host) && !hosts.has(host)) {
			refused.push(target.replace(/:\d*$/, ''));
			socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		if (head.length > 0) socket.unshift(head);
		accept(socket);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		stop: async () => {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

/** A host of Aha!, with or without the label of a region. */
const AHA_HOST = /^[a-z0-9-]+(\.[a-z]+\d)?\.aha\.io$/;

const hostOf = ({ url = '', headers }: IncomingMessage): string =>
	URL.canParse(url) ? new URL(url).hostname : (headers.host ?? '');
