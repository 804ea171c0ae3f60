import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import { idListName, isRecordName, listName, recordKinds } from '../schema/records';
import type { RecordKind } from '../schema/records';
import { recordsOf } from '../run/output';
import type { Endpoint, Operation } from '../schema/types';
import { searchPage } from '../handlers/search';
import type { AhaClient } from '../transport/client';
import { PAGE_SIZE, pagination } from '../transport/pages';
import type { AhaRequest } from '../transport/types';
import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { fieldLists, linkedRecordKind, listedField, listOperation } from './operations';
import { workflowSearch } from './workflow';
import { chosenRecord, chosenWorkspace } from './workspace';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * The request for a list, filled in with the records that are already chosen in the form: in the
 * workspace where one is chosen, else the first endpoint that needs nothing more.
 *
 * @returns undefined when each endpoint needs more
 */
function listRequest(
	context: ILoadOptionsFunctions,
	client: AhaClient,
	operation: Operation,
): Pick<AhaRequest, 'method' | 'path'> | undefined {
	const valueOf = (name: string): string | undefined => {
		if (name === 'product_id') return chosenWorkspace(context, client);
		return isRecordName(name) ? chosenRecord(context, client, name) : undefined;
	};
	const inWorkspace = ([, endpoint]: [string, Endpoint]) => endpoint.includes('{product_id}');
	const candidates = endpointsOf(operation).sort((a, b) => +inWorkspace(b) - +inWorkspace(a));
	for (const [, endpoint] of candidates) {
		const values = pathParameters(endpoint).map((name) => [name, valueOf(name)]);
		if (values.every(([, value]) => value !== undefined)) {
			return fillEndpoint(endpoint, Object.fromEntries(values) as Record<string, string>);
		}
	}
	return undefined;
}

/** A record as an entry of a list: its reference number and name. */
function listItem(record: IDataObject): INodeListSearchItems & { value: string } {
	const reference = (record.reference_num ?? record.reference_prefix) as string | undefined;
	const known = reference ?? (record.effective_start_date as string | undefined);
	const type = record.custom_fieldable_type ?? record.screenable_type ?? record.statusable_type;
	const about = [type, record.release_date, record.released === true && 'shipped'].filter(Boolean);
	const parts = [
		known,
		displayName(record) ?? record.id,
		about.length > 0 && `(${about.join(', ')})`,
	];
	return {
		name: parts.filter(Boolean).join(' '),
		value: reference ?? String(record.id),
		...(typeof record.url === 'string' && { url: record.url.replace(/^http:/, 'https:') }),
	};
}

/** What to ask a list of releases for: without, Aha! does not say which are shipped. */
const RELEASE_FIELDS = 'id,reference_num,name,url,release_date,released';

/** Releases that are not shipped first, the next one on top; what is made last first. */
function inOrder({ resource, newestFirst }: RecordKind, records: IDataObject[]): IDataObject[] {
	const by = (key: string) => (a: IDataObject, b: IDataObject) =>
		String(a[key] ?? '').localeCompare(String(b[key] ?? ''));
	if (newestFirst) return records.sort((a, b) => by('created_at')(b, a));
	if (resource !== 'release') return records;
	return records.sort((a, b) => by('released')(a, b) || by('release_date')(a, b));
}

/** The same entry, with the ID as its value. */
const idItem = (record: IDataObject): INodeListSearchItems & { value: string } => ({
	...listItem(record),
	value: String(record.id),
});

/** The name of a record, or of the first that it is about: a membership is known by its member. */
const displayName = (record: IDataObject): unknown =>
	record.name ??
	record.title ??
	record.email ??
	record.value ??
	Object.values(record)
		.filter(isObject)
		.find(({ name }) => typeof name === 'string')?.name;

/** Aha! nests a user of a workspace in the role there. */
const unwrapped = (record: IDataObject): IDataObject =>
	record.id === undefined && isObject(record.user) ? record.user : record;

/** Users, by email address. */
const personItem = ({ name, email }: IDataObject): INodeListSearchItems & { value: string } => ({
	name: `${String(name)} (${String(email)})`,
	value: String(email),
});

/** One page of the records of a type that Aha!'s own search finds by words. */
async function searchType(
	client: AhaClient,
	searchableType: string,
	words: string,
	page: number,
): Promise<INodeListSearchResult> {
	const filters = { query: words, searchableType: [searchableType] };
	const found = await searchPage(client, filters, page, PAGE_SIZE);
	if (!found) throw new UserError('Aha! could not search. Enter an ID.');
	const results = found.hits.map(idItem);
	return { results, ...(!found.isLastPage && { paginationToken: String(page + 1) }) };
}

/**
 * One page of what the operation that lists a kind of record gives, as a list in the form. Aha!
 * searches where the list takes `q`; elsewhere the page is searched here.
 */
const search = (kind: RecordKind, item: typeof listItem): ListSearch =>
	async function (this, filter = '', paginationToken = '1') {
		const { resource, operation: value, searchable } = kind;
		const client = await connectForForm(this);
		const operation = listOperation(resource, value ?? 'getAll');
		const page = Number(paginationToken);
		const query = {
			page,
			per_page: PAGE_SIZE,
			...(operation.query?.q && filter && { q: filter }),
			...(operation.query?.sort && { sort: 'recent' }),
			...(resource === 'release' && { fields: RELEASE_FIELDS }),
		};
		const request = listRequest(this, client, operation);
		if (!request && searchable) return await searchType(client, searchable, filter, page);
		if (!request) throw new UserError('Choose a workspace first, or enter an ID');
		const { body } = await client.send({ ...request, query });
		const results = inOrder(kind, recordsOf(operation, request, body))
			.map((record) => item(unwrapped(record)))
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
		const more = page < pagination(body).pages;
		return { results, ...(more && { paginationToken: String(page + 1) }) };
	};

/** The records that a path takes: by reference number, where it takes that. */
const pathSearch = (kind: RecordKind): ListSearch => search(kind, kind.idsOnly ? idItem : listItem);

/** The records that a field of the chosen operation takes; each resource has another kind. */
const ofField = (list: string): ListSearch =>
	async function (this, ...asked) {
		const { record } = listedField(this, list);
		return await search(recordKinds[record], idItem).call(this, ...asked);
	};

/** The records of the kind that another field of the form names. */
const linkedRecords: ListSearch = async function (this, ...asked) {
	return await search(recordKinds[linkedRecordKind(this)], idItem).call(this, ...asked);
};

/** A search for each kind of record that the form lists, by the name of the list; and for people. */
export const listSearch: Record<string, ListSearch> = {
	...Object.fromEntries(
		Object.values(recordKinds)
			.filter((kind) => listName(kind) !== undefined)
			.flatMap((kind) => [
				[idListName(kind), search(kind, idItem)],
				[listName(kind), pathSearch(kind)],
			]),
	),
	...Object.fromEntries(fieldLists().map((name) => [name, ofField(name)])),
	linkedRecord: linkedRecords,
	person: search(recordKinds.user_id, personItem),
	status: workflowSearch('workflow_statuses'),
	type: workflowSearch('workflow_kinds'),
};
