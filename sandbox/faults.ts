/** Describes which requests fail, and how. */
export interface FaultRule {
	/** Selects requests; all API requests by default. `path` is without the query. */
	match?: (request: { method: string; path: string }) => boolean;
	/** Fails only every nth matching request. */
	every?: number;
	/** Stops after this many failures. */
	times?: number;
	/** A JSON error, a closed connection, no response at all, or an HTML page as from a proxy. */
	kind: 'status' | 'reset' | 'timeout' | 'html';
	/** Status of the response; 502 for `html` and 500 otherwise by default. */
	status?: number;
	headers?: Record<string, string>;
	/** Set to false to fail after the request was carried out. */
	before?: boolean;
}

interface ActiveRule {
	readonly rule: FaultRule;
	matched: number;
	failed: number;
}

/** The fault rules of an account. */
export class Faults {
	private readonly active = new Set<ActiveRule>();

	/** @returns removes the rule */
	add(rule: FaultRule): () => void {
		const entry = { rule, matched: 0, failed: 0 };
		this.active.add(entry);
		return () => void this.active.delete(entry);
	}

	/** Counts a request. @returns the rule that makes it fail, if any */
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

/** The response of a fault that sends one. */
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
