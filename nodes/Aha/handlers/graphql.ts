import type { IDataObject, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Step, Steps } from '../schema/types';
import type { AhaRequest } from '../transport/types';
import { isObject } from '../transport/json';
import { ask, failure, limitOf, settingsOf } from './common';

/** Not below `/api/v1` as all the rest. */
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

/** Searches the records of the whole account for words. */
export const searchRecords: Steps = async (step) => {
	const { searchText } = settingsOf(step);
	const { product_id: projectId, record_types: searchableType } = step.request.query;
	const limit = limitOf(step);
	const filters = {
		query: searchText,
		...(projectId !== undefined && { projectId }),
		...(searchableType !== undefined && { searchableType }),
	};
	return await pageItems(step, SEARCH, { filters, page: 1, per: Math.min(limit, PER_PAGE) }, limit);
};

/** Runs a query or mutation as the person wrote it. */
export const runGraphql: Steps = async (step) => {
	const { query, variables, followPages } = settingsOf(step);
	if (!isObject(variables)) {
		throw failure(step, '"Variables" must be an object', 'Such as {"id": "PRJ1-12"}.');
	}
	if (followPages === true) return await pageItems(step, String(query), variables, Infinity);
	return [{ json: await send(step, String(query), variables) }];
};

/**
 * One request to the GraphQL API.
 *
 * @throws NodeApiError when the answer holds errors, whatever its status
 */
async function send(step: Step, query: string, variables: IDataObject): Promise<IDataObject> {
	const readOnly = !/\bmutation\b/.test(query);
	const { data, errors } = await ask(step, { ...GRAPHQL, body: { query, variables }, readOnly });
	const answer = isObject(data) ? data : {};
	const said = [...topErrors(errors), ...Object.values(answer).flatMap(payloadErrors)];
	if (said.length > 0) {
		const { context, index } = step;
		throw new NodeApiError(context.getNode(), { errors } as JsonObject, {
			message: said.join('; '),
			description: 'Aha! refused the GraphQL query. Check its fields and variables.',
			itemIndex: index,
		});
	}
	return answer;
}

const topErrors = (errors: unknown): string[] =>
	(Array.isArray(errors) ? errors : []).map((error: IDataObject) =>
		[error.message, Array.isArray(error.path) && `(at ${error.path.join('.')})`]
			.filter(Boolean)
			.join(' '),
	);

/** What a mutation did not accept stands in its own answer: `errors.attributes`. */
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

/** A list in an answer with the variables that lead to its next page. */
interface Connection {
	readonly nodes: IDataObject[];
	readonly next: IDataObject | undefined;
}

/** The records of a list, page by page: by `$after` and `pageInfo`, or by `$page` and `isLastPage`. */
async function pageItems(
	step: Step,
	query: string,
	variables: IDataObject,
	limit: number,
): Promise<INodeExecutionData[]> {
	const nodes: IDataObject[] = [];
	let next: IDataObject | undefined = variables;
	while (next && nodes.length < limit) {
		const connection: Connection | undefined = connectionIn(await send(step, query, next));
		if (!connection) {
			throw failure(
				step,
				'The query asks for no list that has pages',
				'Ask for pageInfo { hasNextPage endCursor } and use $after, or for isLastPage and use $page.',
			);
		}
		nodes.push(...connection.nodes);
		next = connection.next && { ...next, ...connection.next };
		assertMoves(step, query, connection);
	}
	return nodes.slice(0, limit).map((json) => ({ json }));
}

/** A query that takes no page would give its first one forever. */
function assertMoves(step: Step, query: string, { next = {} }: Connection): void {
	const missing = Object.keys(next).find((name) => !query.includes(`$${name}`));
	if (!missing) return;
	throw failure(
		step,
		`The query has no variable $${missing}`,
		'It is needed to read more than the first page.',
	);
}

/** The first list with pages in an answer, at whatever depth. */
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
