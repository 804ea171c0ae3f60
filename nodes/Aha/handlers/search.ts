import type { IDataObject } from 'n8n-workflow';

import type { Handler, ItemContext } from '../schema/handler';
import { parseReference } from '../schema/references';
import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import type { RequestLine } from './common';
import { itemError, requestJson } from './common';
import { dataOf, sendQuery } from './graphql';
import { pageItems } from './graphqlPages';

/** Records per page of a search. */
const PER_PAGE = 100;

const searchQuery = (fields = ''): string =>
	`query ($filters: SearchDocumentFilters!, $page: Int, $per: Int) {
	searchDocuments(filters: $filters, page: $page, per: $per) {
		nodes { name searchableType searchableId projectId url updatedAt ${fields}}
		currentPage
		isLastPage
	}
}`;

const SEARCH = searchQuery();

/**
 * The same with what only the records tell. These types are measured, not documented. Goals and
 * initiatives need not have a reference number, so theirs is of another type and needs another name.
 */
const SEARCH_WITH_RECORDS = searchQuery(`searchable {
			... on ReferenceInterface { referenceNum }
			... on Goal { ownReferenceNum: referenceNum }
			... on Initiative { ownReferenceNum: referenceNum }
			... on ScorableInterface { score }
			... on Idea { votes }
		} `);

/** All types that Aha! searches. */
const TYPES = [
	'BusinessModel',
	'Comment',
	'Competitor',
	'Epic',
	'Feature',
	'Goal',
	'Idea',
	'IdeaOrganization',
	'IdeaTheme',
	'IdeaUser',
	'Initiative',
	'KeyResult',
	'Page',
	'Persona',
	'Project',
	'Release',
	'ReleasePhase',
	'Requirement',
	'StrategicPositioning',
	'Task',
];

/** What people call some of the types. */
const SYNONYMS: Readonly<Record<string, string>> = {
	note: 'Page',
	todo: 'Task',
	workspace: 'Project',
};

interface SearchSettings {
	readonly searchText: string;
	readonly product_id?: string;
	readonly record_types?: string[];
}

/**
 * Searches the records of the whole account for words.
 *
 * @param workspaceAt the request for a workspace, by its ID or prefix
 */
export const searchRecords =
	(workspaceAt: (workspace: string) => RequestLine): Handler<SearchSettings> =>
	async (item) => {
		const { limit, client } = item;
		const filters = await filtersOf(item, workspaceAt);
		let query = SEARCH_WITH_RECORDS;
		const read = async (variables: IDataObject) => {
			const result = await sendQuery(client, query, variables);
			if (result.errors.length === 0) return dataOf(item, result);
			query = SEARCH;
			return dataOf(item, await sendQuery(client, query, variables));
		};
		const variables = { filters, page: 1, per: Math.min(limit, PER_PAGE) };
		const items = await pageItems(item, { query, variables, limit }, read);
		return items.map(({ json }) => ({ json: hitOf(json, client.host) }));
	};

/** Aha! searches a workspace by its numeric ID, as text; by its prefix it finds nothing. */
async function filtersOf(
	item: ItemContext<SearchSettings>,
	workspaceAt: (workspace: string) => RequestLine,
): Promise<IDataObject> {
	const { searchText, product_id: workspace, record_types: types } = item.settings;
	if (/^[\s*]+$/.test(searchText)) {
		throw itemError(
			item,
			'"*" does not find all records',
			'Aha! would return some of them at random. Enter a word or its beginning, such as log*. To read all records of a type, use its Get Many operation.',
		);
	}
	return {
		query: searchText,
		...(workspace !== undefined && { projectId: await workspaceId(item, workspaceAt, workspace) }),
		...(types !== undefined && { searchableType: types.map((type) => typeOf(item, type)) }),
	};
}

async function workspaceId(
	item: ItemContext,
	workspaceAt: (workspace: string) => RequestLine,
	workspace: string,
): Promise<string> {
	if (/^\d+$/.test(workspace)) return workspace;
	const { product } = await requestJson(item, { ...workspaceAt(workspace), returns: 'product' });
	return String((product as IDataObject).id);
}

/** Aha!'s name of a type: `Key Results`, `key_result` and `KeyResult` are the same. */
function typeOf(item: ItemContext, given: string): string {
	const plain = given.toLowerCase().replace(/[^a-z]/g, '');
	const found = [...TYPES, ...Object.keys(SYNONYMS)].find((type) =>
		[plain, plain.replace(/s$/, '')].includes(type.toLowerCase()),
	);
	if (found) return SYNONYMS[found] ?? found;
	const hint = `Aha! does not search for "${given}".`;
	throw itemError(item, `"Record Types" must be among ${TYPES.join(', ')}`, hint);
}

/** A hit with a whole link, and with what its record tells. */
function hitOf({ searchable, ...node }: IDataObject, host: string): IDataObject {
	const record = isObject(searchable) ? searchable : ({} as IDataObject);
	const { referenceNum, ownReferenceNum, votes, score } = record;
	const [url, base] = [String(node.url ?? ''), `https://${host}`];
	return {
		...node,
		...(url !== '' && URL.canParse(url, base) && { url: new URL(url, base).href }),
		reference_num: referenceNum ?? ownReferenceNum ?? referenceInUrl(node) ?? null,
		...(votes !== undefined && votes !== null && { votes }),
		...(score !== undefined && score !== null && { score }),
	};
}

/** The reference number at the end of a hit's link. That of a comment leads to what it is on. */
function referenceInUrl({ url, searchableType }: IDataObject): string | undefined {
	if (searchableType === 'Comment') return undefined;
	const [last = ''] = String(url)
		.replace(/[?#].*/, '')
		.split('/')
		.slice(-1);
	return parseReference(last) && last;
}

/**
 * One page of a search, without what only the records tell.
 *
 * @returns undefined where Aha! rejects the search
 */
export async function searchPage(
	client: AhaClient,
	filters: IDataObject,
	page: number,
	per: number,
): Promise<{ hits: IDataObject[]; isLastPage: boolean } | undefined> {
	const { data } = await sendQuery(client, SEARCH, { filters, page, per });
	const found = isObject(data.searchDocuments) ? data.searchDocuments : {};
	if (!Array.isArray(found.nodes)) return undefined;
	const hits = found.nodes.filter(isObject).map((node) => hitOf(node, client.host));
	return { hits, isLastPage: found.isLastPage !== false };
}
