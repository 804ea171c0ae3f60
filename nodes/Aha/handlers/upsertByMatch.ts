import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import { workspacePrefix } from '../schema/references';
import { fieldValue, isObject } from '../transport/json';
import { readPages } from '../transport/pages';
import type { AhaRequest } from '../transport/types';
import type { RequestLine } from './common';
import { isId, isList, itemError, partOf, requestJson } from './common';
import type { Upserted, UpsertContext, UpsertParts } from './upsertRequests';
import { createRecord, updateRecord } from './upsertRequests';

/** A record that was there before, or that this run created. */
interface Known {
	readonly id: string;
	/** What a person finds it by in Aha!. */
	readonly reference: string;
	readonly name: string;
	readonly custom_fields: unknown;
}

/**
 * Creates a record, or updates the one in the workspace that has the same name or the same value in
 * a custom field. The records are read once for each run and place.
 *
 * @throws NodeOperationError that names the records when several match
 */
export async function upsertByMatch(item: UpsertContext, parts: UpsertParts): Promise<Upserted> {
	const value = matchedValue(item, parts);
	const known = await knownRecords(item, parts);
	const [first, ...others] = known.filter((record) => valueOf(item, record) === value);
	if (others.length > 0) {
		const all = [first, ...others].map(({ reference }) => reference).join(' and ');
		throw itemError(
			item,
			`More than one ${parts.noun} has the ${label(item)} "${value}": ${all}`,
			'Keep one, or match on something that only one record has.',
		);
	}
	if (first) return { created: false, record: await updateRecord(item, parts, first.id) };
	const record = await createRecord(item, parts, withCustomField(item, parts));
	known.push({ ...knownOf(record), ...own(item, value) });
	return { created: true, record };
}

const isByName = ({ settings }: UpsertContext): boolean => settings.match_on === 'name';

const label = (item: UpsertContext): string =>
	isByName(item) ? 'name' : `custom field ${item.settings.custom_field_key}`;

const bodyOf = (
	{ request }: UpsertContext,
	{ create: { root = '' } }: UpsertParts,
): IDataObject => {
	const body = request.body?.[root];
	return isObject(body) ? body : {};
};

const plain = (value: unknown): string =>
	String(value ?? '')
		.trim()
		.normalize();

/** What the record has to match. */
export const matchedValue = (item: UpsertContext, parts: UpsertParts): string =>
	plain(isByName(item) ? bodyOf(item, parts).name : item.settings.custom_field_value);

const valueOf = (item: UpsertContext, { name, custom_fields }: Known): string =>
	plain(isByName(item) ? name : fieldValue(custom_fields, item.settings.custom_field_key));

/** What this run knows of a new record, whatever its response carries. */
const own = (item: UpsertContext, value: string): Partial<Known> =>
	isByName(item)
		? { name: value }
		: { custom_fields: [{ key: item.settings.custom_field_key, value }] };

/** The request for a new record, with the value by which it is found next time. */
function withCustomField(item: UpsertContext, parts: UpsertParts): AhaRequest {
	if (isByName(item)) return item.request;
	const { custom_field_key: key, custom_field_value: value } = item.settings;
	const given = bodyOf(item, parts);
	const { root = '' } = parts.create;
	const custom_fields = Array.isArray(given.custom_fields)
		? [
				...(given.custom_fields as IDataObject[]).filter((field) => field.key !== key),
				{ key, value },
			]
		: { ...(given.custom_fields as IDataObject | undefined), [key]: value };
	const body = { ...item.request.body, [root]: { ...given, custom_fields } };
	return { ...item.request, body };
}

/** The records of each place that a run has read. */
const knownOfRun = new WeakMap<IExecuteFunctions, Map<string, Promise<Known[]>>>();

async function knownRecords(item: UpsertContext, parts: UpsertParts): Promise<Known[]> {
	const places = knownOfRun.get(item.context) ?? new Map<string, Promise<Known[]>>();
	knownOfRun.set(item.context, places);
	const request = await listRequest(item, parts);
	const place = `${request.path} ${item.settings.match_on}`;
	const known = places.get(place) ?? readKnown(item, parts, request);
	places.set(place, known);
	// A list that could not be read is read again for the next item.
	known.catch(() => places.delete(place));
	return await known;
}

async function readKnown(
	item: UpsertContext,
	{ list: { returns = '' } }: UpsertParts,
	request: RequestLine,
): Promise<Known[]> {
	const known: Known[] = [];
	const fields = `id,reference_num,${isByName(item) ? 'name' : 'custom_fields'}`;
	for await (const body of readPages(item.client, { ...request, query: { fields }, returns })) {
		known.push(...partOf(item, body, returns, isList).map(knownOf));
	}
	return known;
}

const knownOf = ({ id, reference_num, name, custom_fields }: IDataObject): Known => ({
	id: String(id),
	reference: String(reference_num ?? id),
	name: String(name ?? ''),
	custom_fields,
});

/** The list of the whole workspace, as a record may have moved within it; else of its parent. */
async function listRequest(item: UpsertContext, parts: UpsertParts): Promise<RequestLine> {
	const endpoints = endpointsOf(parts.list).map(([, endpoint]) => endpoint);
	const ofWorkspace = endpoints.find(
		(endpoint) => pathParameters(endpoint).join() === 'product_id',
	);
	if (ofWorkspace) {
		return fillEndpoint(ofWorkspace, { product_id: await workspaceOf(item, parts) });
	}
	const ofParent = endpoints.find((endpoint) =>
		pathParameters(endpoint).every((parameter) => parameter in item.path),
	);
	if (!ofParent) throw itemError(item, `There is no list of each ${parts.noun}`, '');
	return fillEndpoint(ofParent, item.path);
}

async function workspaceOf(item: UpsertContext, { releaseAt }: UpsertParts): Promise<string> {
	const { product_id, release_id = '' } = item.path;
	const known = product_id ?? workspacePrefix(release_id);
	if (known) return known;
	const request = { ...releaseAt(release_id), query: { fields: 'product_id' }, returns: 'release' };
	const release = partOf(item, await requestJson(item, request), 'release', isObject);
	return String(partOf(item, release, 'product_id', isId));
}
