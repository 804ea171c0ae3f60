import type { ObjectShape, Shape } from './shapes';
import { fullShape, innerShape, isNullable, isObject } from './shapes';
import type { Entity, Store } from './store';
import { valueOf } from './values';

const isEntity = (value: unknown): value is Entity =>
	isObject(value) && 'kind' in value && 'data' in value && 'id' in value;

/** A record in a given shape: the keys that Aha! gives there, filled from the record. */
export function render(store: Store, entity: Entity, shape: ObjectShape): Record<string, unknown> {
	const answer: Record<string, unknown> = {};
	for (const [key, part] of shape.keys) {
		const value = valueOf(store, entity, key);
		const isNone = value === undefined || value === null;
		if (isNone && (shape.optional.has(key) || isLeftOut(key, part))) continue;
		answer[key] = formed(store, value, part, key);
	}
	return answer;
}

/** Aha! leaves out most records that there are none of. */
const isLeftOut = (key: string, { is }: Shape): boolean => is === 'object' && !isNullable(key);

function formed(store: Store, value: unknown, shape: Shape, key: string): unknown {
	if (isEntity(value)) return render(store, value, recordShapeAt(shape, key, value));
	if (Array.isArray(value)) {
		const of = elementAt(shape, key);
		return value.map((element: unknown) =>
			isEntity(element)
				? render(store, element, recordShapeAt(of, key, element))
				: withRecords(store, element),
		);
	}
	if (value !== undefined) return withRecords(store, value);
	return shape.is === 'list' ? [] : null;
}

/** Plain values that hold records somewhere inside. */
function withRecords(store: Store, value: unknown): unknown {
	if (!isObject(value)) return value;
	if (!Object.values(value).some((part) => typeof part === 'object' && part !== null)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [
			key,
			formed(store, part, innerShape(key) ?? NO_SHAPE, key),
		]),
	);
}

const NO_SHAPE: Shape = { is: 'value', sample: null };

/** The shape of a record that stands in another one; what was recorded empty is known from elsewhere. */
function recordShapeAt(shape: Shape | undefined, key: string, { kind }: Entity): ObjectShape {
	if (shape?.is === 'object') return shape;
	const known = innerShape(key);
	if (known?.is === 'object') return known;
	if (known?.is === 'list' && known.of?.is === 'object') return known.of;
	const byKind = innerShape(kind.name);
	return byKind?.is === 'object' ? byKind : fullShape(kind.name);
}

function elementAt(shape: Shape, key: string): Shape | undefined {
	if (shape.is === 'list' && shape.of) return shape.of;
	const known = innerShape(key);
	return known?.is === 'list' ? known.of : undefined;
}
