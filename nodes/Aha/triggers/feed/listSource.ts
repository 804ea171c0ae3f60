import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { PAGE_SIZE } from '../../transport/pages';
import type { ListResponse, RequestPage } from './listResponse';
import type { ReadRange, Source, StreamEntry, StreamPage } from './source';

/** Parses a record of a list; `undefined` if it cannot be followed. */
export type Parse<T> = (record: unknown) => T | undefined;

/** How to request a list and to read its records. */
export interface ListReader<T> {
	readonly requestPage: RequestPage;
	readonly parse: Parse<T>;
	/** Called with the number of records in a response that cannot be followed. */
	readonly onSkipped: (count: number) => void;
}

/** What a list can be asked for beside its pages. */
interface ListQuery {
	/** Name of the parameter for the moment that the list begins at. */
	readonly since: string;
	/** Sent with each request for records. */
	readonly query?: IDataObject;
}

/** Pages of a read; Aha! itself has no list that long, so it would not end. */
const MAX_PAGES = 5_000;

/** Unreadable records in a row that are no accident: the format is another. */
const MAX_SKIPPED = 10;

/** No record is that new: for a request where only the date of the response matters. */
const FAR_FUTURE = '9999-01-01T00:00:00Z';

/** A list of Aha!'s API as a stream. */
export abstract class ListSource<T> implements Source<T> {
	constructor(
		private readonly reader: ListReader<T>,
		private readonly list: ListQuery,
	) {}

	abstract pages(range: ReadRange): AsyncIterable<StreamPage<T>>;

	/** The entry of a parsed record. */
	protected abstract entryOf(value: T, serverTime: number): StreamEntry<T>;

	/** Aha!'s time in milliseconds; costs one request. */
	async serverTime(): Promise<number> {
		const { serverTime } = await this.requestPage({ [this.list.since]: FAR_FUTURE, per_page: 1 });
		return serverTime;
	}

	/** The newest records since a moment in milliseconds, newest first. */
	async newest(since: number): Promise<T[]> {
		const query = this.queryFrom(since);
		const first = await this.requestPage(query);
		const entries = this.entriesOf(first);
		// The order is not documented, so the newest are on the first page or on the last two.
		const last = Number.isFinite(first.pages) ? first.pages : 1;
		for (let page = Math.max(2, last - 1); page <= last; page++) {
			entries.push(...this.entriesOf(await this.requestPage({ ...query, page })));
		}
		entries.sort((a, b) => (a.position < b.position ? 1 : -1));
		return entries.map(({ value }) => value);
	}

	/** The query for records since a moment in milliseconds. */
	protected queryFrom(since: number): IDataObject {
		const from = new Date(since).toISOString();
		return { [this.list.since]: from, ...this.list.query, per_page: PAGE_SIZE };
	}

	/** @throws UserError when a page is numbered beyond any list of Aha!'s */
	protected async requestPage(query: IDataObject): Promise<ListResponse> {
		if (Number(query.page) > MAX_PAGES) throw new UserError('The list from Aha! does not end');
		return await this.reader.requestPage(query);
	}

	/**
	 * The entries of a page. One that cannot be followed is skipped and counted, as it must not stop
	 * all that come after it.
	 *
	 * @throws UserError when there are many and none can be followed
	 */
	protected entriesOf({ records, serverTime }: ListResponse): Array<StreamEntry<T>> {
		const values = records.map((record) => this.reader.parse(record));
		const followed = values.filter((value) => value !== undefined);
		const skipped = records.length - followed.length;
		if (skipped >= MAX_SKIPPED && followed.length === 0) {
			throw new UserError('Aha! returned no record with a readable ID and time');
		}
		if (skipped > 0) this.reader.onSkipped(skipped);
		return followed.map((value) => this.entryOf(value, serverTime));
	}
}
