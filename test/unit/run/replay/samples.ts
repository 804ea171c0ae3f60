import samplesJson from './samples.json';

/** One request from the examples in Aha!'s documentation. */
export interface Sample {
	readonly method: string;
	/** Below `/api/v1`, as sent. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	/** JSON. */
	readonly body?: Readonly<Record<string, unknown>>;
	/** The parts of a multipart form; a file is `@` and its name. */
	readonly form?: Readonly<Record<string, string>>;
	readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Every example request of Aha!'s documentation, in its order. Taken from the copy of the public
 * documentation in https://github.com/caseyg/aha-mcp (docs/aha-rest-api, commit 5eac573).
 */
export const samples = samplesJson as readonly Sample[];

/** How a test names a sample: a few occur more than once. */
export const titleOf = ({ method, path, query, body, form }: Sample): string => {
	const search = query ? `?${new URLSearchParams(query)}` : '';
	const sent = form ?? body;
	return `${method} ${path}${search}${sent ? ` ${JSON.stringify(sent)}` : ''}`;
};
