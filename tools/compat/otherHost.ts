import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that is not Aha!'s and should receive no secret. */
export interface OtherHost {
	readonly url: string;
	/** The headers and bodies of all requests so far, and forgets them. */
	take(): string[];
	stop(): Promise<void>;
}

export async function startOtherHost(): Promise<OtherHost> {
	let received: string[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => (body += text));
		request.on('end', () => {
			received.push(`${request.url} ${request.rawHeaders.join(' ')} ${body}`);
			response.setHeader('Content-Type', 'application/json');
			response.end('{}');
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/elsewhere`,
		take: () => {
			const all = received;
			received = [];
			return all;
		},
		stop: async () => {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}
