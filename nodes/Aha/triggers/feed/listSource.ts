import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { PAGE_SIZE } from '../../transport/pages';
import type { RequestPage } from './listResponse';
import type { ReadRange, Source, StreamEntry, StreamPage } from './source';

/** Parses a record of a list; `undefined` if it cannot be followed. */
export type Parse<T> = (record: unknown) => T | undefined;

/** What a list can be asked for beside its pages. */
interface ListQuery {
	/** Name of the parameter for the moment that the list begins at. */
	readonly since: string;
	/** Sent with each request for records. */
	readonly query?: IDataObject;
}

/** No record is that new: for a request where only the date of the response matters. */
const FAR_FUTURE = '9999-01-01T00:00:00Z';

/** A list of Aha!'s API as a stream. */
export abstract class ListSource<T> implements Source<T> {
	constructor(
		protected readonly requestPage: RequestPage,
		private readonly parse: Parse<T>,
		private readonly list: ListQuery,
	) {}

	abstract pages(range: ReadRange): AsyncIterable<StreamPage<T>>;

	/** The entry of a parsed record. */
	protected abstract entryOf(value: T): StreamEntry<T>;

	/** Aha!'s time in milliseconds; costs one request. */
	async serverTime(): Promise<number> {
		const { serverTime } = await this.requestPage({ [this.list.since]: FAR_FUTURE, per_page: 1 });
		return serverTime;
	}

	/** The newest records since a moment in milliseconds, newest first. */
	async newest(since: number): Promise<T[]> {
		const query = this.queryFrom(since);
		const { records, pages } = await this.requestPage(query);
		const all = [...records];
		// The order is not documented, so the newest are on the first page or on the last two.
		for (let page = Math.max(2, pages - 1); page <= pages; page++) {
			all.push(...(await this.requestPage({ ...query, page })).records);
		}
		const entries = this.parseAll(all).sort((a, b) => (a.position < b.position ? 1 : -1));
		return entries.map(({ value }) => value);
	}

	/** The query for records since a moment in milliseconds. */
	protected queryFrom(since: number): IDataObject {
		const from = new Date(since).toISOString();
		return { [this.list.since]: from, ...this.list.query, per_page: PAGE_SIZE };
	}

	/** @throws UserError when a record cannot be parsed: skipped, it would be lost */
	protected parseAll(records: readonly unknown[]): Array<StreamEntry<T>> {
		return records.map((record) => {
			const value = this.parse(record);
			if (value === undefined) {
				throw new UserError('Aha! returned a record without a readable id or time');
			}
			return this.entryOf(value);
		});
	}
}
