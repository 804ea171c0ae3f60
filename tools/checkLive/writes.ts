import type { IDataObject, NodeParameterValueType } from 'n8n-workflow';

import { resources } from '../../nodes/Aha/resources';
import type { Field } from '../../nodes/Aha/schema/types';
import { pathParameters } from '../../nodes/Aha/schema/endpoints';
import type { LiveAccount, NodeRun } from './account';
import { lastOf } from './account';
import { recordedResponseTo } from './expected';
import type { Call, ValueOf } from './operationForm';
import { callsOf, formFor, located } from './operationForm';
import type { Ids, Planned, Values } from './plan';
import { plan } from './plan';
import type { ShapeDifference, Shapes } from './shape';

/** What came of one request that changes something. */
export interface Step {
	/** Method and path as documented. */
	readonly endpoint: string;
	readonly status: number;
	readonly recordedStatus?: number;
	readonly milliseconds: number;
	readonly differences: readonly ShapeDifference[];
	/** Whether it did what it should: the record was made, has its new value, is gone. */
	readonly worked: boolean;
}

/** What came of one kind of record. */
export interface WriteResult {
	/** Name of the kind, such as `Feature`. */
	readonly kind: string;
	readonly planned: Planned;
	create?: Step;
	update?: Step;
	remove?: Step;
	/** Why it was not made. */
	reason?: string;
}

/** A record that has to be deleted again. */
export interface Made {
	readonly result: WriteResult;
	readonly remove: Call;
	readonly path: Ids;
	readonly id: string;
}

const allCalls = callsOf(resources);

function callOf(resource: string, operation: string, key = ''): Call {
	const found = allCalls.find(
		(call) =>
			call.resource.value === resource &&
			call.operation.value === operation &&
			(call.key === key || call.key === ''),
	);
	if (!found) throw new Error(`The node has no ${operation} of ${resource}`);
	return found;
}

const has = (resource: string, operation: string): boolean =>
	allCalls.some((call) => call.resource.value === resource && call.operation.value === operation);

/** Makes, changes and deletes one record of each kind in one workspace. */
export class Writes {
	readonly results: WriteResult[] = [];
	/** What has to be deleted, the latest last. */
	readonly made: Made[] = [];
	/** Creates of which it is not known whether they were carried out. */
	private readonly unclear: Array<{ call: Call; result: WriteResult; path: Ids }> = [];
	private ids: Record<string, string>;

	constructor(
		private readonly account: LiveAccount,
		private readonly shapes: Shapes,
		workspace: string,
		private readonly given: Omit<Values, 'ids'>,
	) {
		this.ids = { product_id: workspace };
	}

	/** IDs of everything that was made, by their path parameters. */
	get idsMade(): Ids {
		return this.ids;
	}

	/** @throws Stopped when no request may leave any more */
	async createAll(): Promise<void> {
		for (const planned of plan) {
			const kind = resources.find(({ value }) => value === planned.resource)?.name ?? '';
			const result: WriteResult = { kind, planned };
			this.results.push(result);
			await this.create(result);
		}
	}

	/** @throws Stopped when no request may leave any more */
	async updateAll(): Promise<void> {
		for (const { result, path, id } of this.made) {
			const { resource, changes, parameter } = result.planned;
			if (!changes || !has(resource, 'update')) continue;
			const call = callOf(resource, 'update');
			const value = `${this.given.marker} 2`;
			const run = await this.run(call, { ...path, [parameter]: id }, { [changes]: value });
			const [item] = run.items;
			result.update = this.stepOf(call, run, item?.[changes] === value);
		}
	}

	/**
	 * Deletes everything that was made, the latest first.
	 *
	 * @returns what could not be deleted
	 */
	async deleteAll(): Promise<Made[]> {
		await this.findUnclear().catch(() => undefined);
		let left = [...this.made].reverse();
		// Aha! may refuse to delete a record while another belongs to it.
		for (let round = 0; round < 2 && left.length > 0; round++) {
			const still: Made[] = [];
			for (const one of left) {
				const isGone = await this.delete(one).catch(() => false);
				if (!isGone) still.push(one);
			}
			left = still;
		}
		return left;
	}

	private async create(result: WriteResult): Promise<void> {
		const { resource, create = 'create', key, needs = [], values } = result.planned;
		const call = callOf(resource, create, key);
		const path = this.pathOf(call);
		if (!path || needs.some((name) => !(name in this.ids))) {
			result.reason = 'what it belongs to was not made';
			return;
		}
		const run = await this.run(call, path, values({ ...this.given, ids: this.ids }));
		const status = lastOf(run).status;
		const [{ id } = {} as IDataObject] = run.items;
		const isRefused = status >= 300 && status < 500;
		if (id !== undefined) this.add(result, path, String(id));
		// It may be there: nothing is forgotten when the search for it is stopped.
		else if (!isRefused) this.unclear.push({ call, result, path });
		if (status >= 200 && status < 300) await this.findUnclear();
		result.create = this.stepOf(
			call,
			run,
			this.made.some((one) => one.result === result),
		);
	}

	private add(result: WriteResult, path: Ids, id: string): void {
		const { resource, remove = 'delete', parameter } = result.planned;
		const { product_id } = this.ids;
		this.ids = { ...this.ids, [parameter]: id };
		const call = callOf(resource, remove);
		this.made.push({ result, remove: call, path: { ...path, product_id }, id });
	}

	/** Finds what creates have made whose responses do not say so. */
	private async findUnclear(): Promise<void> {
		for (const one of [...this.unclear]) {
			const { call, result, path } = one;
			const items = await this.listed(call, path);
			const isOurs = ({ name }: IDataObject) => name === this.given.marker;
			// What was made for this check has nothing in it but what this check put there.
			const isInOurs = pathParameters(call.endpoint as `POST /${string}`).at(-1) !== 'product_id';
			const found = items.find(isOurs) ?? (isInOurs ? items.at(-1) : undefined);
			if (found) this.add(result, path, String(found.id));
			this.unclear.splice(this.unclear.indexOf(one), 1);
		}
	}

	/** The list of what a create adds to. */
	private async listed({ resource, endpoint }: Call, path: Ids): Promise<readonly IDataObject[]> {
		const list = allCalls.find(
			(call) => call.resource === resource && call.endpoint === endpoint.replace('POST', 'GET'),
		);
		if (!list) return [];
		const { items } = await this.account.run({
			...formFor(list, { path, limit: 200 }),
			output: 'raw',
		});
		return items;
	}

	private async delete({ result, remove, path, id }: Made): Promise<boolean> {
		const { parameter } = result.planned;
		const run = await this.run(remove, { ...path, ...this.ids, [parameter]: id }, {});
		const status = lastOf(run).status;
		// What it belonged to may have taken it along.
		const isGone = (status >= 200 && status < 300) || status === 404;
		result.remove = this.stepOf(remove, run, isGone);
		return isGone;
	}

	private pathOf({ endpoint }: Call): Ids | undefined {
		const names = pathParameters(endpoint as `GET /${string}`);
		return names.every((name) => name in this.ids)
			? Object.fromEntries(names.map((name) => [name, this.ids[name]]))
			: undefined;
	}

	private async run(call: Call, path: Ids, values: IDataObject): Promise<NodeRun> {
		const body: ValueOf = (name: string, field: Field) =>
			name in values ? inForm(field, values[name]) : undefined;
		return await this.account.run({ ...formFor(call, { path, body }), output: 'raw' });
	}

	private stepOf({ endpoint }: Call, run: NodeRun, worked: boolean): Step {
		const { status, milliseconds, json } = lastOf(run);
		const known = recordedResponseTo(endpoint);
		const isComparable = status === known?.status && json !== undefined;
		return {
			endpoint,
			status,
			recordedStatus: known?.status,
			milliseconds,
			differences: isComparable ? this.shapes.compare(json, known.body) : [],
			worked,
		};
	}
}

const inForm = (field: Field, value: unknown): NodeParameterValueType =>
	field.kind === 'record' ? located(field, String(value)) : (value as NodeParameterValueType);
