import type { IDataObject } from 'n8n-workflow';

import { recordsOf } from '../run/output';
import { readList } from '../run/readList';
import { endpointsOf, fillEndpoint } from '../schema/endpoints';
import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';
import { listOperation } from './operations';

/** The records that an operation with one endpoint gives; of a list, those of all pages. */
export async function readRecords(
	client: AhaClient,
	resource: string,
	operation: string,
	values: Record<string, string>,
): Promise<IDataObject[]> {
	const found = listOperation(resource, operation);
	const [[, endpoint]] = endpointsOf(found);
	const request: AhaRequest = { ...fillEndpoint(endpoint, values), query: {} };
	if (!found.paginated) return recordsOf(found, request, (await client.send(request)).body);
	return await readList(client, request, {
		toRecords: (body) => recordsOf(found, request, body),
	});
}
