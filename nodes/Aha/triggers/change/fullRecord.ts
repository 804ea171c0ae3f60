import type { IDataObject } from 'n8n-workflow';

import type { AhaClient } from '../../transport/client';
import { isObject } from '../../transport/json';
import { recordEndpoint } from '../feed/endpoints';

/**
 * Adds the record as it is now to each item, as `fullRecord`; `null` where it is gone or has no
 * endpoint of its own. Asks once for each record.
 */
export async function addFullRecords(client: AhaClient, items: IDataObject[]): Promise<void> {
	const records = new Map<string, IDataObject | null>();
	for (const item of items) {
		const { id, reference } = item.record as IDataObject;
		const known = `${String(item.recordType)} ${String(id ?? reference)}`;
		let record = records.get(known);
		if (record === undefined) {
			record = await read(client, String(item.recordType), id ?? reference);
			records.set(known, record);
		}
		item.fullRecord = record;
	}
}

async function read(client: AhaClient, type: string, id: unknown): Promise<IDataObject | null> {
	const endpoint = typeof id === 'string' ? recordEndpoint(type, id) : undefined;
	if (!endpoint) return null;
	const answer = await client.send({ method: 'GET', path: endpoint.path, query: {} }).then(
		({ body }) => ({ body }),
		(error: Error) => ({ error }),
	);
	if ('error' in answer) {
		if (String((answer.error as { httpCode?: unknown }).httpCode) === '404') return null;
		throw answer.error;
	}
	const { body } = answer;
	const record = isObject(body) && endpoint.key !== '' ? body[endpoint.key] : body;
	return isObject(record) ? record : null;
}
