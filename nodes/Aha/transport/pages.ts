import type { IDataObject } from 'n8n-workflow';

import type { AhaRequest } from './types';
import { isObject } from './json';
import type { AhaClient } from './client';
import { mapConcurrently } from './concurrency';

/** Records a page: Aha! gives no more than 200. */
export const PAGE_SIZE = 200;

/** How often a list that changed while it was read is read once more. */
const REREADS = 3;

/** Page counts of an answer; some lists give the object in an array, some give none. */
export function pagination(body: unknown): { total: number; pages: number } {
	const given = isObject(body) ? body.pagination : undefined;
	const found = (Array.isArray(given) ? given[0] : given) as IDataObject | undefined;
	return {
		total: Number(found?.total_records ?? 0),
		pages: Number(found?.total_pages ?? 1),
	};
}

/**
 * The answers to a list, page by page. The first tells how many there are; the rest is read at the
 * same time, as far as the account's limits let it, and given in order.
 *
 * A list may change meanwhile. A record that was added or removed moves those behind it from page
 * to page, so that one comes twice, or moves from a page that is yet to be read to one that was.
 * Hence what has come already is left out, by its id. And Aha! counts the records in each answer:
 * when two answers differ, or a record came twice, the list is read once more for those that were
 * missed, until it stood still while it was read. What cannot be seen is one record removed and
 * another added between the same two answers.
 *
 * @param limit how many records are wanted; no page beyond them is read
 */
export async function* readPages(
	client: AhaClient,
	request: AhaRequest,
	limit = Infinity,
): AsyncGenerator<unknown> {
	const perPage = Math.min(limit, PAGE_SIZE);
	const read = async (page: number, stop?: AbortSignal) => {
		const query = { ...request.query, page, per_page: perPage };
		return (await client.send({ ...request, query }, stop)).body;
	};
	const seen = new Seen();
	const first = await read(1);
	let { pages } = pagination(first);
	const wanted = () => Math.min(pages, Math.ceil(limit / perPage));
	if (wanted() <= 1) return yield first;

	yield seen.news(first);
	for (let pass = 0; pass <= REREADS; pass++) {
		const from = pass === 0 ? 2 : 1;
		const rest = mapConcurrently(
			() => wanted() - from + 1,
			async (index, stop) => {
				const body = await read(from + index, stop);
				({ pages } = pagination(body));
				return body;
			},
			client.signal,
		);
		for await (const body of rest) yield seen.news(body);
		if (!seen.hasMoved() || seen.size >= limit) return;
		seen.beginAgain();
	}
}

/** What has come of a list, and whether it moved in the pass through it that is under way. */
class Seen {
	private readonly ids = new Set<string>();
	private readonly inPass = new Set<string>();
	private readonly totals = new Set<number>();
	private cameTwice = false;

	get size(): number {
		return this.ids.size;
	}

	hasMoved(): boolean {
		return this.cameTwice || this.totals.size > 1;
	}

	beginAgain(): void {
		this.inPass.clear();
		this.totals.clear();
		this.cameTwice = false;
	}

	/** The answer with only those records that have not come before. */
	news(body: unknown): unknown {
		const [key, records] = listIn(body) ?? [];
		if (!records) return body;
		this.totals.add(pagination(body).total);
		const fresh = records.filter((record) => {
			const id = String(record.id);
			if (this.inPass.has(id)) this.cameTwice = true;
			this.inPass.add(id);
			const isNew = !this.ids.has(id);
			this.ids.add(id);
			return isNew;
		});
		if (fresh.length === records.length) return body;
		return key === undefined ? fresh : { ...(body as IDataObject), [key]: fresh };
	}
}

/** The one list in an answer and its key, where its records have ids; a report's rows have none. */
function listIn(body: unknown): [string | undefined, IDataObject[]] | undefined {
	const entries: Array<[string | undefined, unknown]> = Array.isArray(body)
		? [[undefined, body]]
		: Object.entries(isObject(body) ? body : {}).filter(([key]) => key !== 'pagination');
	const [found, ...others] = entries.filter(([, value]) => Array.isArray(value));
	if (!found || others.length > 0) return undefined;
	const records = found[1] as unknown[];
	const haveIds = records.every((record) => isObject(record) && record.id !== undefined);
	return haveIds ? [found[0], records as IDataObject[]] : undefined;
}
