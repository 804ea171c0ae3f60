import type { IDataObject } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { readPages } from '../transport/pages';
import type { AhaRequest } from '../transport/types';

interface ReadListOptions {
	/** The records of one page. */
	readonly toRecords: (body: unknown) => IDataObject[];
	/** Number of records wanted; all unless given. */
	readonly limit?: number;
	/** Is called after each page with the number of records so far. */
	readonly onPage?: (body: unknown, count: number) => void;
}

/** The records of a list. Each page is turned into records as it comes, so that no list is kept twice. */
export async function readList(
	client: AhaClient,
	request: AhaRequest,
	{ toRecords, limit = Infinity, onPage }: ReadListOptions,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const body of readPages(client, request, limit)) {
		records.push(...toRecords(body));
		onPage?.(body, records.length);
	}
	return records.length > limit ? records.slice(0, limit) : records;
}
