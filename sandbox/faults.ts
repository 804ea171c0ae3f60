/** A failure on demand. */
export interface FaultRule {
	/** Which requests it is for: those to the API unless told. `path` has no query. */
	match?: (request: { method: string; path: string }) => boolean;
	/** Fails each so-many-th matching request only. */
	every?: number;
	/** Fails so many requests, then no more. */
	times?: number;
	/** An error as JSON, a connection cut off, no answer at all, or a page of a proxy in front. */
	kind: 'status' | 'reset' | 'timeout' | 'html';
	/** Of the answer: 500, or 502 for a page, unless told. */
	status?: number;
	headers?: Record<string, string>;
	/** Whether it fails before the request was carried out, which is so unless told. */
	before?: boolean;
}

interface ActiveRule {
	readonly rule: FaultRule;
	matched: number;
	failed: number;
}

/** The failures that an account was told to have. */
export class Faults {
	private readonly active = new Set<ActiveRule>();

	/** @returns what takes it back */
	add(rule: FaultRule): () => void {
		const entry = { rule, matched: 0, failed: 0 };
		this.active.add(entry);
		return () => void this.active.delete(entry);
	}

	/** The failure of this request, which counts as one. */
	next(request: { method: string; path: string }): FaultRule | undefined {
		for (const entry of this.active) {
			const { match = isApi, every = 1, times = Infinity } = entry.rule;
			if (!match(request)) continue;
			entry.matched++;
			if (entry.failed >= times || entry.matched % every !== 0) continue;
			entry.failed++;
			return entry.rule;
		}
		return undefined;
	}
}

const isApi = ({ path }: { path: string }): boolean => path.startsWith('/api/');

/** The answer of a failure that has one. */
export function faultResponse({ kind, status, headers }: FaultRule) {
	const isPage = kind === 'html';
	return {
		status: status ?? (isPage ? 502 : 500),
		headers: { ...headers, 'Content-Type': isPage ? 'text/html' : 'application/json' },
		body: isPage
			? '<html><body><h1>502 Bad Gateway</h1></body></html>'
			: JSON.stringify({ errors: { message: 'The request failed on demand' } }),
	};
}
