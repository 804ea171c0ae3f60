import type { EndpointFacts } from '../aha-api';
import { recorded } from '../aha-api';
import { kinds } from './kinds';

/** What an answer looks like, read from Aha!'s recorded answers. */
export type Shape = ObjectShape | ListShape | ValueShape;

export interface ObjectShape {
	readonly is: 'object';
	readonly keys: ReadonlyMap<string, Shape>;
	/** Keys that only some answers have: left out where there is no value. */
	readonly optional: ReadonlySet<string>;
}

export interface ListShape {
	readonly is: 'list';
	/** Of one element; none where only empty lists were recorded. */
	readonly of?: Shape;
}

export interface ValueShape {
	readonly is: 'value';
	readonly sample: unknown;
}

const NONE: ReadonlySet<string> = new Set();

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same without some keys. */
export const without = (
	record: Record<string, unknown>,
	...keys: string[]
): Record<string, unknown> =>
	Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

export function shapeOf(sample: unknown): Shape {
	if (Array.isArray(sample)) {
		const elements = sample.map(shapeOf);
		return elements.length > 0 ? { is: 'list', of: elements.reduce(merged) } : { is: 'list' };
	}
	if (isObject(sample)) {
		const keys = new Map(Object.entries(sample).map(([key, value]) => [key, shapeOf(value)]));
		return { is: 'object', keys, optional: NONE };
	}
	return { is: 'value', sample };
}

/** What both have, and what only one has as optional. */
function merged(a: Shape, b: Shape): Shape {
	if (a.is === 'object' && b.is === 'object') {
		const names = [...new Set([...a.keys.keys(), ...b.keys.keys()])];
		const optional = names.filter((name) => !a.keys.has(name) || !b.keys.has(name));
		return {
			is: 'object',
			keys: new Map(names.map((name) => [name, either(a.keys.get(name), b.keys.get(name))])),
			optional: new Set([...a.optional, ...b.optional, ...optional]),
		};
	}
	if (a.is === 'list' && b.is === 'list') {
		return a.of || b.of ? { is: 'list', of: either(a.of, b.of) } : a;
	}
	if (a.is !== 'value') return a;
	if (b.is !== 'value') return b;
	return a.sample === null ? b : a;
}

const either = (a?: Shape, b?: Shape): Shape => (a && b ? merged(a, b) : ((a ?? b) as Shape));

/** Shapes of whole records, and of records within others by the key that they stand under. */
const full = new Map<string, ObjectShape>();
const inner = new Map<string, Shape>();
/** Keys that are there without a value; others are left out then. */
const nullable = new Set<string>();

function learn(value: unknown, depth: number): void {
	if (Array.isArray(value)) for (const element of value) learn(element, depth);
	if (!isObject(value)) return;
	for (const [key, part] of Object.entries(value)) {
		const shape = shapeOf(part);
		if (part === null) nullable.add(key);
		if (depth > 0 && shape.is !== 'value') inner.set(key, either(inner.get(key), shape));
		learn(part, depth + 1);
	}
}

for (const [route, { body }] of Object.entries(recorded)) {
	if (route.includes('fields=')) continue;
	learn(body, 0);
	if (!isObject(body)) continue;
	for (const { name } of kinds) {
		const shape = name in body ? shapeOf(body[name]) : undefined;
		if (shape?.is === 'object') full.set(name, either(full.get(name), shape) as ObjectShape);
	}
}
for (const { name, plural } of kinds) {
	const shape = inner.get(name);
	const lists = Object.values(recorded).flatMap(({ body }) =>
		isObject(body) && Array.isArray(body[plural]) ? body[plural] : [],
	);
	const list = lists.length > 0 ? shapeOf(lists) : undefined;
	const element = list?.is === 'list' ? list.of : undefined;
	if (!full.has(name) && element?.is === 'object') full.set(name, element);
	if (!full.has(name) && shape?.is === 'object') full.set(name, shape);
}

const EMPTY: ObjectShape = { is: 'object', keys: new Map(), optional: NONE };

/** All that is known of a kind of record. */
export const fullShape = (kind: string): ObjectShape => full.get(kind) ?? EMPTY;

/** What stands under a key within a record, where the recording at hand has none. */
export const innerShape = (key: string): Shape | undefined => inner.get(key);

const keyOf = ({ method, path }: Pick<EndpointFacts, 'method' | 'path'>): string =>
	`${method} ${path}`;

/** The body that was recorded for an endpoint. */
export const recordedBody = (endpoint: Pick<EndpointFacts, 'method' | 'path'>): unknown =>
	recorded[keyOf(endpoint)]?.body;

/** A record in the answer of an endpoint: what was recorded there, and what other answers add. */
export function recordShape(sample: unknown, kind: string): ObjectShape {
	const whole = fullShape(kind);
	const own = shapeOf(sample);
	if (own.is !== 'object') return whole;
	const added = [...whole.keys].filter(([key]) => !own.keys.has(key));
	const sometimes = [...whole.optional].filter((key) => !nullable.has(key));
	return {
		is: 'object',
		keys: new Map([...own.keys, ...added]),
		optional: new Set([...own.optional, ...sometimes, ...added.map(([key]) => key)]),
	};
}

/** An element of a list, as few keys as Aha! gives unless asked for more. */
export function elementShape(sample: unknown, kind: string): ObjectShape {
	const list = shapeOf(sample);
	const own = list.is === 'list' ? list.of : undefined;
	return own?.is === 'object' ? own : listedShape(kind);
}

const listed = new Map<string, ObjectShape>();

/** An element of any list of this kind. */
function listedShape(kind: string): ObjectShape {
	const known = listed.get(kind);
	if (known) return known;
	const { plural } = kinds.find(({ name }) => name === kind) ?? { plural: '' };
	const elements = Object.values(recorded).flatMap(({ body }) =>
		isObject(body) && Array.isArray(body[plural]) ? body[plural] : [],
	);
	const list = shapeOf(elements);
	const shape = list.is === 'list' && list.of?.is === 'object' ? list.of : fullShape(kind);
	listed.set(kind, shape);
	return shape;
}

/** A description with its text without marks, where that is asked for. */
const TEXT = shapeOf({ id: '', body: '', plain_text_body: '' });

/** Whether a key stands without a value where it has none. */
export const isNullable = (key: string): boolean => nullable.has(key);

/** The chosen keys of a shape; the id is always among them. */
export function chosenShape(shape: ObjectShape, fields: readonly string[]): ObjectShape {
	if (fields.includes('*')) return shape;
	const chosen = new Set(['id', ...fields]);
	const keys = new Map([...shape.keys].filter(([key]) => chosen.has(key)));
	if (chosen.has('plain_text_body') && keys.has('description')) keys.set('description', TEXT);
	return { is: 'object', keys, optional: shape.optional };
}
