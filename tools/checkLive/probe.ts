import type { IDataObject } from 'n8n-workflow';

import { pagination } from '../../nodes/Aha/transport/pages';
import { isObject } from '../../nodes/Aha/transport/json';
import type { Exchange, LiveAccount } from './account';
import { shownKey } from './shape';

/** What was seen of one assumption. Says nothing of the account's records. */
export interface Seen {
	/** Undefined where the account cannot tell. */
	readonly holds: boolean | undefined;
	readonly seen: string;
}

export interface Assumption {
	/** What node and simulated account take for granted. */
	readonly assumed: string;
	check(probe: Probe): Promise<Seen>;
}

export interface AssumptionResult extends Seen {
	readonly assumed: string;
}

/** One page of a list. */
export interface Listed {
	readonly exchange: Exchange;
	readonly records: readonly IDataObject[];
	readonly total: number;
}

/** Asks the account for what an assumption is about. */
export class Probe {
	constructor(
		readonly account: LiveAccount,
		/** IDs of the records that were made for this check, by kind; none when it only reads. */
		readonly made: Readonly<Record<string, string>> = {},
	) {}

	async list(path: string, query: IDataObject = {}): Promise<Listed> {
		const exchange = await this.account.ask('GET', path, query);
		const { body } = exchange;
		const lists = isObject(body) ? Object.values(body).filter(Array.isArray) : [];
		const records = (lists[0] ?? []) as IDataObject[];
		return { exchange, records, total: pagination(body).total };
	}
}

export const unclear = (seen: string): Seen => ({ holds: undefined, seen });

/** `404, application/json, keys error`: a response without its values. */
export function outlineOf({ status, headers, json }: Exchange): string {
	const type = String(headers['content-type'] ?? 'no content type').split(';')[0];
	const keys = isObject(json) ? `, keys ${keysIn(json).join(', ')}` : '';
	return `${status}, ${type}${keys}`;
}

/** The keys of an error: `errors.message`. */
const keysIn = (value: IDataObject): string[] =>
	Object.entries(value).flatMap(([key, inner]) =>
		isObject(inner) ? keysIn(inner).map((other) => `${shownKey(key)}.${other}`) : [shownKey(key)],
	);
