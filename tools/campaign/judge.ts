import type { SandboxAccount } from '../../sandbox';
import type { Batch, BatchResult, ItemResult, Operation } from './batch';

export const FINDINGS = ['lost', 'doubled', 'hung', 'unreported', 'leaked'] as const;

/**
 * - `lost`: a success for something that did not happen
 * - `doubled`: carried out more than once
 * - `hung`: no result in time
 * - `unreported`: carried out, and the error does not say so; or no result at all
 * - `leaked`: a secret in a text, or a request to another host
 */
export type Finding = (typeof FINDINGS)[number];

/** What the account has, counted on the server's side. */
interface Truth {
	/** How many features have a name. */
	readonly count: (name: string) => number;
	readonly nameOf: (id: string) => string | undefined;
	/** IDs of all features. */
	readonly ids: ReadonlySet<string>;
}

export function truthOf(account: SandboxAccount): Truth {
	const names = new Map<string, number>();
	const byId = new Map<string, string>();
	for (const { id, data } of account.store.all('feature')) {
		const name = String(data.name);
		names.set(name, (names.get(name) ?? 0) + 1);
		byId.set(id, name);
	}
	return {
		count: (name) => names.get(name) ?? 0,
		nameOf: (id) => byId.get(id),
		ids: new Set(byId.keys()),
	};
}

const SAYS_SO = /may have carried out|may exist|may have been/i;

/** What is wrong with the result of one operation, if anything. */
export function judge(
	{ action }: Batch,
	{ name, id = '' }: Operation,
	result: ItemResult | undefined,
	truth: Truth,
): Finding | undefined {
	if (action === 'create' && truth.count(name) > 1) return 'doubled';
	if (!result) return 'unreported';
	const { records, error } = result;
	const isDone = {
		create: truth.count(name) === 1,
		update: truth.nameOf(id) === name,
		delete: !truth.ids.has(id),
		get: false,
		list: false,
	}[action];
	if (error !== undefined) return isDone && !SAYS_SO.test(error) ? 'unreported' : undefined;
	if (action === 'list') return isWholeList(records, truth) ? undefined : 'lost';
	if (action === 'delete') return isDone ? undefined : 'lost';
	const [record] = records;
	const isRight = record !== undefined && truth.nameOf(record.id) === record.name;
	if (action === 'get') return isRight && record.id === id ? undefined : 'lost';
	return isDone && isRight && record.name === name ? undefined : 'lost';
}

const isWholeList = (records: ItemResult['records'], { ids }: Truth): boolean =>
	records.length === ids.size && records.every((record) => ids.has(record.id));

/** The result of an execution that failed as a whole, for each of its operations. */
export const spread = (
	{ operations }: Batch,
	{ items, failure }: BatchResult,
): readonly ItemResult[] =>
	failure === undefined ? items : operations.map(() => ({ records: [], error: failure }));
