import type { NodeParameterValueType } from 'n8n-workflow';

import { resources } from '../../nodes/Aha/resources';
import { pathFields } from '../../nodes/Aha/schema/pathFields';
import type { Field } from '../../nodes/Aha/schema/types';
import type { LiveAccount, NodeRun } from './account';
import { lastOf } from './account';
import { recordedResponseTo } from './expected';
import { licenceFor } from './licences';
import type { Call } from './operationForm';
import { callsOf, formFor } from './operationForm';
import { kindOfParameter, Pool } from './pool';
import type { ShapeDifference, Shapes } from './shape';

/** What came of one read operation. Holds nothing of the account's records. */
export interface ReadResult {
	/** Method and path as documented. */
	readonly endpoint: string;
	/** 0 where there was no response, or where it was not called. */
	readonly status: number;
	readonly recordedStatus?: number;
	readonly milliseconds: number;
	/** Records in the response. */
	readonly records: number;
	readonly differences: readonly ShapeDifference[];
	/** Whether the node could not make items of a response that is a success. */
	readonly failed: boolean;
	/** Why it was not called. */
	readonly reason?: string;
}

/** Records of a list: few, as only their types matter. */
const LIMIT = 5;

/** How many records are tried until a list of what belongs to one is not empty. */
const TRIES = 3;

const DAY = 86_400_000;

/** Everything that the node reads with one request. */
export const readCalls = (): Call[] =>
	callsOf(resources).filter(
		({ operation, endpoint }) => endpoint.startsWith('GET ') && operation.handler === undefined,
	);

/** Reads that take more than one request, and why they are left out. */
const LEFT_OUT: Readonly<Record<string, string>> = {
	'GET /bookmarks/custom_pivots/{report_id}': 'needs the ID of a saved report, which nothing lists',
};

/** Runs every read operation that needs no special licence, lists first. */
export class Reads {
	readonly pool = new Pool();
	readonly results: ReadResult[] = [];

	constructor(
		private readonly account: LiveAccount,
		private readonly shapes: Shapes,
	) {}

	/** @throws Stopped when no request may leave any more; the results stay */
	async run(calls: readonly Call[] = readCalls()): Promise<void> {
		let waiting = calls.filter((call) => !this.isLicensed(call));
		for (let before = -1; before !== waiting.length;) {
			before = waiting.length;
			const later: Call[] = [];
			for (const call of waiting) {
				const paths = this.pool.paths(fieldsOf(call));
				if (paths.length === 0) later.push(call);
				else await this.read(call, paths);
			}
			waiting = later;
		}
		for (const call of waiting) this.skip(call, `no ${this.absent(call)} in the account`);
		for (const [endpoint, reason] of Object.entries(LEFT_OUT)) this.skip({ endpoint }, reason);
	}

	/** Searches all records, which the node does with GraphQL. */
	async search(): Promise<void> {
		const run = await this.account.run({
			resource: 'account',
			operation: 'searchRecords',
			searchText: 'a*',
			returnAll: false,
			limit: LIMIT,
			filters: {},
			output: 'raw',
		});
		this.results.push(this.resultOf('POST /api/v2/graphql', run));
	}

	private isLicensed(call: Call): boolean {
		const licence = licenceFor(call.endpoint);
		if (licence !== undefined) this.skip(call, `needs ${licence}`);
		return licence !== undefined;
	}

	private absent(call: Call): string {
		const missing = fieldsOf(call)
			.map(kindOfParameter)
			.find((kind) => !this.pool.has(kind));
		return (missing ?? 'record').replace(/_id$/, '').replaceAll('_', ' ');
	}

	private skip({ endpoint }: Pick<Call, 'endpoint'>, reason: string): void {
		const nothing = { status: 0, milliseconds: 0, records: 0, differences: [], failed: false };
		this.results.push({ endpoint, ...nothing, reason });
	}

	private async read(call: Call, paths: ReadonlyArray<Record<string, string>>): Promise<void> {
		for (const [index, path] of paths.slice(0, TRIES).entries()) {
			const form = formFor(call, { path, requiredQuery: requiredValue, limit: LIMIT });
			const run = await this.account.run({ ...form, output: 'raw' });
			const { items } = run;
			const isList = call.operation.paginated === true;
			const isLast = !isList || items.length > 0 || index === Math.min(paths.length, TRIES) - 1;
			this.pool.addList(call, path, items);
			if (isLast) {
				this.results.push(this.resultOf(call.endpoint, run));
				return;
			}
		}
	}

	private resultOf(endpoint: string, run: NodeRun): ReadResult {
		const { status, milliseconds, json } = lastOf(run);
		const known = recordedResponseTo(endpoint);
		return {
			endpoint,
			status,
			recordedStatus: known?.status,
			milliseconds,
			records: run.items.length,
			differences: status === known?.status ? this.shapes.compare(json, known.body) : [],
			failed: run.error !== undefined && status >= 200 && status < 300,
		};
	}
}

const fieldsOf = ({ resource, operation, endpoint }: Call) =>
	pathFields(resource.value, operation, endpoint as `GET /${string}`);

/** A value for what Aha! requires in a query; optional parameters stay out. */
const requiredValue = (name: string, field: Field): NodeParameterValueType | undefined => {
	const now = Date.now();
	if (field.kind === 'dateTime') {
		return new Date(name.includes('before') ? now : now - 30 * DAY).toISOString();
	}
	if (field.kind === 'choice') return field.choices[0].value;
	return field.kind === 'text' ? 'a' : undefined;
};
