import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isObject } from '../../transport/json';
import { PAGE_SIZE } from '../../transport/pages';
import type { AhaResponse } from '../../transport/types';

/** One page of a list. */
export interface ListResponse {
	readonly records: readonly unknown[];
	/** How many records all pages hold, if the response tells. */
	readonly total: number | undefined;
	/** How many pages there are; without end where the response does not tell and this one is full. */
	readonly pages: number;
	/** Aha!'s time of the response, in milliseconds. */
	readonly serverTime: number;
}

/** Requests one page of a list. */
export type RequestPage = (query: IDataObject) => Promise<ListResponse>;

/**
 * Parses the response of a list strictly: what is misread here would be lost for good.
 *
 * @param key the list's key in the body
 * @throws UserError when it is no dated list, such as the page of a proxy
 */
export function parseListResponse({ body, headers }: AhaResponse, key: string): ListResponse {
	const records = isObject(body) ? body[key] : undefined;
	const serverTime = Date.parse(String(headers.date));
	if (!isObject(body) || !Array.isArray(records) || Number.isNaN(serverTime)) {
		throw new UserError(`Aha! returned no list of ${key.replaceAll('_', ' ')}`, {
			description: 'A proxy may have responded instead. The next poll tries again.',
		});
	}
	const pagination: unknown = [body.pagination].flat()[0];
	const counts = isObject(pagination) ? pagination : {};
	return {
		records,
		total: countOf(counts.total_records),
		pages: countOf(counts.total_pages) ?? (records.length < PAGE_SIZE ? 1 : Infinity),
		serverTime,
	};
}

const countOf = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isInteger(value) ? value : undefined;
