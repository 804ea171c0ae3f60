import { endpointsOf, pathParameters } from './endpoints';
import { isRecordName, recordKinds } from './records';
import type { RecordKind, RecordName } from './records';
import type { ResourceName } from './resourceNames';
import type { Endpoint, Field, LinkedRecordField, Operation } from './types';

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
	resource: ResourceName,
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

interface OwnRecord {
	readonly parameter: string;
	readonly kind: RecordName;
}

/**
 * The record that an operation is about: the last one in its path of a kind that its resource has.
 * None where Belongs To decides the path. A workspace keeps its own field, as lists depend on it.
 */
export function ownRecord(resource: ResourceName, operation: Operation): OwnRecord | undefined {
	const { endpoint } = operation;
	if (typeof endpoint !== 'string') return undefined;
	return pathParameters(endpoint)
		.flatMap((parameter): OwnRecord[] => {
			const field = pathField(operation, parameter);
			return field.kind === 'record' ? [{ parameter, kind: field.record }] : [];
		})
		.findLast(({ kind }) => kind !== 'product_id' && recordKinds[kind].resource === resource);
}

/**
 * The endpoints of a list, the one in the narrowest place first: within the record that these are in,
 * then in a workspace, then any.
 *
 * @param record kind of the records in the list
 */
export function narrowestFirst(
	operation: Operation,
	record: RecordName,
): Array<[key: string, Endpoint]> {
	const { within }: RecordKind = recordKinds[record];
	const places = [...(within ? [within] : []), 'product_id'];
	const place = ([, endpoint]: [string, Endpoint]): number => {
		const index = places.findIndex((name) => pathParameters(endpoint).includes(name));
		return index < 0 ? places.length : index;
	};
	return endpointsOf(operation).sort((a, b) => place(a) - place(b));
}

const pathField = (operation: Operation, name: string): Field =>
	operation.path?.[name] ??
	(isRecordName(name) ? { kind: 'record', record: name } : { kind: 'text' });

/** The kind of a linked record, by the value of the field that names its type. */
export function linkedKind({ kinds }: LinkedRecordField, type: unknown): RecordName | undefined {
	const wanted = String(type).trim().toLowerCase();
	return Object.entries(kinds).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** Whether a list of the form can only be read within a workspace when this endpoint is chosen. */
export function needsWorkspace(operation: Operation, endpoint: Endpoint): boolean {
	const names = endpointsOf(operation).flatMap(([, other]) => pathParameters(other));
	const inPath = names.some((name) => isRecordName(name) && recordKinds[name].ofWorkspace);
	const fields = Object.values({ ...operation.required, ...operation.fields });
	const filters = Object.values(operation.query ?? {}).filter(
		({ forEndpoints }) =>
			!forEndpoints ||
			endpointsOf(operation).some(
				([key, other]) => other === endpoint && forEndpoints.includes(key),
			),
	);
	return (
		(inPath && pathParameters(endpoint).length > 0) ||
		operation.customFields === true ||
		[...fields, ...filters].some(isListedInWorkspace)
	);
}

const isListedInWorkspace = (field: Field): boolean =>
	field.kind === 'status' ||
	field.kind === 'type' ||
	field.kind === 'linkedRecord' ||
	field.kind === 'names' ||
	('record' in field && recordKinds[field.record].ofWorkspace === true);
