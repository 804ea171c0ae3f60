import type { EndpointFacts } from '../../sandbox/aha-api';
import type { RecordedRequest } from '../harness/recorder';
import { isObject } from '../../nodes/Aha/transport/json';

const API = '/api/v1';

/** A named value in a request. */
export interface Sent {
	readonly place: 'path' | 'query' | 'body';
	readonly name: string;
	/** The whole value as text. */
	readonly value: string;
}

export interface Match {
	readonly endpoint: EndpointFacts;
	readonly sent: readonly Sent[];
}

interface Template {
	readonly endpoint: EndpointFacts;
	readonly pattern: RegExp;
	readonly names: readonly string[];
}

const template = (endpoint: EndpointFacts): Template => ({
	endpoint,
	pattern: new RegExp(
		`^${endpoint.path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '([^/]+?)')}$`,
	),
	names: [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
});

/**
 * Finds the documented endpoint of a request: the one with the fewest parameters that matches. There
 * are two results if Aha! documents an endpoint twice with different parameter names.
 */
export function matcher(endpoints: readonly EndpointFacts[]) {
	// With as many parameters, `{id}.tgz` is more specific than `{id}`.
	const templates = endpoints
		.map(template)
		.sort(
			(a, b) =>
				a.names.length - b.names.length || b.pattern.source.length - a.pattern.source.length,
		);
	return ({ method, path, query, body }: RecordedRequest): Match[] => {
		if (!path.startsWith(`${API}/`)) return [];
		const below = path.slice(API.length);
		const fitting = templates.filter(
			({ endpoint, pattern }) => endpoint.method === method && pattern.test(below),
		);
		return fitting
			.filter(({ pattern }) => pattern.source === fitting[0].pattern.source)
			.map(({ endpoint, pattern, names }) => ({
				endpoint,
				sent: [...inPath(names, pattern.exec(below) ?? []), ...inQuery(query), ...inBody(body)],
			}));
	};
}

const inPath = (names: readonly string[], [, ...values]: readonly string[]): Sent[] =>
	names.map((name, index) => ({ place: 'path', name, value: decodeURIComponent(values[index]) }));

const inQuery = (query: RecordedRequest['query']): Sent[] =>
	Object.entries(query).map(([name, value]) => ({
		place: 'query',
		// `fields[]` is an array of `fields`, `custom_fields[key]` one of its values.
		name: name.replace(/\[\w*\]$/, ''),
		value: text(value),
	}));

const text = (value: unknown): string =>
	typeof value === 'string' ? value : JSON.stringify(value);

/** All named values in a body at any depth: `feature: {name}` also sends `name`. */
function inBody(body: unknown): Sent[] {
	if (Array.isArray(body)) return body.flatMap(inBody);
	if (!isObject(body)) return [];
	return Object.entries(body).flatMap(([name, value]): Sent[] => [
		...name
			.split(/[[\]]+/)
			.filter(Boolean)
			.map((part): Sent => ({ place: 'body', name: part, value: text(value) })),
		...inBody(value),
	]);
}
