import type { IDataObject } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import { recordEndpoint } from './feed/endpoints';
import { unlessStatus } from './unlessStatus';

/**
 * Adds the current record to each item as `fullRecord`; `null` if it is deleted or has no endpoint
 * of its own. Requests each record once.
 */
export async function addFullRecords(client: AhaClient, items: IDataObject[]): Promise<void> {
	const records = new Map<string, IDataObject | null>();
	for (const item of items) {
		const { id, reference } = item.record as IDataObject;
		const key = `${String(item.recordType)} ${String(id ?? reference)}`;
		let record = records.get(key);
		if (record === undefined) {
			record = await getRecord(client, String(item.recordType), id ?? reference);
			records.set(key, record);
		}
		item.fullRecord = record;
	}
}

async function getRecord(
	client: AhaClient,
	recordType: string,
	id: unknown,
): Promise<IDataObject | null> {
	const endpoint = typeof id === 'string' ? recordEndpoint(recordType, id) : undefined;
	if (!endpoint) return null;
	const { path, key } = endpoint;
	const request = client.send({ method: 'GET', path, query: {}, returns: key });
	const body = (await unlessStatus(['404'], request))?.body;
	const record = isObject(body) && key !== '' ? body[key] : body;
	return isObject(record) ? record : null;
}
