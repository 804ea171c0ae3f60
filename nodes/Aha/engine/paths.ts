import { isRecordName, recordKinds } from './records';
import type { Endpoint, Field, Operation } from './types';
import type { AhaRequest } from '../transport/types';

/** The endpoints of an operation with the key of each choice; `''` where there is no choice. */
export function endpoints(operation: Operation): Array<[string, Endpoint]> {
	return typeof operation.endpoint === 'string'
		? [['', operation.endpoint as Endpoint]]
		: Object.entries(operation.endpoint ?? {});
}

/** Method and path of an endpoint with the values of its path parameters, encoded. */
export function fillEndpoint(
	endpoint: Endpoint,
	values: Readonly<Record<string, string>> = {},
): Pick<AhaRequest, 'method' | 'path'> {
	const [method, path] = endpoint.split(' ') as [AhaRequest['method'], string];
	return {
		method,
		path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name])),
	};
}

/** Names in braces, in the order of the path. */
export const pathParameters = (endpoint: Endpoint): string[] =>
	[...endpoint.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);

/** The values of the path parameters in a path that `fillEndpoint` gave; none for another path. */
export function valuesIn(endpoint: Endpoint, path: string): Record<string, string> {
	const parts = endpoint.split(' ')[1].split('/');
	const given = path.split('/');
	const pairs = parts.map((part, index) => [part, decodeURIComponent(given[index] ?? '')] as const);
	if (pairs.some(([part, value]) => !isParameter(part) && part !== value)) return {};
	return Object.fromEntries(
		pairs.filter(([part]) => isParameter(part)).map(([part, value]) => [part.slice(1, -1), value]),
	);
}

const isParameter = (part: string): boolean => part.startsWith('{');

/** Whether a list in the form can only be read within a workspace, where it is for this endpoint. */
export function needsWorkspace(operation: Operation, endpoint: Endpoint): boolean {
	const names = endpoints(operation).flatMap(([, other]) => pathParameters(other));
	const inPath = names.some((name) => isRecordName(name) && recordKinds[name].ofWorkspace);
	const fields = Object.values({ ...operation.required, ...operation.fields });
	return (
		(inPath && pathParameters(endpoint).length > 0) ||
		operation.customFields === true ||
		fields.some(listsInWorkspace)
	);
}

const listsInWorkspace = (field: Field): boolean =>
	field.kind === 'status' ||
	(field.record !== undefined && recordKinds[field.record].ofWorkspace === true);
