import type { IDataObject } from 'n8n-workflow';

import { resources } from '../resources';
import { recordsOf } from '../run/output';
import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import { findOperation } from '../schema/operations';
import { recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import type { Endpoint, Operation } from '../schema/types';
import type { AhaClient } from '../transport/client';
import { textOf } from './change/values';
import { recordEndpoint } from './feed/endpoints';
import { getRecord } from './fullRecord';
import { unlessStatus } from './unlessStatus';

/** Lists tried for one kind of record, and parents tried for each; a person waits. */
const MAX_LISTS = 3;
const MAX_PARENTS = 3;

/** Steps from a record to one that lists it: a comment is on a requirement of a feature. */
const MAX_STEPS = 2;

const PAGE = { per_page: 20 };

/** Where to look for a record. */
interface Where {
	readonly client: AhaClient;
	/** Key or id of the workspace to look in first; any unless given. */
	readonly workspace?: string;
}

/**
 * Any record of a resource, as completely as Aha! returns it. Looks in the lists of its Get Many,
 * and where those need a parent, in the lists of some parents.
 */
export async function firstRecord(
	where: Where,
	resource: string,
): Promise<IDataObject | undefined> {
	const [listed] = await someRecords(where, resource, MAX_STEPS);
	const id = textOf(listed?.id);
	const endpoint = id === undefined ? undefined : recordEndpoint(resource, id);
	if (!endpoint) return listed;
	return (await unlessStatus(REFUSED, getRecord(where.client, endpoint))) ?? listed;
}

/** Statuses of what this user may not see, or the account does not have. */
const REFUSED = ['403', '404'];

async function someRecords(where: Where, resource: string, steps: number): Promise<IDataObject[]> {
	const operation = findOperation(resources, resource, 'getAll');
	if (!operation) return [];
	for (const endpoint of nearestLists(operation, where.workspace !== undefined)) {
		for (const values of await parentsOf(where, endpoint, steps)) {
			const request = { ...fillEndpoint(endpoint, values), query: PAGE };
			const response = await unlessStatus(REFUSED, where.client.send(request));
			const listed = response ? recordsOf(operation, request, response.body) : [];
			const records = listed.filter(({ id }) => id !== undefined);
			const hasAll = response !== undefined && pathParameters(endpoint).length === 0;
			if (records.length > 0 || hasAll) return records;
		}
	}
	return [];
}

/** The endpoints that list records: of the account, of a workspace, or of other parents. */
function nearestLists(operation: Operation, prefersWorkspace: boolean): Endpoint[] {
	const distance = (endpoint: Endpoint): number => {
		const [parameter] = pathParameters(endpoint);
		if (parameter === undefined) return prefersWorkspace ? 1 : 0;
		if (parameter === 'product_id') return prefersWorkspace ? 0 : 1;
		return 2;
	};
	return endpointsOf(operation)
		.map(([, endpoint]) => endpoint)
		.filter((endpoint) => pathParameters(endpoint).length <= 1)
		.sort((a, b) => distance(a) - distance(b))
		.slice(0, MAX_LISTS);
}

/** Values for the path of a list: none needed, the workspace, or some parents. */
async function parentsOf(
	where: Where,
	endpoint: Endpoint,
	steps: number,
): Promise<Array<Record<string, string>>> {
	const [parameter] = pathParameters(endpoint);
	if (parameter === undefined) return [{}];
	if (parameter === 'product_id' && where.workspace !== undefined) {
		return [{ [parameter]: where.workspace }];
	}
	const { resource } = recordKinds[parameter as RecordName];
	const parents = steps > 0 ? await someRecords(where, resource, steps - 1) : [];
	return (
		parents
			// A product line has workspaces, and no records of its own.
			.filter(({ product_line: isLine }) => isLine !== true)
			.slice(0, MAX_PARENTS)
			.flatMap(({ id }) => textOf(id) ?? [])
			.map((id) => ({ [parameter]: id }))
	);
}
