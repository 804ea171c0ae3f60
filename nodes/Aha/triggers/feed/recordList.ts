import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { PAGE_SIZE } from '../../transport/pages';
import { isObject } from '../../transport/json';
import type { Ask } from './listResponse';
import { isoTime } from './listResponse';
import type { Entry, Page, Reach, Source } from './follow';

/** A record as a list shows it, once for each time it was updated. */
export interface RecordVersion extends IDataObject {
	readonly id: string;
	readonly created_at: string;
	readonly updated_at: string;
}

const ID_BITS = 64n;
const ATTEMPTS = 3;

/**
 * A list of records as a stream of their versions, for accounts that do not allow the audit log:
 * each record stands at the time of its last update. What happened between two polls is one
 * version.
 */
export class RecordList implements Source<RecordVersion> {
	constructor(private readonly ask: Ask) {}

	/** The order is not documented, so it is read to the end, and again if records moved. */
	async *pages({ floor, since }: Reach): AsyncGenerator<Page<RecordVersion>> {
		// Aha! gives what was updated after the moment; equal moments are told apart by the floor.
		const from = (floor === undefined ? since : timeAt(floor)) - 1_000;
		const query = { updated_since: isoTime(from), ...VERSION_QUERY, per_page: PAGE_SIZE };
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const ids = new Set<string>();
			let most = 0;
			let pages = 1;
			for (let page = 1; page <= pages; page++) {
				const answer = await this.ask({ ...query, page });
				const entries = answer.records.map(versionOf);
				for (const { value } of entries) ids.add(value.id);
				most = Math.max(most, answer.total ?? 0);
				pages = answer.pages;
				const isComplete = page >= pages && ids.size >= most;
				yield { entries, now: answer.now, unread: isComplete ? 'none' : 'anywhere' };
				if (isComplete) return;
			}
		}
	}
}

/** Asks for what an event needs to know of a record. */
export const VERSION_QUERY = { fields: 'id,reference_num,name,url,created_at,updated_at' };

/** @throws UserError when it cannot be read: skipped, it would be lost */
export function versionOf(record: unknown): Entry<RecordVersion> {
	const { id, created_at: created, updated_at: updated } = isObject(record) ? record : {};
	const at = Date.parse(String(updated));
	if (
		!/^\d{1,20}$/.test(String(id)) ||
		Number.isNaN(at) ||
		Number.isNaN(Date.parse(String(created)))
	) {
		throw new UserError('Aha! gave a record without the times at which it was made and updated');
	}
	const value = record as RecordVersion;
	return { position: positionOf(at, value.id), at, value };
}

/** The position of a record at a time in milliseconds. */
export const positionOf = (at: number, id: string): bigint => (BigInt(at) << ID_BITS) + BigInt(id);

/** The time of the update in a position of this stream, in milliseconds. */
const timeAt = (position: bigint): number => Number(position >> ID_BITS);

/** The id in a position of this stream. */
export const idAt = (position: bigint): string => String(BigInt.asUintN(Number(ID_BITS), position));
