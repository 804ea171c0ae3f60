import { GraphQLError } from 'graphql';

import { create, remove, update } from './changes';
import type { Handler, RequestContext } from './context';
import { ApiError, notFound } from './errors';
import type { Field } from './graphqlDocument';
import { parseDocument } from './graphqlDocument';
import { readInput } from './input';
import type { Kind } from './kinds';
import { kindAt, kindOf, kindOfType, kinds } from './kinds';
import { fullShape, isObject } from './shapes';
import type { Entity, Store } from './store';
import {
	assertType,
	SearchHit,
	searchDocuments,
	searchHitFields,
	typesOf,
} from './searchDocuments';
import { valueOf } from './values';

const snakeCase = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const camelCase = (name: string): string =>
	name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A paged list, with fields for page numbers and for cursors. */
class Connection {
	constructor(
		readonly all: readonly unknown[],
		readonly page: number,
		readonly per: number,
	) {}
}

const unknownField = (name: string, type: string): GraphQLError =>
	new GraphQLError(`Field '${name}' doesn't exist on type '${type}'`);

/** The status is always 200; errors are in the response body. */
export const graphql: Handler = (context) => {
	const { query, variables } = context.body;
	try {
		const given = isObject(variables) ? variables : {};
		const { type, fields } = parseDocument(String(query ?? ''), given);
		assertInTime(context.store, String(query));
		const resolve = type === 'query' ? runQuery : runMutation;
		return {
			data: Object.fromEntries(fields.map((field) => [field.responseKey, resolve(context, field)])),
		};
	} catch (error) {
		if (!(error instanceof GraphQLError)) throw error;
		return { data: null, errors: [{ locations: [{ line: 1, column: 1 }], ...error.toJSON() }] };
	}
};

/** One of so many queries with fragments is not validated in time. It is when it is sent again. */
const TIMEOUT_EVERY = 20;

function assertInTime(store: Store, query: string): void {
	if (!query.includes('...')) return;
	store.fragmentQueries += 1;
	if (store.fragmentQueries % TIMEOUT_EVERY === 0) {
		throw new GraphQLError('Timeout on validation of query');
	}
}

function runQuery(context: RequestContext, field: Field): unknown {
	const { store, actor } = context;
	const { name, arguments: given } = field;
	if (name === '__typename') return 'Query';
	if (name === 'searchDocuments') return select(store, search(store, given), field);
	if (name === 'account') return select(store, { name: store.domain, domain: store.domain }, field);
	if (name === 'currentUser') return select(store, actor, field);
	const single = kinds.find((kind) => camelCase(kind.name) === name);
	if (single) return select(store, find(store, single, given.id), field);
	const listed = kindAt(snakeCase(name));
	if (!listed) throw unknownField(name, 'Query');
	return select(store, paged([...store.all(listed.name)], given), field);
}

const find = (store: Store, kind: Kind, id: unknown): Entity | null =>
	store.find(kind.name, String(id)) ?? null;

const MOST_PER_PAGE = 200;

function paged(all: readonly unknown[], given: Field['arguments']): Connection {
	const per = Math.min(Number(given.per ?? given.first ?? 30), MOST_PER_PAGE);
	const page = given.after ? Number(given.after) + 1 : Number(given.page ?? 1);
	return new Connection(all, page, per);
}

/** A page of a search has 20 records unless told, and no fewer than 10. */
const SEARCH_PAGE = { default: 20, least: 10 };

/** A search counts no further. */
const MOST_COUNTED = 10_000;

function search(store: Store, given: Field['arguments']): Connection {
	const found = searchDocuments(store, given.filters);
	const per = Math.max(Number(given.per ?? SEARCH_PAGE.default), SEARCH_PAGE.least);
	return paged(found, { ...given, per });
}

/** Selects the requested fields of a value. */
function select(store: Store, value: unknown, { fields }: Field): unknown {
	if (value === null || value === undefined) return null;
	if (Array.isArray(value))
		return value.map((element) => select(store, element, { fields } as Field));
	if (fields.length === 0) return leaf(value);
	const selected = fields.filter((field) => isReadFrom(value, field));
	return Object.fromEntries(
		selected.map((field) => [
			field.responseKey,
			select(store, fieldValue(store, value, field.name), field),
		]),
	);
}

/** Whether a value is of the types of the fragments that a field is in. */
function isReadFrom(value: unknown, { on }: Field): boolean {
	on.forEach(assertType);
	return !isEntity(value) || on.every((type) => typesOf(value).includes(type));
}

function leaf(value: unknown): unknown {
	if (isEntity(value)) throw new GraphQLError(`Field must have selections`);
	return value;
}

const isEntity = (value: unknown): value is Entity =>
	isObject(value) && isObject(value.kind) && isObject(value.data);

function fieldValue(store: Store, value: unknown, name: string): unknown {
	if (value instanceof Connection) return connectionField(value, name);
	if (value instanceof SearchHit) return namedField(searchHitFields(store, value), name);
	if (isEntity(value)) return entityField(store, value, name);
	return namedField(isObject(value) ? value : {}, name);
}

function connectionField({ all, page, per }: Connection, name: string): unknown {
	const pages = Math.max(1, Math.ceil(all.length / per));
	const nodes = all.slice((page - 1) * per, page * per);
	const parts: Record<string, unknown> = {
		nodes,
		edges: nodes.map((node) => ({ node })),
		currentPage: page,
		totalPages: pages,
		totalCount: Math.min(all.length, MOST_COUNTED),
		isLastPage: page >= pages,
		pageInfo: { hasNextPage: page < pages, endCursor: String(page) },
	};
	return namedField(parts, name);
}

function namedField(parts: Record<string, unknown>, name: string): unknown {
	if (!(name in parts)) throw unknownField(name, 'Object');
	return parts[name];
}

/** Fields with another name than in the REST API; others only differ in case. */
const RENAMED: Readonly<Record<string, string>> = {
	referenceNum: 'reference_num',
	htmlBody: 'body',
	markdownBody: 'body',
	path: 'url',
	numEndorsements: 'endorsements_count',
};

function entityField(store: Store, entity: Entity, name: string): unknown {
	if (name === '__typename') return typesOf(entity)[0];
	const key = RENAMED[name] ?? snakeCase(name);
	const value = valueOf(store, entity, key);
	if (value === undefined && !fullShape(entity.kind.name).keys.has(key)) {
		throw unknownField(name, entity.kind.type);
	}
	return value;
}

const MUTATION = /^(create|update|delete)([A-Z]\w*)$/;

function runMutation(context: RequestContext, field: Field): unknown {
	const { store } = context;
	const [, verb, type] = MUTATION.exec(field.name) ?? [];
	const kind = type ? kindOfType(type) : undefined;
	if (!kind) throw unknownField(field.name, 'Mutation');
	try {
		const record = applyMutation(context, verb, kind, field.arguments);
		return select(store, { [camelCase(kind.name)]: record, errors: null }, field);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const attributes = [
			{ name: 'base', messages: [messageOf(error)], fullMessages: [messageOf(error)] },
		];
		return select(store, { [camelCase(kind.name)]: null, errors: { attributes } }, field);
	}
}

const messageOf = ({ body }: ApiError): string =>
	String(isObject(body.errors) ? body.errors.message : body.error);

function applyMutation(
	{ store, actor }: RequestContext,
	verb: string,
	kind: Kind,
	given: Field['arguments'],
): Entity {
	const attributes = Object.fromEntries(
		Object.entries(isObject(given.attributes) ? given.attributes : {}).map(([key, value]) => [
			snakeCase(key),
			value,
		]),
	);
	const input = readInput(store, kindOf(kind.name), attributes);
	if (verb === 'create') return create(store, actor, kind.name, input);
	const entity = find(store, kind, given.id);
	if (!entity) throw notFound();
	if (verb === 'update') update(store, actor, entity, input);
	else remove(store, actor, entity);
	return entity;
}
