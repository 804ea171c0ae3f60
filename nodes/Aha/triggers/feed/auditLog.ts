import type { IDataObject } from 'n8n-workflow';

import { assertEnds } from '../../transport/pages';
import type { ListResponse } from './listResponse';
import type { ListReader } from './listSource';
import { ListSource } from './listSource';
import type { ReadRange, StreamEntry, StreamPage } from './source';

/** What following the log needs to know of an entry. */
interface Logged {
	/** Decimal. */
	readonly id: string;
	/** When it was made, in ISO 8601; `null` if that cannot be read. */
	readonly at: string | null;
}

/**
 * The audit log as a stream. Aha! recommends `after_id` as a cursor instead of page numbers. That
 * the page after it holds the lowest ids in ascending order is an assumption that Aha!'s examples
 * support. If the order is another, or the cursor has no effect, all pages are read before the
 * watermark moves.
 */
export class AuditLogSource<T extends Logged> extends ListSource<T> {
	constructor(reader: ListReader<T>) {
		super(reader, { since: 'created_since' });
	}

	async *pages({ after, since }: ReadRange): AsyncGenerator<StreamPage<T>> {
		const query = this.queryFrom(since);
		let cursor = after;
		for (;;) {
			const cursorQuery: IDataObject = {
				...query,
				...(cursor !== undefined && { after_id: String(cursor) }),
			};
			const response = await this.requestPage(cursorQuery);
			const entries = this.entriesOf(response);
			if (response.pages > 1 && !isAscending(entries, cursor)) {
				yield* this.numberedPages(cursorQuery, response, entries);
				return;
			}
			const isLast = response.pages <= 1 || entries.length === 0;
			yield pageOf(response, entries, isLast ? 'none' : 'above');
			if (isLast) return;
			cursor = entries[entries.length - 1].position;
		}
	}

	/** Entries are only ever added, so pages may overlap, and none is skipped. */
	private async *numberedPages(
		query: IDataObject,
		first: ListResponse,
		entries: Array<StreamEntry<T>>,
	): AsyncGenerator<StreamPage<T>> {
		let { pages } = first;
		yield pageOf(first, entries, 'anywhere');
		for (let page = 2; page <= pages; page++) {
			assertEnds(page);
			const response = await this.requestPage({ ...query, page });
			// Nothing is behind an empty page, whatever it says.
			pages = response.records.length === 0 ? page : response.pages;
			const unread = page < pages ? 'anywhere' : 'none';
			yield pageOf(response, this.entriesOf(response), unread);
		}
	}

	protected entryOf(value: T, serverTime: number): StreamEntry<T> {
		// Without its time, an entry takes the longest to get below the watermark.
		const at = value.at === null ? serverTime : Date.parse(value.at);
		return { position: BigInt(value.id), at, value };
	}
}

const pageOf = <T>(
	{ records, serverTime, total }: ListResponse,
	entries: Array<StreamEntry<T>>,
	unread: StreamPage<T>['unread'],
): StreamPage<T> => {
	const skipped = records.length - entries.length;
	return { entries, serverTime, total: total === undefined ? total : total - skipped, unread };
};

/** Whether each entry is above the one before it, and the first above the cursor. */
const isAscending = (
	entries: ReadonlyArray<StreamEntry<unknown>>,
	cursor: bigint | undefined,
): boolean =>
	entries.every(
		({ position }, index) => position > (entries[index - 1]?.position ?? cursor ?? -1n),
	);
