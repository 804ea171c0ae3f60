import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import type { RequestContext, RequestHandler } from '../schema/handler';
import type { RecordName } from '../schema/records';
import type { EndpointOperation } from '../schema/types';
import { isObject } from '../transport/json';
import { readPages } from '../transport/pages';
import type { RequestLine } from './common';
import { isList, itemError, partOf, requestJson, statusOf } from './common';

/** What an upsert is made of: operations that the node has anyway. */
export interface UpsertParts {
	/** Path parameter of the records, such as `feature_id`. */
	readonly name: RecordName;
	readonly create: EndpointOperation;
	readonly update: EndpointOperation;
	readonly remove: EndpointOperation;
	/** The request for the records with a value in an integration field. */
	find(field: KeyField): RequestLine;
	/** The request that adds an integration field to a record. */
	addKey(recordId: string, integrationId: string): RequestLine;
}

/** An integration field that holds a key of the person's own. */
interface KeyField {
	readonly name: string;
	readonly value: string;
}

export interface UpsertSettings {
	readonly key: string;
	readonly integration_id: string;
	readonly key_field: string;
}

type UpsertContext = RequestContext<UpsertSettings>;

/** A record that holds the key. */
interface Holder {
	readonly id: string;
	/** What a person finds it by in Aha!. */
	readonly reference: string;
	/** Grows with the time at which the record got the key. */
	readonly since: bigint;
}

/** Seconds between checks while another run may be about to delete its record. */
const BACKOFF = [1, 2, 4, 8, 15, 30, 30];

/**
 * Creates the record that holds a key of the person's own, or updates it. Aha! lets two records
 * hold the same key, so after a create this checks again: of several, the one that got the key
 * first stays, and whoever made a later one deletes it and updates the first.
 *
 * @throws NodeOperationError that names the records when several hold the key and none goes away
 */
export const createOrUpdate =
	(parts: UpsertParts): RequestHandler<UpsertSettings> =>
	async (item) =>
		await afterSameKey(item, async () => await upsert(item, parts));

async function upsert(item: UpsertContext, parts: UpsertParts): Promise<INodeExecutionData[]> {
	const existing = await firstHolder(item, parts);
	if (existing) return [await update(item, parts, existing)];
	const record = await create(item, parts);
	const id = String(record.id);
	const { key } = item.settings;
	const first = await firstHolder(item, parts, id).catch((error: unknown) => {
		throw error instanceof NodeApiError ? stillThere(item, record, error) : error;
	});
	if (first?.id === id) return [{ json: { created: true, ...item.present(record) } }];
	if (!first) {
		const isDeleted = await rollBack(item, parts, record, `its key "${key}" is not found`);
		throw itemError(
			item,
			`Aha! does not find the key "${key}" that it was given`,
			`${isDeleted ? 'The new record was deleted again' : 'The new record is gone'}. Try a key of letters, digits and hyphens.`,
		);
	}
	await rollBack(item, parts, record, `it is not the only record with the key "${key}"`);
	return [await update(item, parts, first)];
}

/** The error of what failed after a record was created, and has its key. */
const stillThere = (item: UpsertContext, record: IDataObject, { message }: Error): Error =>
	itemError(
		item,
		`${referenceOf(record)} was created, but could not be checked: ${message}`,
		'Run this item again: it updates the record.',
	);

const referenceOf = ({ id, reference_num }: IDataObject): string => String(reference_num ?? id);

/** The last upsert of each key in a run: items with the same key wait for each other. */
const lastOfKey = new WeakMap<IExecuteFunctions, Map<string, Promise<unknown>>>();

async function afterSameKey<T>(
	{ context, settings }: UpsertContext,
	task: () => Promise<T>,
): Promise<T> {
	const ofRun = lastOfKey.get(context) ?? new Map<string, Promise<unknown>>();
	lastOfKey.set(context, ofRun);
	const key = JSON.stringify(settings);
	const result = (ofRun.get(key) ?? Promise.resolve()).then(task, task);
	ofRun.set(key, result);
	return await result;
}

const keyFieldOf = ({ settings: { key, key_field } }: UpsertContext): KeyField => ({
	name: key_field,
	value: key,
});

/**
 * The one record that holds the key. Of several, the one that got it first, unless that is `own`.
 *
 * @param own ID of the record that this item created: it gets time to appear, and others to go
 */
async function firstHolder(
	item: UpsertContext,
	parts: UpsertParts,
	own?: string,
): Promise<Holder | undefined> {
	let holders = await holdersOf(item, parts);
	const isUndecided = () => {
		const isHidden = own !== undefined && !holders.some(({ id }) => id === own);
		return isHidden || (holders.length > 1 && (own === undefined || holders[0].id === own));
	};
	// Before a create there is less to lose, so there is less to wait for.
	for (const seconds of own === undefined ? BACKOFF.slice(0, 4) : BACKOFF) {
		if (!isUndecided()) break;
		await item.client.wait(seconds * 1000);
		holders = await holdersOf(item, parts);
	}
	if (holders.length > 1 && isUndecided()) {
		const all = holders.map(({ reference }) => reference).join(' and ');
		throw itemError(
			item,
			`More than one record holds the key "${item.settings.key}": ${all}`,
			'Another run may have created one at the same moment. Keep one, delete the others, and run again.',
		);
	}
	return holders[0];
}

/** The records of this type that hold the key in the chosen integration, oldest key first. */
async function holdersOf(item: UpsertContext, parts: UpsertParts): Promise<Holder[]> {
	const keyField = keyFieldOf(item);
	const holders: Holder[] = [];
	for await (const body of readPages(item.client, { ...parts.find(keyField), query: {} })) {
		const records = partOf(item, body, 'records', isList);
		for (const record of records.flatMap((wrapped) => Object.values(wrapped)).filter(isObject)) {
			const field = integrationFieldsOf(record).find(
				({ integration_id, name, value }) =>
					String(integration_id) === item.settings.integration_id &&
					name === keyField.name &&
					String(value) === keyField.value,
			);
			if (!field) continue;
			const id = String(record.id);
			const reference = String(record.reference_num ?? id);
			holders.push({ id, reference, since: BigInt(String(field.id)) });
		}
	}
	return holders.sort((a, b) => (a.since < b.since ? -1 : 1));
}

const integrationFieldsOf = ({ integration_fields }: IDataObject): IDataObject[] =>
	Array.isArray(integration_fields) ? integration_fields.filter(isObject) : [];

/** Creates the record and gives it the key. A record without its key is deleted again. */
async function create(item: UpsertContext, parts: UpsertParts): Promise<IDataObject> {
	const { returns } = parts.create;
	const body = await requestJson(item, { ...item.request, returns });
	const record = recordIn(item, parts.create, body);
	const id = String(record.id);
	const addKey: RequestLine = {
		...parts.addKey(id, item.settings.integration_id),
		body: { integration_field: keyFieldOf(item) },
		reconcile: async () => {
			const isSet = (await holdersOf(item, parts)).some((holder) => holder.id === id);
			return isSet ? { status: 200, headers: {}, body: {} } : undefined;
		},
	};
	await requestJson(item, addKey).catch(async (error: unknown) => {
		await rollBack(item, parts, record, `it did not get the key "${item.settings.key}"`);
		throw error;
	});
	return record;
}

async function update(
	item: UpsertContext,
	parts: UpsertParts,
	{ id }: Holder,
): Promise<INodeExecutionData> {
	const request = requestFor(item, parts, parts.update, id);
	const { returns } = parts.update;
	const body = await requestJson(item, { ...request, body: updateBody(item, parts), returns });
	return { json: { created: false, ...item.present(recordIn(item, parts.update, body)) } };
}

/**
 * Deletes the record that this item created.
 *
 * @param why it must not stay, as the end of a sentence
 * @returns whether it was there to be deleted
 */
async function rollBack(
	item: UpsertContext,
	parts: UpsertParts,
	record: IDataObject,
	why: string,
): Promise<boolean> {
	try {
		await requestJson(item, requestFor(item, parts, parts.remove, String(record.id)));
		return true;
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw itemError(
			item,
			`${referenceOf(record)} was created, but ${why}`,
			`It could not be deleted (${(error as Error).message}). Delete it in Aha!.`,
		);
	}
}

/** The request of an operation on one record, by the endpoint for which all values are known. */
function requestFor(
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
