import type { IDataObject } from 'n8n-workflow';

/** So many requests in so many milliseconds. */
export interface RateLimit {
	readonly requests: number;
	readonly window: number;
}

const header = (headers: IDataObject, name: string): unknown =>
	headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`];

/** Requests that remain until the reset; `NaN` when no header says so. */
export const remainingIn = (headers: IDataObject): number =>
	Number(header(headers, 'remaining') ?? NaN);

/** Larger than any wait in seconds: such a number is a time since 1970. */
const UNIX_TIME = 1e9;

/** Milliseconds until the limits start anew; `NaN` when no header says so. */
export function resetIn(headers: IDataObject): number {
	const reset = Number(header(headers, 'reset') ?? NaN);
	return reset > UNIX_TIME ? reset * 1000 - serverTime(headers) : reset * 1000;
}

/** The server's time in milliseconds since 1970: the clock of this machine may be wrong. */
export function serverTime(headers: IDataObject): number {
	const date = Date.parse(String(headers.date));
	return Number.isNaN(date) ? Date.now() : date;
}

/** A longer window would stop all requests for longer than a person waits: it is not believed. */
const LONGEST_WINDOW = 60 * 60 * 1000;

/** The limits of a header such as `RateLimit-Policy: 20;w=1, 300;w=60`, the shortest first. */
export function limitsIn(headers: IDataObject): RateLimit[] | undefined {
	const limits = [...String(headers['ratelimit-policy'] ?? '').matchAll(/(\d+)\s*;\s*w=(\d+)/g)]
		.map(([, requests, seconds]) => ({
			requests: Number(requests),
			window: Number(seconds) * 1000,
		}))
		.filter(({ requests, window }) => requests > 0 && window > 0 && window <= LONGEST_WINDOW);
	return limits.length > 0 ? limits.sort((a, b) => a.window - b.window) : undefined;
}
