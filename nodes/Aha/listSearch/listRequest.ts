import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import { isRecordName, recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import type { Endpoint, Operation } from '../schema/types';
import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';
import { chosenRecord, chosenWorkspace } from './workspace';

/**
 * The request for a list, filled in with the records that are already chosen in the form: within the
 * record that these are in, else in the workspace where one is chosen, else the first endpoint that
 * needs nothing more.
 *
 * @param record the kind of the records, where they are in a record of another kind
 * @returns undefined when each endpoint needs more
 */
export async function listRequest(
	context: ILoadOptionsFunctions,
	client: AhaClient,
	operation: Operation,
	record?: RecordName,
): Promise<Pick<AhaRequest, 'method' | 'path'> | undefined> {
	const within = record && recordKinds[record].within;
	const places = [...(within ? [within] : []), 'product_id'];
	for (const [, endpoint] of narrowestFirst(endpointsOf(operation), places)) {
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

type KeyedEndpoint = [string, Endpoint];

/** The endpoints with those in front that are within one of some places, in the order of the places. */
export function narrowestFirst(
	endpoints: readonly KeyedEndpoint[],
	places: readonly string[],
): KeyedEndpoint[] {
	const place = ([, endpoint]: KeyedEndpoint): number => {
		const index = places.findIndex((name) => endpoint.includes(`{${name}}`));
		return index < 0 ? places.length : index;
	};
	return [...endpoints].sort((a, b) => place(a) - place(b));
}

async function chosen(
	context: ILoadOptionsFunctions,
	client: AhaClient,
	name: string,
): Promise<string | undefined> {
	if (name === 'product_id') return await chosenWorkspace(context, client);
	return isRecordName(name) ? chosenRecord(context, client, name) : undefined;
}
