import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { AhaRequest } from './types';
import { isObject } from './json';
import type { AhaClient } from './client';
import { mapConcurrently } from './concurrency';

/** Records per page: Aha! returns no more than 200. */
export const PAGE_SIZE = 200;

/** Most pages of a list: none that ends has more. */
export const MAX_PAGES = 10_000;

/** @throws UserError when a list goes on and on */
export function assertEnds(pages: number): void {
	if (pages <= MAX_PAGES) return;
	throw new UserError(`The list has more than ${MAX_PAGES} pages, so it was not read to its end`, {
		description: 'Use a limit or a filter.',
	});
}

/** How often a list that changed while it was read is read again. */
const REREADS = 3;

/** Counts of a list response. Some lists have the object in an array, some have none. */
export function pagination(body: unknown): { total: number; pages: number; isCounted: boolean } {
	const given = isObject(body) ? body.pagination : undefined;
	const counts = (Array.isArray(given) ? given[0] : given) as IDataObject | undefined;
	return {
		total: Number(counts?.total_records ?? 0),
		pages: Number(counts?.total_pages ?? 1),
		isCounted: counts?.total_pages !== undefined,
	};
}

/**
 * The bodies of a list, page by page. The first one says how many there are; the rest is read at
 * the same time, as far as the rate limits allow, and returned in order.
 *
 * A list may change meanwhile. A record that is added or removed moves those behind it to another
 * page, so that one comes twice, or moves to a page that was already read. So records that came
 * before are left out, by their ID. And Aha! counts the records in each response: when two
 * responses differ, or a record came twice, the list is read again for those that were missed,
 * until it did not change while it was read. One record removed and another added between the same
 * two responses cannot be noticed.
 *
 * @param limit how many records are wanted; no page beyond them is read
 */
export async function* readPages(
	client: AhaClient,
	request: AhaRequest,
	limit = Infinity,
): AsyncGenerator<unknown> {
	const perPage = Math.min(limit, PAGE_SIZE);
	const read = async (page: number, signal?: AbortSignal) => {
		const query = { ...request.query, page, per_page: perPage };
		return (await client.send({ ...request, query }, signal)).body;
	};
	const deduplicator = new PageDeduplicator();
	const first = await read(1);
	let { pages } = pagination(first);
	const wantedPages = () => Math.min(pages, Math.ceil(limit / perPage));
	if (!pagination(first).isCounted) return yield* readUncounted(first, read, { perPage, limit });
	if (wantedPages() <= 1) return yield first;

	yield deduplicator.newRecords(first);
	for (let pass = 0; pass <= REREADS; pass++) {
		const from = pass === 0 ? 2 : 1;
		const rest = mapConcurrently(
			() => wantedPages() - from + 1,
			async (index, signal) => {
				const page = from + index;
				assertEnds(page);
				const body = await read(page, signal);
				({ pages } = pagination(body));
				// Nothing is behind an empty page, whatever it says.
				if (listOf(body)?.records.length === 0) pages = Math.min(pages, page);
				return body;
			},
			client.signal,
		);
		for await (const body of rest) yield deduplicator.newRecords(body);
		if (!deduplicator.hasChanged() || deduplicator.size >= limit) return;
		deduplicator.startPass();
	}
}

/**
 * The pages of a list that does not say how many there are: after a full page, another may follow.
 * A page that is not full ends it, and so does one with nothing new: some lists ignore `page`.
 */
async function* readUncounted(
	first: unknown,
	read: (page: number) => Promise<unknown>,
	{ perPage, limit }: { perPage: number; limit: number },
): AsyncGenerator<unknown> {
	const deduplicator = new PageDeduplicator();
	// Only for its IDs. A list without pages may have a record twice, and keeps both.
	deduplicator.newRecords(first);
	yield first;
	let body = first;
	for (let page = 2; listOf(body)?.records.length === perPage; page++) {
		const before = deduplicator.size;
		if (before >= limit) return;
		assertEnds(page);
		body = await read(page);
		const fresh = deduplicator.newRecords(body);
		if (deduplicator.size === before) return;
		yield fresh;
	}
}

/** Leaves out records that came before, and notices whether a list changed during a pass. */
class PageDeduplicator {
	private readonly ids = new Set<string>();
	private readonly idsOfPass = new Set<string>();
	private readonly totals = new Set<number>();
	private hasRepeats = false;

	get size(): number {
		return this.ids.size;
	}

	hasChanged(): boolean {
		return this.hasRepeats || this.totals.size > 1;
	}

	startPass(): void {
		this.idsOfPass.clear();
		this.totals.clear();
		this.hasRepeats = false;
	}

	/** The body with only those records that did not come before. */
	newRecords(body: unknown): unknown {
		const list = listOf(body);
		if (!list) return body;
		const { key, records } = list;
		this.totals.add(pagination(body).total);
		const fresh = records.filter((record) => this.add(String(record.id)));
		return key === undefined ? fresh : { ...(body as IDataObject), [key]: fresh };
	}

	/** Whether an ID is new. */
	private add(id: string): boolean {
		if (this.idsOfPass.has(id)) this.hasRepeats = true;
		this.idsOfPass.add(id);
		const isNew = !this.ids.has(id);
		this.ids.add(id);
		return isNew;
	}
}

/** The only list of a body with its key, where its records have IDs; rows of a report have none. */
function listOf(body: unknown): { key?: string; records: IDataObject[] } | undefined {
	const entries: Array<[string | undefined, unknown]> = Array.isArray(body)
		? [[undefined, body]]
		: Object.entries(isObject(body) ? body : {}).filter(([key]) => key !== 'pagination');
	const [found, ...others] = entries.filter(([, value]) => Array.isArray(value));
	if (!found || others.length > 0) return undefined;
	const [key, records] = found as [string | undefined, unknown[]];
	const haveIds = records.every((record) => isObject(record) && record.id !== undefined);
	return haveIds ? { key, records: records as IDataObject[] } : undefined;
}
