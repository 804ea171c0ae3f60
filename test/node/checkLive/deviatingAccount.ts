import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';

import type { Sandbox } from '../../../sandbox';
import { parseLong, stringifyLong } from '../../../sandbox/api/longNumbers';
import { createAuthority } from '../../../sandbox/authority';
import { startProxy } from '../../../sandbox/proxy';
import type { NetworkEnv } from '../../../tools/harness/network';

type Body = Record<string, unknown>;

/** A request on its way to the simulated account. */
export interface Passing {
	/** Method and path below `/api/v1`. */
	readonly line: string;
	readonly query: URLSearchParams;
	/** Empty where there is none. */
	readonly body: Body;
	/** Lines of the requests before it. */
	readonly before: readonly string[];
}

export interface Response {
	status: number;
	headers: OutgoingHttpHeaders;
	body: Body | undefined;
}

/** Changes the response in place, where it is one to deviate. */
export type Deviate = (request: Passing, response: Response) => void;

export interface DeviatingAccount {
	readonly env: NetworkEnv;
	/** Lines of all requests. */
	readonly lines: string[];
	stop(): Promise<void>;
}

/** Puts a server in front of a simulated account that changes some of its responses. */
export async function deviatingAccount(
	sandbox: Sandbox,
	deviations: readonly Deviate[],
): Promise<DeviatingAccount> {
	const folder = mkdtempSync(join(tmpdir(), 'aha-deviating-'));
	const { file, identity } = createAuthority(folder);
	const lines: string[] = [];
	const server = createServer(identity, (incoming, outgoing) => {
		void (async () => {
			const content = await buffer(incoming);
			const url = new URL(incoming.url ?? '/', 'https://aha.io');
			const line = `${incoming.method} ${url.pathname.replace('/api/v1', '')}`;
			const response = await forward(sandbox, incoming, content);
			const body = content.length > 0 ? (JSON.parse(content.toString()) as Body) : {};
			const passing = { line, query: url.searchParams, body, before: [...lines] };
			lines.push(line);
			for (const deviate of deviations) deviate(passing, response);
			outgoing.writeHead(response.status, response.headers);
			outgoing.end(response.body && stringifyLong(response.body));
		})();
	});
	const proxy = await startProxy(0, [], (socket) => server.emit('connection', socket));
	return {
		env: {
			HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
			NODE_EXTRA_CA_CERTS: file,
			NO_PROXY: 'localhost,127.0.0.1',
		},
		lines,
		stop: async () => {
			await proxy.stop();
			rmSync(folder, { recursive: true });
		},
	};
}

/** Sends a request on through the sandbox's proxy. */
async function forward(
	{ proxyUrl, authority }: Sandbox,
	{ method, url, headers }: IncomingMessage,
	content: Buffer,
): Promise<Response> {
	const { hostname, port } = new URL(proxyUrl);
	const socket = connect(Number(port), hostname);
	socket.write(`CONNECT ${headers.host}:443 HTTP/1.1\r\nHost: ${headers.host}\r\n\r\n`);
	await new Promise((resolve) => socket.once('data', resolve));
	const tunnel = connectTls({ socket, servername: headers.host, ca: readFileSync(authority) });
	const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
		const options = { method, path: url, headers, createConnection: () => tunnel };
		httpRequest(options, resolve).on('error', reject).end(content);
	});
	const isJson = incoming.headers['content-type']?.startsWith('application/json') === true;
	const body = isJson ? (parseLong(await text(incoming)) as Body) : undefined;
	if (!isJson) incoming.resume();
	// The length of what is sent on may be another.
	const length = ['content-length', 'transfer-encoding'];
	const others = Object.entries(incoming.headers).filter(([name]) => !length.includes(name));
	tunnel.end();
	return { status: incoming.statusCode ?? 0, headers: Object.fromEntries(others), body };
}
