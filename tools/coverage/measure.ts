import { Aha } from '../../nodes/Aha/Aha.node.js';
import { resources } from '../../nodes/Aha/resources';
import type { EndpointFacts } from '../../sandbox/aha-api';
import { endpoints } from '../../sandbox/aha-api';
import type { StoredCredentials } from '../harness/credentials';
import { harness } from '../harness';
import type { RecordedRequest } from '../harness/recorder';
import { startRecorder } from '../harness/recorder';
import { respondTo } from './responses';
import type { Case } from './cases';
import { casesOf } from './cases';
import { UNDOCUMENTED, FIXED_VALUES, LEFT_OUT, UNSENT } from './facts';
import type { Match } from './matcher';
import { matcher } from './matcher';

export interface Coverage {
	/** Number of runs. */
	readonly runs: number;
	readonly requests: number;
	readonly endpoints: Tally;
	readonly parameters: Tally;
	/** Runs that failed, with their errors. */
	readonly failed: string[];
	/** Requests that are not documented. */
	readonly unknown: string[];
	/** Fields that were not sent. */
	readonly unsent: string[];
	/** Lists without a request for the second page. */
	readonly unpaged: string[];
}

export interface Tally {
	readonly covered: number;
	readonly of: number;
	readonly missing: string[];
}

export interface Size {
	readonly resources: number;
	readonly operations: number;
	/** Size of the description as n8n loads it. */
	readonly bytes: number;
}

export function sizeOf(): Size {
	const bytes = Buffer.byteLength(JSON.stringify(new Aha().description));
	const operations = resources.reduce((sum, resource) => sum + resource.operations.length, 0);
	return { resources: resources.length, operations, bytes };
}

const nameOf = ({ method, path }: EndpointFacts): string => `${method} ${path}`;

/** Runs all operations of the node with all fields filled in, and looks at their requests. */
export async function measure(): Promise<Coverage> {
	const match = matcher(endpoints);
	const byHost = new Map<string, RecordedRequest[]>();
	const recorder = await startRecorder((request) => {
		const before = byHost.get(request.host) ?? [];
		byHost.set(request.host, [...before, request]);
		return respondTo(request, match(request)[0], before);
	});
	const credentials: StoredCredentials = { ahaApiKey: { apiKey: 'coverage-key' } };
	const n8n = await harness({ env: recorder.env, credentials });
	const file = await n8n.file(Buffer.from('file'), 'file.txt', 'text/plain');

	const covered = new Set<string>();
	const failed: string[] = [];
	const unknown = new Set<string>();
	const unsent: string[] = [];
	const unpaged: string[] = [];
	const cases = resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => casesOf(resource, operation, FIXED_VALUES)),
	);
	for (const [index, run] of cases.entries()) {
		// Each run has its own account, so that its host identifies the requests and no limit is reached.
		const accountDomain = `run-${index}`;
		credentials.ahaApiKey = { ...credentials.ahaApiKey, accountDomain };
		try {
			await n8n.run(run.parameters, [{ ...file, json: { accountDomain } }]);
		} catch (error) {
			failed.push(`${run.name}: ${(error as Error).message}`);
		}
		const requests = byHost.get(`${accountDomain}.aha.io`) ?? [];
		const matches = requests.map((request) => ({ request, found: match(request) }));
		for (const { request, found } of matches) {
			const name = `${request.method} ${request.path}`;
			if (found.length === 0 && !UNDOCUMENTED.some(([pattern]) => pattern.test(name))) {
				unknown.add(`${run.name}: ${name}`);
			}
			for (const one of found) for (const part of coveredBy(one, run)) covered.add(part);
		}
		const sent = requests.map(({ text }) => decoded(text)).join('\n');
		unsent.push(...unsentFields(run, sent));
		const lists = requests.filter(({ query }) => query.page === '1');
		if (run.list && lists.length > 0 && !requests.some(({ query }) => query.page === '2')) {
			unpaged.push(run.name);
		}
	}
	n8n.stop();
	await recorder.stop();
	return {
		runs: cases.length,
		requests: recorder.requests.length,
		endpoints: tally(endpoints.map(nameOf), covered, LEFT_OUT),
		parameters: tally(
			endpoints
				.filter((endpoint) => !(nameOf(endpoint) in LEFT_OUT))
				.flatMap((endpoint) =>
					Object.keys(endpoint.parameters).map((name) => `${nameOf(endpoint)} ${name}`),
				),
			covered,
			UNSENT,
		),
		failed,
		unknown: [...unknown],
		unsent,
		unpaged,
	};
}

/** The endpoint of a request, and its parameters with an entered value. */
function coveredBy({ endpoint, sent }: Match, { markers }: Case): string[] {
	const seen = [...markers.values()].map((marker) => marker.seen);
	// Words such as `true` only count if they are the whole value or the value of a key.
	const has = (value: string, word: string) =>
		value === word || value.endsWith(`:${word}}`) || (isDistinct(word) && value.includes(word));
	const holds = (value: string) => seen.some((words) => words.every((word) => has(value, word)));
	const parameters = Object.entries(endpoint.parameters)
		.filter(([name, { in: place }]) =>
			sent.some(
				(one) =>
					one.name === name && one.place === place && (holds(one.value) || NOT_TYPED.has(name)),
			),
		)
		.map(([name]) => `${nameOf(endpoint)} ${name}`);
	return [nameOf(endpoint), ...parameters];
}

/** Parameters without a field: the endpoint determines the record type, and paging the others. */
const NOT_TYPED: ReadonlySet<string> = new Set(['record_type', 'page', 'per_page']);

const isDistinct = (word: string): boolean => /\d{4}|marker-/.test(word);

/** The fields with a value that was not sent. */
function unsentFields({ name, markers, settings }: Case, sent: string): string[] {
	return [...markers]
		.filter(
			([field, { seen }]) => !settings.has(field) && !seen.every((word) => sent.includes(word)),
		)
		.map(([field]) => `${name}: ${field}`);
}

function decoded(text: string): string {
	const plain = text.replaceAll('+', ' ').replaceAll('\\"', '"');
	return plain.replaceAll(/(%[\da-f]{2})+/gi, (encoded) => decodeURIComponent(encoded));
}

function tally(
	all: readonly string[],
	covered: ReadonlySet<string>,
	excused: Readonly<Record<string, string>>,
): Tally {
	const missing = all.filter((name) => !covered.has(name));
	return {
		covered: all.length - missing.length,
		of: all.length,
		missing: missing.filter((name) => !(name in excused)),
	};
}
