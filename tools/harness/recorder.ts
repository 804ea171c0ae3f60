import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

import type { StubServer } from './stubServer';
import { startStubServer } from './stubServer';

/** A request that arrived. */
export interface RecordedRequest {
	readonly method: string;
	readonly host: string;
	readonly path: string;
	readonly query: Readonly<Record<string, string | string[]>>;
	readonly authorization: string | undefined;
	/** Parsed JSON, or the fields of a form with file names instead of their contents. */
	readonly body: unknown;
	/** Path and body, to search for what must not be in a request. */
	readonly text: string;
}

export interface StubResponse {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: unknown;
}

export interface Recorder extends StubServer {
	readonly requests: RecordedRequest[];
}

/**
 * Starts a stub server that records all requests.
 *
 * @param respond returns the response to a request
 */
export async function startRecorder(
	respond: (request: RecordedRequest) => StubResponse,
): Promise<Recorder> {
	const requests: RecordedRequest[] = [];
	const reached = await startStubServer((incoming, response) => {
		void record(incoming).then((request) => {
			requests.push(request);
			const { status = 200, headers, body } = respond(request);
			const raw = Buffer.isBuffer(body);
			response.writeHead(status, {
				'Content-Type': raw ? 'application/octet-stream' : 'application/json',
				// Without this header, the node keeps to Aha!'s limits.
				'RateLimit-Policy': '1000000;w=1',
				...headers,
			});
			response.end(raw || body === undefined ? body : JSON.stringify(body));
		});
	});
	return { ...reached, requests };
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
	const content = await buffer(incoming);
	const { host = '', authorization } = incoming.headers;
	const { pathname, searchParams } = new URL(incoming.url ?? '/', `https://${host}`);
	const query = [...new Set(searchParams.keys())].map((name) => {
		const values = searchParams.getAll(name);
		return [name, values.length > 1 ? values : values[0]];
	});
	return {
		method: incoming.method ?? '',
		host,
		path: pathname,
		query: Object.fromEntries(query) as RecordedRequest['query'],
		authorization,
		body: await parsed(content, incoming.headers['content-type'] ?? ''),
		text: `${incoming.url} ${content.toString()}`,
	};
}

async function parsed(content: Buffer, type: string): Promise<unknown> {
	if (content.length === 0) return undefined;
	if (type.startsWith('application/json')) return JSON.parse(content.toString()) as unknown;
	const form = await new Response(new Uint8Array(content), {
		headers: { 'Content-Type': type },
	}).formData();
	const fields: Record<string, string> = {};
	form.forEach((value, name) => {
		fields[name] = typeof value === 'string' ? value : value.name;
	});
	return fields;
}
