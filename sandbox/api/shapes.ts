import { recorded } from '../aha-api';
import { kinds } from './kinds';

/** The structure of a response, inferred from recorded responses. */
export type Shape = ObjectShape | ListShape | ValueShape;

export interface ObjectShape {
	readonly type: 'object';
	readonly keys: ReadonlyMap<string, Shape>;
	/** Keys that are omitted if there is no value, as only some responses have them. */
	readonly optional: ReadonlySet<string>;
}

export interface ListShape {
	readonly type: 'list';
	/** None if only empty lists were recorded. */
	readonly element?: Shape;
}

export interface ValueShape {
	readonly type: 'value';
	readonly sample: unknown;
}

const NONE: ReadonlySet<string> = new Set();

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Copies a record without some of its keys. */
export const without = (
	record: Record<string, unknown>,
	...keys: string[]
): Record<string, unknown> =>
	Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

export function shapeOf(sample: unknown): Shape {
	if (Array.isArray(sample)) {
		const elements = sample.map(shapeOf);
		return elements.length > 0
			? { type: 'list', element: elements.reduce(merge) }
			: { type: 'list' };
	}
	if (isObject(sample)) {
		const keys = new Map(Object.entries(sample).map(([key, value]) => [key, shapeOf(value)]));
		return { type: 'object', keys, optional: NONE };
	}
	return { type: 'value', sample };
}

/** Merges two shapes; keys that only one of them has become optional. */
function merge(a: Shape, b: Shape): Shape {
	if (a.type === 'object' && b.type === 'object') {
		const names = [...new Set([...a.keys.keys(), ...b.keys.keys()])];
		const optional = names.filter((name) => !a.keys.has(name) || !b.keys.has(name));
		return {
			type: 'object',
			keys: new Map(names.map((name) => [name, mergeOptional(a.keys.get(name), b.keys.get(name))])),
			optional: new Set([...a.optional, ...b.optional, ...optional]),
		};
	}
	if (a.type === 'list' && b.type === 'list') {
		return a.element || b.element
			? { type: 'list', element: mergeOptional(a.element, b.element) }
			: a;
	}
	if (a.type !== 'value') return a;
	if (b.type !== 'value') return b;
	return a.sample === null ? b : a;
}

const mergeOptional = (a?: Shape, b?: Shape): Shape => (a && b ? merge(a, b) : ((a ?? b) as Shape));

/** Shapes of complete records by kind, and of nested values by key. */
const fullShapes = new Map<string, ObjectShape>();
const nestedShapes = new Map<string, Shape>();
/** Keys that were recorded as null; others are omitted if there is no value. */
const nullableKeys = new Set<string>();

/** The types of the values that each key was recorded with, apart from null. */
const typesOfKeys = new Map<string, Set<string>>();

function collectShapes(value: unknown, depth: number): void {
	if (Array.isArray(value)) for (const element of value) collectShapes(element, depth);
	if (!isObject(value)) return;
	for (const [key, part] of Object.entries(value)) {
		const shape = shapeOf(part);
		if (part === null) nullableKeys.add(key);
		else typesOfKeys.set(key, (typesOfKeys.get(key) ?? new Set()).add(typeof part));
		if (depth > 0 && shape.type !== 'value')
			nestedShapes.set(key, mergeOptional(nestedShapes.get(key), shape));
		collectShapes(part, depth + 1);
	}
}

for (const [route, { body }] of Object.entries(recorded)) {
	if (route.includes('fields=')) continue;
	collectShapes(body, 0);
	if (!isObject(body)) continue;
	for (const { name } of kinds) {
		const shape = name in body ? shapeOf(body[name]) : undefined;
		if (shape?.type === 'object')
			fullShapes.set(name, mergeOptional(fullShapes.get(name), shape) as ObjectShape);
	}
}
for (const { name, plural } of kinds) {
	const shape = nestedShapes.get(name);
	const lists = Object.values(recorded).flatMap(({ body }) =>
		isObject(body) && Array.isArray(body[plural]) ? body[plural] : [],
	);
	const list = lists.length > 0 ? shapeOf(lists) : undefined;
	const element = list?.type === 'list' ? list.element : undefined;
	if (!fullShapes.has(name) && element?.type === 'object') fullShapes.set(name, element);
	if (!fullShapes.has(name) && shape?.type === 'object') fullShapes.set(name, shape);
}

const EMPTY: ObjectShape = { type: 'object', keys: new Map(), optional: NONE };

/** The shape with all known keys of a kind of record. */
export const fullShape = (kind: string): ObjectShape => fullShapes.get(kind) ?? EMPTY;

/** The shape of a nested value, for recordings that lack it. */
export const nestedShape = (key: string): Shape | undefined => nestedShapes.get(key);

/** @param route for example `GET /features/{id}` */
export const recordedBody = (route: string): unknown => recorded[route]?.body;

const URLS: ReadonlySet<string> = new Set(['url', 'resource']);

/** The shape of a record in a response: the recorded keys, then those of other responses. */
export function recordShape(sample: unknown, kind: string): ObjectShape {
	const whole = fullShape(kind);
	const own = shapeOf(sample);
	if (own.type !== 'object') return whole;
	// A key result that is read by itself has neither URL.
	const added = [...whole.keys].filter(([key]) => !own.keys.has(key) && !URLS.has(key));
	const sometimes = [...whole.optional].filter((key) => !nullableKeys.has(key));
	return {
		type: 'object',
		keys: new Map([...own.keys, ...added]),
		optional: new Set([...own.optional, ...sometimes, ...added.map(([key]) => key)]),
	};
}

/** The shape of a list element, which has only the recorded keys. */
export function elementShape(sample: unknown, kind: string): ObjectShape {
	const list = shapeOf(sample);
	const own = list.type === 'list' ? list.element : undefined;
	return own?.type === 'object' ? own : listedShape(kind);
}

const listed = new Map<string, ObjectShape>();

/** The shape of an element in any recorded list of the kind. */
function listedShape(kind: string): ObjectShape {
	const known = listed.get(kind);
	if (known) return known;
	const { plural } = kinds.find(({ name }) => name === kind) ?? { plural: '' };
	const elements = Object.values(recorded).flatMap(({ body }) =>
		isObject(body) && Array.isArray(body[plural]) ? body[plural] : [],
	);
	const list = shapeOf(elements);
	const shape =
		list.type === 'list' && list.element?.type === 'object' ? list.element : fullShape(kind);
	listed.set(kind, shape);
	return shape;
}

/** A description with `plain_text_body`, which is only returned on request. */
const TEXT = shapeOf({ id: '', body: '', plain_text_body: '' });

/** Whether the values of a key were all recorded as numbers. */
export function isNumberKey(key: string): boolean {
	const types = typesOfKeys.get(key);
	return types?.size === 1 && types.has('number');
}

/** Whether a key without a value is null instead of omitted. */
export const isNullable = (key: string): boolean => nullableKeys.has(key);

/** Keeps only the given keys of a shape, and the id. */
/** A shape with the keys that another one has besides: some were recorded in lists only. */
export const withKeysOf = (shape: ObjectShape, other: ObjectShape): ObjectShape => ({
	...shape,
	keys: new Map([...other.keys, ...shape.keys]),
});

export function pickFields(shape: ObjectShape, fields: readonly string[]): ObjectShape {
	if (fields.includes('*')) return shape;
	const chosen = new Set(['id', ...fields]);
	const keys = new Map([...shape.keys].filter(([key]) => chosen.has(key)));
	if (chosen.has('plain_text_body') && keys.has('description')) keys.set('description', TEXT);
	return { type: 'object', keys, optional: shape.optional };
}
