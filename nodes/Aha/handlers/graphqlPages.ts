import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { ItemContext } from '../schema/handler';
import { isObject } from '../transport/json';
import { assertEnds } from '../transport/pages';
import { itemError } from './common';

/** A query for a list with pages. */
export interface PagedQuery {
	readonly query: string;
	/** Variables for the first page. */
	readonly variables: IDataObject;
	/** Number of records wanted; `Infinity` for all. */
	readonly limit: number;
}

/** A page of a list. */
interface Page {
	readonly nodes: IDataObject[];
	/** Differs from page to page. */
	readonly position: string | number;
	/** The variable that leads to the next page, with its value; none after the last page. */
	readonly next?: readonly [variable: string, value: string | number];
}

/**
 * The records of a list, page by page: by `$after` and `pageInfo`, or by `$page` and `isLastPage`.
 * Ends when a page comes again, whatever it says about the next.
 *
 * @param read sends the query with these variables, and returns the data of the response
 * @throws NodeOperationError when the query has no list with pages, or no variable for the next page
 */
export async function pageItems(
	item: ItemContext,
	{ query, variables, limit }: PagedQuery,
	read: (variables: IDataObject) => Promise<IDataObject>,
): Promise<INodeExecutionData[]> {
	const nodes: IDataObject[] = [];
	let values = variables;
	const seen = new Set<string | number>();
	while (nodes.length < limit) {
		const page = pageIn(await read(values), Number(values.page ?? 1));
		if (!page) {
			throw itemError(
				item,
				'The query has no list with pages',
				'Request pageInfo { hasNextPage endCursor } and use $after, or request isLastPage and use $page.',
			);
		}
		if (page.next && !isNew(page, seen)) break;
		nodes.push(...page.nodes);
		if (!page.next) break;
		assertEnds(seen.add(page.position).size);
		assertDeclared(item, query, page.next[0]);
		values = { ...values, [page.next[0]]: page.next[1] };
	}
	return nodes.slice(0, limit).map((json) => ({ json }));
}

/** Whether a page was not read before: numbers grow, cursors only differ. */
const isNew = ({ position }: Page, seen: ReadonlySet<string | number>): boolean =>
	[...seen].every((other) =>
		typeof position === 'number' && typeof other === 'number'
			? position > other
			: position !== other,
	);

/** Without a variable for the page, a query returns its first page forever. */
function assertDeclared(item: ItemContext, query: string, variable: string): void {
	if (declaredVariables(query).includes(variable)) return;
	throw itemError(
		item,
		`The query has no variable $${variable}`,
		'It needs the variable to read more than the first page.',
	);
}

/** Comments and texts of a query, in which `$` means nothing. */
const COMMENT_OR_TEXT = /#[^\r\n]*|"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\])*"/g;

/** Names of the variables that a query declares: `$page` is not in `query ($pageSize: Int)`. */
const declaredVariables = (query: string): string[] =>
	[...query.replace(COMMENT_OR_TEXT, '""').matchAll(/\$(\w+)\s*:/g)].map(([, name]) => name);

/** The first list with pages in a response, at any depth. */
function pageIn(data: IDataObject, asked: number): Page | undefined {
	for (const value of Object.values(data).filter(isObject)) {
		const found = pageOf(value, asked) ?? pageIn(value, asked);
		if (found) return found;
	}
	return undefined;
}

function pageOf(value: IDataObject, asked: number): Page | undefined {
	const nodes = nodesOf(value);
	const { pageInfo, isLastPage, currentPage } = value;
	if (!nodes) return undefined;
	if (isObject(pageInfo)) {
		const { hasNextPage, endCursor } = pageInfo;
		const more = hasNextPage === true && typeof endCursor === 'string';
		return { nodes, position: String(endCursor), ...(more && { next: ['after', endCursor] }) };
	}
	if (typeof isLastPage !== 'boolean') return undefined;
	// Without the page's own number, the records tell whether it is another page.
	const position = typeof currentPage === 'number' ? currentPage : JSON.stringify(nodes);
	const more = !isLastPage && nodes.length > 0;
	return { nodes, position, ...(more && { next: ['page', asked + 1] }) };
}

function nodesOf({ nodes, edges }: IDataObject): IDataObject[] | undefined {
	if (Array.isArray(nodes)) return nodes.filter(isObject);
	return Array.isArray(edges)
		? edges.filter(isObject).flatMap(({ node }) => (isObject(node) ? [node] : []))
		: undefined;
}
