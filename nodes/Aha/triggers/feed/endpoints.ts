import { findOperation } from '../../schema/operations';
import { endpointsOf, pathParameters } from '../../schema/endpoints';
import type { Operation } from '../../schema/types';
import { resources } from '../../resources';

/** Where a list or a record is, and the key of its records in the response. */
export interface ListEndpoint {
	readonly path: string;
	readonly key: string;
}

const operationOf = (resource: string, value: string): Operation | undefined =>
	findOperation(resources, resource, value);

/**
 * The list of all records of a resource, or of a workspace's records if Aha! has no list of all.
 *
 * @param workspace its key or id
 */
export function listEndpoint(resource: string, workspace?: string): ListEndpoint | undefined {
	const operation = operationOf(resource, 'getAll');
	if (!operation) return undefined;
	const paths = endpointsOf(operation).map(([, endpoint]) => endpoint);
	const whole = paths.find((endpoint) => pathParameters(endpoint).length === 0);
	const inWorkspace = paths.find((endpoint) => pathParameters(endpoint).join() === 'product_id');
	const found = whole ?? (workspace === undefined ? undefined : inWorkspace);
	return (
		found && {
			path: pathOf(found, workspace ?? ''),
			key: operation.returns ?? '',
		}
	);
}

/** Whether the list of a resource takes `updated_since`. */
export const listsUpdates = (resource: string): boolean =>
	operationOf(resource, 'getAll')?.query?.updated_since !== undefined;

/** One record of a resource, by id or reference number. */
export function recordEndpoint(resource: string, id: string): ListEndpoint | undefined {
	const operation = operationOf(resource, 'get');
	const [, endpoint] = operation ? endpointsOf(operation)[0] : [];
	if (!operation || !endpoint || pathParameters(endpoint).length !== 1) return undefined;
	return { path: pathOf(endpoint, id), key: operation.returns ?? '' };
}

/** The path, with its one parameter filled in if it has one. */
const pathOf = (endpoint: string, value: string): string =>
	endpoint.split(' ')[1].replace(/\{\w+\}/, encodeURIComponent(value));
