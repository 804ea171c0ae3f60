import { GraphQLError } from 'graphql';

import { create, remove, update } from './changes';
import type { Handler, RequestContext } from './context';
import { notFound } from './errors';
import type { Field } from './graphqlDocument';
import { parseDocument } from './graphqlDocument';
import { readInput } from './input';
import type { Kind } from './kinds';
import { kindAt, kindOf, kindOfType, kinds } from './kinds';
import { fullShape, isObject } from './shapes';
import type { Entity, Store } from './store';
import type { Ref } from './store';
import { urlOf, valueOf } from './values';

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

/** A search result. */
class SearchHit {
	constructor(readonly entity: Entity) {}
}

const unknownField = (name: string, type: string): GraphQLError =>
	new GraphQLError(`Field '${name}' doesn't exist on type '${type}'`);

/** The status is always 200; errors are in the response body. */
export const graphql: Handler = (context) => {
	const { query, variables } = context.body;
	try {
		const given = isObject(variables) ? variables : {};
		const { type, fields } = parseDocument(String(query ?? ''), given);
		const resolve = type === 'query' ? runQuery : runMutation;
		return {
			data: Object.fromEntries(fields.map((field) => [field.responseKey, resolve(context, field)])),
		};
	} catch (error) {
		if (!(error instanceof GraphQLError)) throw error;
		return { data: null, errors: [{ locations: [{ line: 1, column: 1 }], ...error.toJSON() }] };
	}
};

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

const SEARCHED = [
	'feature',
	'epic',
	'idea',
	'release',
	'initiative',
	'goal',
	'requirement',
	'page',
];

function search(store: Store, given: Field['arguments']): Connection {
	if (!isObject(given.filters)) throw new GraphQLError("Argument 'filters' is required");
	const { query, searchableType, projectId } = given.filters;
	if (typeof query !== 'string') throw new GraphQLError("Argument 'query' is required");
	const types = [searchableType]
		.flat()
		.filter(Boolean)
		.map((type) => kindOfType(String(type))?.name);
	const wanted = query.toLowerCase();
	const names = SEARCHED.filter((name) => types.length === 0 || types.includes(name));
	const found = names
		.flatMap((name) => [...store.all(name)])
		.filter(({ data }) => !projectId || (data.project as Ref | undefined)?.id === String(projectId))
		.filter((entity) => searchableText(store, entity).includes(wanted))
		.map((entity) => new SearchHit(entity));
	return paged(found, given);
}

const searchableText = (store: Store, { data }: Entity): string =>
	[data.name, data.reference_num, store.resolve(data.description)?.data.body]
		.join(' ')
		.toLowerCase();

/** Selects the requested fields of a value. */
function select(store: Store, value: unknown, { fields }: Field): unknown {
	if (value === null || value === undefined) return null;
	if (Array.isArray(value))
		return value.map((element) => select(store, element, { fields } as Field));
	if (fields.length === 0) return leaf(value);
	return Object.fromEntries(
		fields.map((field) => [
			field.responseKey,
			select(store, fieldValue(store, value, field.name), field),
		]),
	);
}

function leaf(value: unknown): unknown {
	if (isEntity(value)) throw new GraphQLError(`Field must have selections`);
	return value;
}

const isEntity = (value: unknown): value is Entity =>
	isObject(value) && isObject(value.kind) && isObject(value.data);

function fieldValue(store: Store, value: unknown, name: string): unknown {
	if (value instanceof Connection) return connectionField(value, name);
	if (value instanceof SearchHit) return searchHitField(store, value, name);
	if (isEntity(value)) return entityField(store, value, name);
	if (isObject(value) && name in value) return value[name];
	throw unknownField(name, 'Object');
}

function connectionField({ all, page, per }: Connection, name: string): unknown {
	const pages = Math.max(1, Math.ceil(all.length / per));
	const nodes = all.slice((page - 1) * per, page * per);
	const parts: Record<string, unknown> = {
		nodes,
		edges: nodes.map((node) => ({ node })),
		currentPage: page,
		totalPages: pages,
		totalCount: all.length,
		isLastPage: page >= pages,
		pageInfo: { hasNextPage: page < pages, endCursor: String(page) },
	};
	if (!(name in parts)) throw unknownField(name, 'Connection');
	return parts[name];
}

function searchHitField(store: Store, { entity }: SearchHit, name: string): unknown {
	const parts: Record<string, unknown> = {
		name: entity.data.name,
		searchableType: entity.kind.type,
		searchableId: entity.id,
		projectId: (entity.data.project as Ref | undefined)?.id ?? null,
		url: urlOf(store, entity),
		updatedAt: entity.data.updated_at,
	};
	if (!(name in parts)) throw unknownField(name, 'SearchDocument');
	return parts[name];
}

/** Fields with another name than in the REST API; others only differ in case. */
const RENAMED: Readonly<Record<string, string>> = {
	referenceNum: 'reference_num',
	htmlBody: 'body',
	markdownBody: 'body',
	path: 'url',
};

function entityField(store: Store, entity: Entity, name: string): unknown {
	if (name === '__typename') return entity.kind.type;
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
