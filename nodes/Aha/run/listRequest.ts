import { fillEndpoint, pathParameters } from '../schema/endpoints';
import { narrowestFirst } from '../schema/pathFields';
import type { RecordName } from '../schema/records';
import type { Operation } from '../schema/types';
import type { AhaRequest } from '../transport/types';

/** Gives the ID of a record that is known, for the path of a list. */
export type IdOf = (parameter: string) => string | undefined | Promise<string | undefined>;

/**
 * The request for a list in the narrowest place that is known: within the record that these are in,
 * else in a workspace, else the first endpoint that needs nothing more.
 *
 * @param record kind of the records in the list
 * @returns undefined when each endpoint needs more
 */
export async function listRequest(
	operation: Operation,
	record: RecordName,
	idOf: IdOf,
): Promise<Pick<AhaRequest, 'method' | 'path'> | undefined> {
	for (const [, endpoint] of narrowestFirst(operation, record)) {
		const values: Array<[string, string]> = [];
		for (const parameter of pathParameters(endpoint)) {
			const value = await idOf(parameter);
			if (value !== undefined) values.push([parameter, value]);
		}
		if (values.length === pathParameters(endpoint).length) {
			return fillEndpoint(endpoint, Object.fromEntries(values));
		}
	}
	return undefined;
}
