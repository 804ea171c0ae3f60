import type { EndpointFacts } from '../aha-api';
import { create, remove, update } from './changes';
import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import type { Input } from './input';
import { readInput } from './input';
import type { Kind } from './kinds';
import { kindAt } from './kinds';
import { listPage } from './lists';
import { responderFor } from './response';
import { elementShape, isObject, recordedBody } from './shapes';
import type { Entity } from './store';
import { refTo } from './store';

/** What a path addresses: `/goals/{goal_id}/features` is the features of a goal. */
interface PathTarget {
	readonly kind: Kind;
	/** The parameter with the id of the record; none for a list. */
	readonly id?: string;
	readonly parent?: { readonly kind: Kind; readonly parameter: string };
}

export function parsePath(path: string): PathTarget | undefined {
	const parts = path.split('/').slice(1);
	const last = parts.at(-1) ?? '';
	const id = /^\{(\w+)\}$/.exec(last)?.[1];
	const [segment, ...rest] = id ? parts.slice(0, -1).reverse() : [...parts].reverse();
	const kind = kindAt(SEGMENTS[path] ?? segment);
	const parameter = /^\{(\w+)\}$/.exec(rest[0] ?? '')?.[1];
	const parent = parameter ? kindAt(rest[1]) : undefined;
	if (!kind || rest.length > 2) return undefined;
	return {
		kind,
		...(id && { id }),
		...(parent && parameter && { parent: { kind: parent, parameter } }),
	};
}

/** Paths that do not name the kind of their records. */
const SEGMENTS: Readonly<Record<string, string>> = {
	'/custom_field_definitions/{custom_field_definition_id}/options': 'custom_field_options',
};

/** The key under which a record refers to its parent. */
export function parentKey(kind: Kind, parent: Kind): string {
	if (kind.name === 'comment') return 'commentable';
	if (kind.name === 'task') return 'taskable';
	if (parent.name === 'product') return 'project';
	if (kind.name === 'release') return 'parent';
	return parent.name;
}

/** The handler that follows from the method and path of an endpoint, if there is one. */
export function crudHandler(endpoint: EndpointFacts): Handler | undefined {
	const target = parsePath(endpoint.path);
	if (!target) return undefined;
	const { method } = endpoint;
	const route = `${method} ${endpoint.path}`;
	if (method === 'GET') return target.id ? getHandler(route, target) : listHandler(route, target);
	if (method === 'POST' && !target.id) return createHandler(route, target);
	if (method === 'PUT' && target.id) return updateHandler(route, target);
	if (method === 'DELETE' && target.id) return deleteHandler(target);
	return undefined;
}

const findParent = ({ store, parameters }: RequestContext, { parent }: PathTarget) =>
	parent && findOrFail(store, parent.kind.name, parameters[parent.parameter]);

/** @throws ApiError 404 when the record or its parent does not exist */
function findTarget(context: RequestContext, target: PathTarget): Entity {
	findParent(context, target);
	return findOrFail(context.store, target.kind.name, context.parameters[String(target.id)]);
}

function getHandler(route: string, target: PathTarget): Handler {
	const respond = responderFor(route, target.kind.name);
	return (context) => respond(context, findTarget(context, target));
}

function listHandler(route: string, target: PathTarget): Handler {
	const { kind } = target;
	const body = recordedBody(route);
	const key = isObject(body) ? listKey(body) : kind.plural;
	const shape = elementShape(isObject(body) ? body[key] : undefined, kind.name);
	const isPaged = !isObject(body) || 'pagination' in body;
	return (context) => {
		const { store } = context;
		const parent = findParent(context, target);
		const records = parent ? store.referrers(parent, kind.name) : store.all(kind.name);
		const query = isPaged ? context.query : { ...context.query, per_page: '200' };
		const page = listPage(store, kind.name, records, query, shape);
		return { [key]: page.records, ...(isPaged && { pagination: page.pagination }) };
	};
}

const listKey = (body: Record<string, unknown>): string =>
	Object.keys(body).find((key) => key !== 'pagination') ?? '';

/** Reads a record from the body, where it may be wrapped in a key with the name of its kind. */
export function inputIn({ store, body }: RequestContext, kind: Kind): Input {
	const wrapped = body[kind.name];
	return readInput(store, kind, isObject(wrapped) ? wrapped : body);
}

function createHandler(route: string, target: PathTarget): Handler {
	const { kind } = target;
	const respond = responderFor(route, kind.name);
	return (context) => {
		const parent = findParent(context, target);
		const parentRef = parent && { [parentKey(kind, parent.kind)]: refTo(parent) };
		const input = inputIn(context, kind);
		return respond(context, create(context.store, context.actor, kind.name, input, parentRef));
	};
}

function updateHandler(route: string, target: PathTarget): Handler {
	const respond = responderFor(route, target.kind.name);
	return (context) => {
		const entity = findTarget(context, target);
		update(context.store, context.actor, entity, inputIn(context, target.kind));
		return respond(context, entity);
	};
}

const deleteHandler =
	(target: PathTarget): Handler =>
	(context) => {
		remove(context.store, context.actor, findTarget(context, target));
		return undefined;
	};
