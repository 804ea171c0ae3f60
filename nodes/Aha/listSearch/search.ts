import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { endpointsOf, pathParameters } from '../schema/endpoints';
import { withArticle } from '../schema/operations';
import { idListName, isRecordName, linkedListName, listName, recordKinds } from '../schema/records';
import type { RecordKind, RecordName } from '../schema/records';
import { listRequest } from '../run/listRequest';
import { recordsOf } from '../run/output';
import { unwrapped } from '../run/people';
import type { Operation } from '../schema/types';
import { searchPage } from '../handlers/search';
import type { AhaClient } from '../transport/client';
import { PAGE_SIZE, pagination } from '../transport/pages';
import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { chosenIds } from './chosenIds';
import {
	fieldLists,
	linkedRecordKind,
	linkingFields,
	listedField,
	listOperation,
} from './operations';
import { timeFrames } from './timeFrames';
import { workflowSearch } from './workflow';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

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

/** How many characters of a comment are shown. */
const MAX_WORDS = 60;

/** The same entry, with the ID as its value. */
const idItem = (record: IDataObject): INodeListSearchItems & { value: string } => ({
	...listItem(record),
	value: String(record.id),
});

/** The same entry, with the name as its value. */
const nameItem = (record: IDataObject): INodeListSearchItems & { value: string } => ({
	...listItem(record),
	value: String(record.name),
});

/** The name of a record, or of the first that it is about: a membership is known by its member. */
const displayName = (record: IDataObject): unknown =>
	record.name ??
	record.title ??
	record.email ??
	record.value ??
	startOf(record.body) ??
	Object.values(record)
		.filter(isObject)
		.find(({ name }) => typeof name === 'string')?.name;

/** The first words of a comment, which has no name. */
function startOf(body: unknown): string | undefined {
	const plain = typeof body === 'string' ? body.replaceAll(/<[^>]*>/g, ' ').trim() : '';
	return plain.length > MAX_WORDS ? `${plain.slice(0, MAX_WORDS)}…` : plain || undefined;
}

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
const search = (kindName: RecordName, item: typeof listItem): ListSearch =>
	async function (this, filter = '', paginationToken = '1') {
		const kind: RecordKind = recordKinds[kindName];
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
		const request = await listRequest(operation, kindName, chosenIds(this, client));
		if (!request && searchable) return await searchType(client, searchable, filter, page);
		if (!request) throw new UserError(`Choose ${placeOf(operation)} first, or enter an ID`);
		const { body } = await client.send({ ...request, query });
		const results = inOrder(kind, recordsOf(operation, request, body))
			.map((record) => item(unwrapped(record)))
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
		const more = page < pagination(body).pages;
		return { results, ...(more && { paginationToken: String(page + 1) }) };
	};

/** What a list is read within, in a sentence. */
function placeOf(operation: Operation): string {
	const places = endpointsOf(operation).flatMap(([, endpoint]) => pathParameters(endpoint));
	const [place] = places.filter(isRecordName);
	if (!place || places.includes('product_id')) return 'a workspace';
	return withArticle(recordKinds[place].label.toLowerCase());
}

/** The records that a path takes: by reference number, where it takes that. */
const pathSearch = (name: RecordName): ListSearch =>
	search(name, recordKinds[name].idsOnly ? idItem : listItem);

/** The records that a field of the chosen operation takes; each resource has another kind. */
const ofField = (list: string): ListSearch =>
	async function (this, ...asked) {
		const { record } = listedField(this, list);
		return await search(record, idItem).call(this, ...asked);
	};

/** The records of the kind that another field of the form names. */
const linkedRecords = (of: string): ListSearch =>
	async function (this, ...asked) {
		return await search(linkedRecordKind(this, of), idItem).call(this, ...asked);
	};

/** The kinds of record that have a list of their own. */
const listedKinds = (Object.keys(recordKinds) as RecordName[]).filter(
	(name) => listName(recordKinds[name]) !== undefined,
);

/** A search for each kind of record that the form lists, by the name of the list; and for people. */
export const listSearch: Record<string, ListSearch> = {
	...Object.fromEntries(
		listedKinds.flatMap((name) => [
			[idListName(recordKinds[name]), search(name, idItem)],
			[listName(recordKinds[name]), pathSearch(name)],
		]),
	),
	...Object.fromEntries(fieldLists().map((name) => [name, ofField(name)])),
	...Object.fromEntries(linkingFields().map((of) => [linkedListName(of), linkedRecords(of)])),
	person: search('user_id', personItem),
	ideaCategoryName: search('idea_category_id', nameItem),
	timeFrame: timeFrames,
	status: workflowSearch('workflow_statuses', 'name'),
	statusIds: workflowSearch('workflow_statuses', 'id'),
	type: workflowSearch('workflow_kinds', 'name'),
};
