import type { IDataObject } from 'n8n-workflow';

import type { AhaRequest } from './types';
import { isRecord } from '../values';
import type { AhaClient } from './client';

/** Records a page: Aha! gives no more than 200. */
export const PAGE_SIZE = 200;

/** Page counts of an answer; some lists give the object in an array, some give none. */
export function pagination(body: unknown): { total: number; pages: number } {
	const given = isRecord(body) ? body.pagination : undefined;
	const found = (Array.isArray(given) ? given[0] : given) as IDataObject | undefined;
	return {
		total: Number(found?.total_records ?? 0),
		pages: Number(found?.total_pages ?? 1),
	};
}

/**
 * The answers to a list, page by page.
 *
 * @param limit how many records are wanted; no page beyond them is read
 */
export async function* readPages(
	client: AhaClient,
	request: AhaRequest,
	limit = Infinity,
): AsyncGenerator<unknown> {
	const perPage = Math.min(limit, PAGE_SIZE);
	let pages = 1;
	for (let page = 1; page <= pages && (page - 1) * perPage < limit; page++) {
		const query = { ...request.query, page, per_page: perPage };
		const { body } = await client.send({ ...request, query });
		pages = pagination(body).pages;
		yield body;
	}
}
