import type { IDataObject } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import type { RequestContext } from '../schema/handler';
import type { RecordName } from '../schema/records';
import type { EndpointOperation } from '../schema/types';
import { isObject } from '../transport/json';
import type { RequestLine } from './common';
import { itemError, requestJson } from './common';

/** What an upsert is made of: operations that the node has anyway. */
export interface UpsertParts {
	/** Path parameter of the records, such as `feature_id`. */
	readonly name: RecordName;
	/** One record in a sentence, such as `feature`. */
	readonly noun: string;
	readonly create: EndpointOperation;
	readonly update: EndpointOperation;
	readonly remove: EndpointOperation;
	readonly list: EndpointOperation;
	/** The request for the records with a value in an integration field. */
	find(field: KeyField): RequestLine;
	/** The request that adds an integration field to a record. */
	addKey(recordId: string, integrationId: string): RequestLine;
	/** The request for a release, which tells its workspace. */
	releaseAt(id: string): RequestLine;
}

/** An integration field that holds a key of the person's own. */
export interface KeyField {
	readonly name: string;
	readonly value: string;
}

/** What the form has for each way to match; a way has only its own. */
export interface UpsertSettings {
	readonly match_on: string | number | boolean;
	readonly key: string;
	readonly integration_id: string;
	readonly key_field: string;
	readonly existing: string;
	readonly custom_field_key: string;
	readonly custom_field_value: string;
}

export type UpsertContext = RequestContext<UpsertSettings>;

/** The record that was created or updated. */
export interface Upserted {
	readonly created: boolean;
	readonly record: IDataObject;
}

/** Creates the record of the form. */
export async function createRecord(
	item: UpsertContext,
	{ create }: UpsertParts,
	request = item.request,
): Promise<IDataObject> {
	const body = await requestJson(item, { ...request, returns: create.returns });
	return recordIn(item, create, body);
}

/** Gives a record the values of the form. */
export async function updateRecord(
	item: UpsertContext,
	parts: UpsertParts,
	id: string,
): Promise<IDataObject> {
	const request = requestFor(item, parts, parts.update, id);
	const { returns } = parts.update;
	const body = await requestJson(item, { ...request, body: updateBody(item, parts), returns });
	return recordIn(item, parts.update, body);
}

/** The request of an operation on one record, by the endpoint for which all values are known. */
export function requestFor(
	item: UpsertContext,
	{ name }: UpsertParts,
	operation: EndpointOperation,
	id: string,
): RequestLine {
	const values = { ...item.path, [name]: id };
	const endpoint = endpointsOf(operation).find(([, candidate]) =>
		pathParameters(candidate).every((parameter) => parameter in values),
	);
	if (!endpoint) throw itemError(item, `"${operation.name}" needs more than an ID`, '');
	return fillEndpoint(endpoint[1], values);
}

/** The body of the form, without what only a new record takes. */
function updateBody({ request }: UpsertContext, { update: operation }: UpsertParts): IDataObject {
	const { root = '', required, fields } = operation;
	const given = (request.body?.[root] ?? {}) as IDataObject;
	const keys = Object.entries({ ...required, ...fields }).map(
		([key, { bodyPath = key }]) => bodyPath.split('.')[0],
	);
	const taken = [...keys, 'custom_fields'];
	const { fields: toReturn } = request.body ?? {};
	return {
		[root]: Object.fromEntries(Object.entries(given).filter(([key]) => taken.includes(key))),
		...(toReturn !== undefined && { fields: toReturn }),
	};
}

/** @throws NodeOperationError when there is no record in the response */
function recordIn(
	item: UpsertContext,
	{ returns = '' }: EndpointOperation,
	body: IDataObject,
): IDataObject {
	const record = body[returns] ?? body;
	if (isObject(record) && record.id !== undefined) return record;
	throw itemError(item, 'Aha! returned no record', 'Check Aha! before you run this item again.');
}
