import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import { endpointsOf } from '../../nodes/Aha/schema/endpoints';
import { pathFields } from '../../nodes/Aha/schema/pathFields';
import type { Field, Fields, Operation, Resource } from '../../nodes/Aha/schema/types';

/** One of the requests that an operation can send: one for each value of Belongs To. */
export interface Call {
	readonly resource: Resource;
	readonly operation: Operation;
	/** Value of Belongs To; empty where there is no choice. */
	readonly key: string;
	/** Method and path as in Aha!'s documentation, such as `GET /features/{feature_id}`. */
	readonly endpoint: string;
}

/** Everything that the node can call, in the order of its resources. */
export const callsOf = (resources: readonly Resource[]): Call[] =>
	resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			endpointsOf(operation).map(([key, endpoint]) => ({ resource, operation, key, endpoint })),
		),
	);

/** The value for a field, by its name in the form; undefined leaves the field out. */
export type ValueOf = (name: string, field: Field) => NodeParameterValueType | undefined;

/** What goes into each part of an operation's form. */
export interface FormValues {
	/** Values of path parameters, by Aha!'s names of them. */
	readonly path: Readonly<Record<string, string>>;
	readonly body?: ValueOf;
	readonly query?: ValueOf;
	/** Values of query parameters that Aha! requires; those of `query` unless given. */
	readonly requiredQuery?: ValueOf;
	/** Fields to Return. */
	readonly fields?: string;
	/** Records wanted of a list. */
	readonly limit?: number;
}

const nothing: ValueOf = () => undefined;

/** The parameters of the node for one call, as n8n hands them to it. */
export function formFor(call: Call, values: FormValues): INodeParameters {
	const { resource, operation, key, endpoint } = call;
	const { body = nothing, query = nothing, requiredQuery = query, limit = 50 } = values;
	const inPath = pathFields(resource.value, operation, endpoint as `GET /${string}`);
	const optionalQuery = filled(operation.query, key, query);
	return {
		resource: resource.value,
		operation: operation.value,
		...(key && { belongsTo: key }),
		...Object.fromEntries(
			inPath.map(({ parameter, name, field }) => [name, located(field, values.path[parameter])]),
		),
		...withDefaults(operation.settings),
		...filled(operation.requiredQuery, key, requiredQuery),
		...filled(operation.required, key, body),
		additionalFields: filled(operation.fields, key, body),
		...(operation.paginated && { returnAll: false, limit, filters: optionalQuery }),
		options: {
			...(!operation.paginated && optionalQuery),
			...(values.fields !== undefined && operation.selectable && { fields: values.fields }),
		},
	};
}

/** What n8n's resource locator gives for an ID that was typed; other fields take it as it is. */
export const located = (field: Field, value: string): NodeParameterValueType =>
	field.kind === 'record' ? { __rl: true, mode: 'id', value } : value;

function filled(fields: Fields = {}, key: string, valueOf: ValueOf): INodeParameters {
	return Object.fromEntries(
		Object.entries(fields)
			.filter(([, { forEndpoints }]) => !forEndpoints || forEndpoints.includes(key))
			.map(([name, field]) => [name, valueOf(name, field)] as const)
			.filter(([, value]) => value !== undefined),
	) as INodeParameters;
}

/** The settings of an operation as n8n's form shows them at first. */
const withDefaults = (settings: Fields = {}): INodeParameters =>
	Object.fromEntries(
		Object.entries(settings).map(([name, field]) => [
			name,
			field.default ?? (field.kind === 'boolean' ? false : ''),
		]),
	);
