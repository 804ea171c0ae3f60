import type { LoggedRequest } from '../../sandbox';

/** The ways in which a secret can appear in a text. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	// In Base64, what comes before a secret moves its bits: three alignments.
	const base64 = [0, 1, 2].flatMap((offset) => {
		const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		const inner = encoded.slice(Math.ceil((offset * 4) / 3), -4);
		return [inner, inner.replace(/\+/g, '-').replace(/\//g, '_')];
	});
	const json = JSON.stringify(secret).slice(1, -1);
	const form = new URLSearchParams({ '': secret }).toString().slice(1);
	return [secret, encodeURIComponent(secret), form, json, bytes.toString('hex'), ...base64];
}

/** Length of the beginnings by which forms are found; the shortest secret has more. */
const START = 10;

/**
 * Looks for secrets in texts: raw, URL-encoded, in JSON, in Base64 and in hexadecimal. The time
 * that it takes depends on the length of the text, not on the number of secrets.
 */
export class SecretFinder {
	/** All forms by their beginning. */
	private readonly forms = new Map<string, Set<string>>();

	add(secret: string): void {
		for (const form of formsOf(secret)) {
			const start = form.slice(0, START);
			this.forms.set(start, (this.forms.get(start) ?? new Set()).add(form));
		}
	}

	/** @returns the text before each secret */
	find(text: string): string[] {
		const found: string[] = [];
		for (let at = 0; at <= text.length - START; at++) {
			for (const form of this.forms.get(text.slice(at, at + START)) ?? []) {
				if (text.startsWith(form, at)) found.push(`${text.slice(Math.max(0, at - 80), at)}…`);
			}
		}
		return found;
	}
}

/** How deep values are searched: as deep as n8n's records go, and not into a whole process. */
const DEPTH = 12;

/**
 * All texts in a value, as they are: names and values, also those of errors and their causes. A
 * text that `inspect` wrote would hide some, since it escapes them once more.
 */
export function textsIn(value: unknown, depth = DEPTH, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || depth === 0 || seen.has(value)) return [];
	seen.add(value);
	if (value instanceof Uint8Array) return [Buffer.from(value).toString('latin1')];
	// Message, stack and cause of an error are hidden ones.
	const names = Object.getOwnPropertyNames(value);
	const within = value instanceof Map || value instanceof Set ? [...value] : [];
	const inner = [...within, ...names.map((name) => (value as Record<string, unknown>)[name])];
	return [...names, ...inner.flatMap((one) => textsIn(one, depth - 1, seen))];
}

/** The requests with a secret in their URL. */
export function requestsWithSecrets(
	requests: readonly LoggedRequest[],
	secrets: readonly string[],
): LoggedRequest[] {
	const finder = new SecretFinder();
	for (const secret of secrets) finder.add(secret);
	return requests.filter(({ path, query }) =>
		[path, JSON.stringify(query), ...Object.values(query)].some(
			(text) => finder.find(text).length > 0,
		),
	);
}
