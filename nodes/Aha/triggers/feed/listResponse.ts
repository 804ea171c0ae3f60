import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { PAGE_SIZE } from '../../transport/pages';
import type { AhaResponse } from '../../transport/types';
import { isObject } from '../../transport/json';
import type { Entry } from './follow';

/** One page of a list, with Aha!'s time of the answer in milliseconds. */
export interface ListAnswer {
	readonly records: readonly unknown[];
	readonly total: number | undefined;
	readonly pages: number;
	readonly now: number;
}

/** Asks for one page of a list. */
export type Ask = (query: IDataObject) => Promise<ListAnswer>;

/**
 * Reads a list's answer strictly: what is misread here would be lost for good.
 *
 * @param key of the list in the body
 * @throws UserError when the answer is no list with a date, such as the page of a proxy
 */
export function listAnswer({ body, headers }: AhaResponse, key: string): ListAnswer {
	const records = isObject(body) ? body[key] : undefined;
	const now = Date.parse(String(headers.date));
	if (!isObject(body) || !Array.isArray(records) || Number.isNaN(now)) {
		throw new UserError(`Aha! answered without its list of ${key.replaceAll('_', ' ')}`, {
			description: 'A proxy may have answered in its place. The next poll asks again.',
		});
	}
	const given = Array.isArray(body.pagination) ? body.pagination[0] : body.pagination;
	const counts = isObject(given) ? given : {};
	const total = Number(counts.total_records);
	return {
		records,
		total: Number.isInteger(total) ? total : undefined,
		pages: Number(counts.total_pages ?? 1),
		now,
	};
}

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** No record is that new: asked for where only the answer's date matters. */
const FAR_FUTURE = '9999-01-01T00:00:00Z';

/**
 * Aha!'s time, in milliseconds, at the cost of one request.
 *
 * @param since the list's parameter for the moment it begins at
 */
export async function timeOf(ask: Ask, since: string): Promise<number> {
	const { now } = await ask({ [since]: FAR_FUTURE, per_page: 1 });
	return now;
}

/**
 * What a list holds since a moment, newest first: its first page and its last two, whatever its
 * order.
 *
 * @param query with the moment at which it begins
 */
export async function newest<T>(
	ask: Ask,
	query: IDataObject,
	read: (record: unknown) => Entry<T>,
): Promise<T[]> {
	const first = await ask({ ...query, per_page: PAGE_SIZE });
	const records = [...first.records];
	for (let page = Math.max(2, first.pages - 1); page <= first.pages; page++) {
		records.push(...(await ask({ ...query, per_page: PAGE_SIZE, page })).records);
	}
	const entries = records.map(read).sort((a, b) => (a.position < b.position ? 1 : -1));
	return entries.map(({ value }) => value);
}
