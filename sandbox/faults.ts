import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** What is known of a request before it is carried out. */
export interface FaultyRequest {
	method: string;
	/** Without the query. */
	path: string;
	/** Its API key or access token. */
	secret?: string;
}

/** Describes which requests fail, and how. */
export interface FaultRule {
	/** Selects requests; all API requests by default. `path` is without the query. */
	match?: (request: FaultyRequest) => boolean;
	/** Fails only every nth matching request. */
	every?: number;
	/** Stops after this many failures. */
	times?: number;
	/**
	 * - `status`: a JSON error
	 * - `reset`: a closed connection
	 * - `timeout`: no response at all
	 * - `html`: a page as from a proxy
	 * - `empty`: a response without a body
	 * - `slow`: the right response after `delay`
	 * - `cut`, `gzip`: the right response, broken off or compressed and damaged
	 */
	kind: 'status' | 'reset' | 'timeout' | 'html' | 'empty' | 'slow' | 'cut' | 'gzip';
	/** Status of the response; 502 for `html` and 500 otherwise by default. */
	status?: number;
	headers?: Record<string, string>;
	/** Of the response of `status`, instead of a JSON error. */
	body?: string;
	/** Milliseconds before the response of `slow`. */
	delay?: number;
	/** Set to false to fail after the request was carried out; `slow`, `cut` and `gzip` always do. */
	before?: boolean;
}

/** Decides for each request whether it fails, and how. */
export type FaultSource = (request: FaultyRequest) => FaultRule | undefined;

/** The fault rules of an account. */
export class Faults {
	private readonly active = new Set<FaultSource>();

	/** @returns removes the rule */
	add(rule: FaultRule | FaultSource): () => void {
		const source = typeof rule === 'function' ? rule : sourceOf(rule);
		this.active.add(source);
		return () => void this.active.delete(source);
	}

	/** Counts a request. @returns the rule that makes it fail, if any */
	next(request: FaultyRequest): FaultRule | undefined {
		for (const source of this.active) {
			const rule = source(request);
			if (rule) return rule;
		}
		return undefined;
	}
}

function sourceOf(rule: FaultRule): FaultSource {
	const { match = isApi, every = 1, times = Infinity } = rule;
	let matched = 0;
	let failed = 0;
	return (request) => {
		if (!match(request)) return undefined;
		matched++;
		if (failed >= times || matched % every !== 0) return undefined;
		failed++;
		return rule;
	};
}

const isApi = ({ path }: { path: string }): boolean => path.startsWith('/api/');

const DAMAGING = new Set<FaultRule['kind']>(['slow', 'cut', 'gzip']);

/** Whether a request with this fault is not carried out. */
export const preventsRequest = ({ kind, before }: FaultRule): boolean =>
	before !== false && !DAMAGING.has(kind);

/** The response of a fault that sends one. */
export function faultResponse({ kind, status, headers, body }: FaultRule) {
	if (kind === 'empty') return { status: status ?? 200, headers: { ...headers }, body: '' };
	const isPage = kind === 'html';
	return {
		status: status ?? (isPage ? 502 : 500),
		headers: { 'Content-Type': isPage ? 'text/html' : 'application/json', ...headers },
		body: isPage
			? '<html><body><h1>502 Bad Gateway</h1></body></html>'
			: (body ?? JSON.stringify({ errors: { message: 'The request failed on demand' } })),
	};
}

/** The first half of a body; then the connection closes. */
export const cutOff = (content: Buffer): Readable =>
	Readable.from(
		(async function* halfOf() {
			yield content.subarray(0, Math.ceil(content.length / 2));
			// The half has to leave before the connection closes.
			await setImmediate();
			throw new Error('Cut off on demand');
		})(),
		{ objectMode: false },
	);

/** A compressed body with a damaged half. */
export function damagedGzip(content: Buffer): Buffer {
	const compressed = gzipSync(content);
	return compressed.fill(0x55, compressed.length >> 1);
}
