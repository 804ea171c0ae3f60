import type { IDataObject, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Handler, ItemContext } from '../schema/handler';
import type { AhaRequest } from '../transport/types';
import { isObject } from '../transport/json';
import { itemError, requestJson } from './common';

/** The one endpoint outside `/api/v1`. */
const GRAPHQL = { method: 'POST', base: '/api/v2', path: '/graphql' } as const;

/** Records a page of a search. */
const PER_PAGE = 100;

const SEARCH = `query ($filters: SearchDocumentFilters!, $page: Int, $per: Int) {
	searchDocuments(filters: $filters, page: $page, per: $per) {
		nodes { name searchableType searchableId projectId url updatedAt }
		currentPage
		isLastPage
	}
}`;

/** The request for one page of a search: `nodes` with `name`, `searchableId` and `url`. */
export const searchRequest = (filters: IDataObject, page: number, per: number): AhaRequest => ({
	...GRAPHQL,
	query: {},
	body: { query: SEARCH, variables: { filters, page, per } },
	readOnly: true,
});

interface SearchSettings {
	readonly searchText: string;
	readonly product_id?: string;
	readonly record_types?: string[];
}

/** Searches the records of the whole account for words. */
export const searchRecords: Handler<SearchSettings> = async (item) => {
	const { searchText, product_id: projectId, record_types: searchableType } = item.settings;
	const { limit } = item;
	const filters = {
		query: searchText,
		...(projectId !== undefined && { projectId }),
		...(searchableType !== undefined && { searchableType }),
	};
	return await pageItems(item, SEARCH, { filters, page: 1, per: Math.min(limit, PER_PAGE) }, limit);
};

interface QuerySettings {
	readonly query: string;
	readonly variables: unknown;
	readonly followPages: boolean;
}

/** Runs a query or mutation that a person wrote. */
export const runGraphql: Handler<QuerySettings> = async (item) => {
	const { query, variables, followPages } = item.settings;
	if (!isObject(variables)) {
		throw itemError(item, '"Variables" must be an object', 'For example {"id": "PRJ1-12"}.');
	}
	if (followPages) return await pageItems(item, query, variables, Infinity);
	return [{ json: await send(item, query, variables) }];
};

/**
 * Sends one request to the GraphQL API.
 *
 * @throws NodeApiError when the response holds errors, whatever its status
 */
async function send(
	item: ItemContext,
	query: string,
	variables: IDataObject,
): Promise<IDataObject> {
	const readOnly = !/\bmutation\b/.test(query);
	const request = { ...GRAPHQL, body: { query, variables }, readOnly };
	const { data, errors } = await requestJson(item, request);
	const result = isObject(data) ? data : {};
	const messages = [...topErrors(errors), ...Object.values(result).flatMap(payloadErrors)];
	if (messages.length > 0) {
		const { context, index } = item;
		throw new NodeApiError(context.getNode(), { errors } as JsonObject, {
			message: messages.join('; '),
			description: 'Aha! rejected the GraphQL query. Check its fields and variables.',
			itemIndex: index,
		});
	}
	return result;
}

const topErrors = (errors: unknown): string[] =>
	(Array.isArray(errors) ? errors : []).map((error: IDataObject) =>
		[error.message, Array.isArray(error.path) && `(at ${error.path.join('.')})`]
			.filter(Boolean)
			.join(' '),
	);

/** A mutation says what it did not accept in its own result: `errors.attributes`. */
function payloadErrors(payload: unknown): string[] {
	const errors = isObject(payload) ? payload.errors : undefined;
	const attributes = isObject(errors) && Array.isArray(errors.attributes) ? errors.attributes : [];
	return attributes.filter(isObject).map(({ name, fullMessages, messages }) => {
		const sentences = fullMessages ?? messages;
		return Array.isArray(sentences) && sentences.length > 0
			? sentences.join(', ')
			: `${String(name)} is not valid`;
	});
}

/** A list in a response, with the variables that lead to its next page. */
interface Connection {
	readonly nodes: IDataObject[];
	readonly next: IDataObject | undefined;
}

/** The records of a list, page by page: by `$after` and `pageInfo`, or by `$page` and `isLastPage`. */
async function pageItems(
	item: ItemContext,
	query: string,
	variables: IDataObject,
	limit: number,
): Promise<INodeExecutionData[]> {
	const nodes: IDataObject[] = [];
	let next: IDataObject | undefined = variables;
	while (next && nodes.length < limit) {
		const connection: Connection | undefined = connectionIn(await send(item, query, next));
		if (!connection) {
			throw itemError(
				item,
				'The query has no list with pages',
				'Request pageInfo { hasNextPage endCursor } and use $after, or request isLastPage and use $page.',
			);
		}
		nodes.push(...connection.nodes);
		next = connection.next && { ...next, ...connection.next };
		assertMoves(item, query, connection);
	}
	return nodes.slice(0, limit).map((json) => ({ json }));
}

/** A query without a page variable would return its first page forever. */
function assertMoves(item: ItemContext, query: string, { next = {} }: Connection): void {
	const missing = Object.keys(next).find((name) => !query.includes(`$${name}`));
	if (!missing) return;
	throw itemError(
		item,
		`The query has no variable $${missing}`,
		'It needs the variable to read more than the first page.',
	);
}

/** The first list with pages in a response, at any depth. */
function connectionIn(data: IDataObject): Connection | undefined {
	for (const value of Object.values(data).filter(isObject)) {
		const found = connectionOf(value) ?? connectionIn(value);
		if (found) return found;
	}
	return undefined;
}

function connectionOf(value: IDataObject): Connection | undefined {
	const nodes = nodesOf(value);
	const { pageInfo, isLastPage, currentPage } = value;
	if (!nodes) return undefined;
	if (isObject(pageInfo)) {
		const more = pageInfo.hasNextPage === true && typeof pageInfo.endCursor === 'string';
		return { nodes, next: more ? { after: pageInfo.endCursor } : undefined };
	}
	if (typeof isLastPage !== 'boolean') return undefined;
	return { nodes, next: isLastPage ? undefined : { page: Number(currentPage) + 1 } };
}

function nodesOf({ nodes, edges }: IDataObject): IDataObject[] | undefined {
	if (Array.isArray(nodes)) return nodes as IDataObject[];
	return Array.isArray(edges)
		? edges.filter(isObject).map(({ node }) => node as IDataObject)
		: undefined;
}
