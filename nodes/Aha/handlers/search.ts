import type { IDataObject } from 'n8n-workflow';

import type { Handler, ItemContext } from '../schema/handler';
import { parseReference } from '../schema/references';
import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import type { RequestLine } from './common';
import { isId, itemError, partOf, requestJson } from './common';
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

/** What the node calls some of the types: the values of their resources. */
const RESOURCES: Readonly<Record<string, string>> = {
	IdeaUser: 'ideaContact',
	Page: 'note',
	Project: 'workspace',
	Task: 'toDo',
};

/** The type in the node's words, as the triggers have it too: `keyResult`, `note`. */
const recordType = (type: unknown): string | null =>
	typeof type === 'string'
		? (RESOURCES[type] ?? type.charAt(0).toLowerCase() + type.slice(1))
		: null;

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
	const body = await requestJson(item, { ...workspaceAt(workspace), returns: 'product' });
	return String(partOf(item, partOf(item, body, 'product', isObject), 'id', isId));
}

/** Aha!'s name of a type: `Key Results`, `key_result` and `KeyResult` are the same. */
function typeOf(item: ItemContext, given: string): string {
	const plain = given.toLowerCase().replace(/[^a-z]/g, '');
	const found = TYPES.find((type) =>
		[type, recordType(type)].some((name) =>
			[plain, plain.replace(/s$/, '')].includes(String(name).toLowerCase()),
		),
	);
	if (found) return found;
	const hint = `Aha! does not search for "${given}".`;
	throw itemError(item, `"Record Types" must be among ${TYPES.join(', ')}`, hint);
}

/** A hit with the keys that other operations have too, and with a whole link. */
function hitOf({ searchable, ...node }: IDataObject, host: string): IDataObject {
	const record = isObject(searchable) ? searchable : ({} as IDataObject);
	const { referenceNum, ownReferenceNum, votes = null, score = null } = record;
	const [link, base] = [String(node.url ?? ''), `https://${host}`];
	const hasLink = link !== '' && URL.canParse(link, base);
	return {
		name: node.name ?? null,
		reference_num: referenceNum ?? ownReferenceNum ?? referenceInUrl(node) ?? null,
		id: node.searchableId ?? null,
		url: hasLink ? new URL(link, base).href : null,
		type: recordType(node.searchableType),
		workspace_id: node.projectId ?? null,
		updated_at: node.updatedAt ?? null,
		votes,
		score,
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
