import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { fillEndpoint, pathParameters } from '../schema/endpoints';
import { narrowestFirst } from '../schema/pathFields';
import { isRecordName } from '../schema/records';
import type { RecordName } from '../schema/records';
import type { Operation } from '../schema/types';
import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';
import { chosenRecord, chosenWorkspace } from './workspace';

/**
 * The request for a list, filled in with the records that are already chosen in the form: within the
 * record that these are in, else in the workspace where one is chosen, else the first endpoint that
 * needs nothing more.
 *
 * @param record kind of the records in the list
 * @returns undefined when each endpoint needs more
 */
export async function listRequest(
	context: ILoadOptionsFunctions,
	client: AhaClient,
	operation: Operation,
	record: RecordName,
): Promise<Pick<AhaRequest, 'method' | 'path'> | undefined> {
	for (const [, endpoint] of narrowestFirst(operation, record)) {
		const values: Array<[string, string]> = [];
		for (const name of pathParameters(endpoint)) {
			const value = await chosen(context, client, name);
			if (value !== undefined) values.push([name, value]);
		}
		if (values.length === pathParameters(endpoint).length) {
			return fillEndpoint(endpoint, Object.fromEntries(values));
		}
	}
	return undefined;
}

async function chosen(
	context: ILoadOptionsFunctions,
	client: AhaClient,
	name: string,
): Promise<string | undefined> {
	if (name === 'product_id') return await chosenWorkspace(context, client);
	return isRecordName(name) ? chosenRecord(context, client, name) : undefined;
}
