import { isRecordName, recordKinds } from './records';
import type { RecordName } from './records';
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

/** Name of the field for the record that an operation is about, of whatever kind it is. */
export const OWN_RECORD = 'record';

/** A path parameter as the form asks for it. */
export interface PathField {
	readonly parameter: string;
	/** Name of the field in the form. */
	readonly name: string;
	readonly field: Field;
}

/** The path parameters of one of an operation's endpoints, in the order of the path. */
export function pathFields(
	resource: string,
	operation: Operation,
	endpoint: Endpoint,
): PathField[] {
	const own = ownRecord(resource, operation);
	return pathParameters(endpoint).map((parameter) =>
		parameter === own?.parameter
			? { parameter, name: OWN_RECORD, field: { kind: 'record', record: own.kind } }
			: { parameter, name: parameter, field: pathField(operation, parameter) },
	);
}

/**
 * The record that an operation is about: the last one in its path of a kind that its resource has.
 * None where Belongs To decides about the path. A workspace keeps its field: lists hang on that.
 */
export function ownRecord(
	resource: string,
	operation: Operation,
): { readonly parameter: string; readonly kind: RecordName } | undefined {
	const { endpoint } = operation;
	if (typeof endpoint !== 'string') return undefined;
	return pathParameters(endpoint as Endpoint)
		.map((parameter) => ({ parameter, kind: pathField(operation, parameter).record }))
		.filter((one): one is { parameter: string; kind: RecordName } => one.kind !== undefined)
		.findLast(({ kind }) => kind !== 'product_id' && recordKinds[kind].resource === resource);
}

const pathField = (operation: Operation, name: string): Field =>
	operation.path?.[name] ??
	(isRecordName(name) ? { kind: 'record', record: name } : { kind: 'text' });

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
