import type { FastifyReply } from 'fastify';

import type { EndpointFacts } from '../aha-api';
import { create, remove, update } from './changes';
import { notFound } from './failures';
import type { Input } from './input';
import { readInput } from './input';
import type { Kind } from './kinds';
import { kindAt, kindOf } from './kinds';
import type { Query } from './lists';
import { fieldsOf, listPage } from './lists';
import { render } from './render';
import {
	chosenShape,
	elementShape,
	fullShape,
	isObject,
	recordShape,
	recordedBody,
} from './shapes';
import type { Entity, Store } from './store';
import { refTo } from './store';

/** A request that has reached the account of its sender. */
export interface Visit {
	readonly store: Store;
	/** The person whose key or token it is. */
	readonly by: Entity;
	readonly parameters: Readonly<Record<string, string>>;
	readonly query: Query;
	readonly body: Record<string, unknown>;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly reply: FastifyReply;
}

/** Gives the body of an answer; `undefined` is 204. */
export type Handler = (visit: Visit) => unknown;

/** @throws Failure 404 */
export function the(store: Store, name: string, idOrReference: string): Entity {
	const found = store.find(name, decodeURIComponent(idOrReference));
	if (!found) throw notFound();
	return found;
}

type Route = Pick<EndpointFacts, 'method' | 'path'>;

/** What a path says: `/goals/{goal_id}/features` is the features of a goal. */
interface Place {
	readonly kind: Kind;
	/** The parameter that names the record itself, where the path leads to one. */
	readonly id?: string;
	readonly above?: { readonly kind: Kind; readonly parameter: string };
}

export function placeOf(path: string): Place | undefined {
	const parts = path.split('/').slice(1);
	const last = parts.at(-1) ?? '';
	const id = /^\{(\w+)\}$/.exec(last)?.[1];
	const [segment, ...rest] = id ? parts.slice(0, -1).reverse() : [...parts].reverse();
	const kind = kindAt(SEGMENTS[path] ?? segment);
	const parameter = /^\{(\w+)\}$/.exec(rest[0] ?? '')?.[1];
	const above = parameter ? kindAt(rest[1]) : undefined;
	if (!kind || rest.length > 2) return undefined;
	return {
		kind,
		...(id && { id }),
		...(above && parameter && { above: { kind: above, parameter } }),
	};
}

/** Parts of paths that mean another kind than they say. */
const SEGMENTS: Readonly<Record<string, string>> = {
	'/custom_field_definitions/{custom_field_definition_id}/options': 'custom_field_options',
};

/** Under which key a record points to the one that it is made in. */
export function keyAbove(kind: Kind, above: Kind): string {
	if (kind.name === 'comment') return 'commentable';
	if (kind.name === 'task') return 'taskable';
	if (above.name === 'product') return 'project';
	if (kind.name === 'release') return 'parent';
	return above.name;
}

/** The handler of an endpoint that does with records what its method and path say. */
export function handlerOf(endpoint: EndpointFacts): Handler | undefined {
	const place = placeOf(endpoint.path);
	if (!place) return undefined;
	const { method } = endpoint;
	if (method === 'GET') return place.id ? getting(endpoint, place) : listing(endpoint, place);
	if (method === 'POST' && !place.id) return creating(endpoint, place);
	if (method === 'PUT' && place.id) return updating(endpoint, place);
	if (method === 'DELETE' && place.id) return deleting(place);
	return undefined;
}

/** The record that a path leads to; within another it must belong to that one. */
function target({ store, parameters }: Visit, { kind, id, above }: Place): Entity {
	if (above) the(store, above.kind.name, parameters[above.parameter]);
	return the(store, kind.name, parameters[String(id)]);
}

/** The key of what an answer holds, and what was recorded under it. */
function keyedSample(endpoint: Route, fallback: string): { key?: string; sample: unknown } {
	const body = recordedBody(endpoint);
	if (!isObject(body)) return { key: fallback, sample: undefined };
	const key = Object.keys(body).find((name) => name !== 'pagination' && isObject(body[name]));
	return 'id' in body ? { sample: body } : { key: key ?? fallback, sample: body[key ?? fallback] };
}

/** A single record, under its key in the answer where the endpoint has one. */
export function answering(endpoint: Route, kind: string): (v: Visit, e: Entity) => unknown {
	const { key, sample } = keyedSample(endpoint, kindOf(kind).name);
	const shape = recordShape(sample, kind);
	return ({ store, query, body }, entity) => {
		const fields = query.fields ?? body.fields;
		const chosen =
			typeof fields === 'string' && fields !== ''
				? chosenShape(fullShape(kind), ['product_id', ...fieldsOf(fields, kind)])
				: shape;
		const record = render(store, entity, chosen);
		return key === undefined ? record : { [key]: record };
	};
}

/** As `answering`, by the method and path of an endpoint. */
export function answerOf(route: string, kind: string): (v: Visit, e: Entity) => unknown {
	const [method, path] = route.split(' ');
	return answering({ method: method as EndpointFacts['method'], path }, kind);
}

function getting(endpoint: EndpointFacts, place: Place): Handler {
	const answer = answering(endpoint, place.kind.name);
	return (visit) => answer(visit, target(visit, place));
}

export function listing(endpoint: EndpointFacts, { kind, above }: Place): Handler {
	const body = recordedBody(endpoint);
	const key = isObject(body) ? listKey(body) : kind.plural;
	const shape = elementShape(isObject(body) ? body[key] : undefined, kind.name);
	const isPaged = !isObject(body) || 'pagination' in body;
	return ({ store, parameters, query }) => {
		const owner = above && the(store, above.kind.name, parameters[above.parameter]);
		const records = owner ? store.pointingTo(owner, kind.name) : store.all(kind.name);
		const asked = isPaged ? query : { ...query, per_page: '200' };
		const page = listPage(store, kind.name, records, asked, shape);
		return { [key]: page.records, ...(isPaged && { pagination: page.pagination }) };
	};
}

const listKey = (body: Record<string, unknown>): string =>
	Object.keys(body).find((key) => key !== 'pagination') ?? '';

/** What a body gives for a record: under its name, or without. */
export function inputOf({ store, body }: Visit, kind: Kind): Input {
	const wrapped = body[kind.name];
	return readInput(store, kind, isObject(wrapped) ? wrapped : body);
}

function creating(endpoint: EndpointFacts, { kind, above }: Place): Handler {
	const answer = answering(endpoint, kind.name);
	return (visit) => {
		const { store, by, parameters } = visit;
		const owner = above && the(store, above.kind.name, parameters[above.parameter]);
		const place = owner && above ? { [keyAbove(kind, above.kind)]: refTo(owner) } : {};
		return answer(visit, create(store, by, kind.name, inputOf(visit, kind), place));
	};
}

function updating(endpoint: EndpointFacts, place: Place): Handler {
	const answer = answering(endpoint, place.kind.name);
	return (visit) => {
		const entity = target(visit, place);
		update(visit.store, visit.by, entity, inputOf(visit, place.kind));
		return answer(visit, entity);
	};
}

const deleting =
	(place: Place): Handler =>
	(visit) => {
		remove(visit.store, visit.by, target(visit, place));
		return undefined;
	};
