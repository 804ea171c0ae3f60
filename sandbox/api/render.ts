import type { ObjectShape, Shape } from './shapes';
import { fullShape, nestedShape, isNullable, isObject } from './shapes';
import type { Entity, Store } from './store';
import { valueOf } from './values';

const isEntity = (value: unknown): value is Entity =>
	isObject(value) && 'kind' in value && 'data' in value && 'id' in value;

/** Renders a record with the keys of a shape. */
export function render(store: Store, entity: Entity, shape: ObjectShape): Record<string, unknown> {
	const record: Record<string, unknown> = {};
	for (const [key, part] of shape.keys) {
		const value = valueOf(store, entity, key);
		const isNone = value === undefined || value === null;
		if (isNone && (shape.optional.has(key) || isOmitted(key, part))) continue;
		record[key] = renderValue(store, value, part, key);
	}
	return record;
}

/** Aha! omits most keys of nested records that do not exist. */
const isOmitted = (key: string, { type }: Shape): boolean => type === 'object' && !isNullable(key);

function renderValue(store: Store, value: unknown, shape: Shape, key: string): unknown {
	if (isEntity(value)) return render(store, value, recordShapeAt(shape, key, value));
	if (Array.isArray(value)) {
		const of = elementAt(shape, key);
		return value.map((element: unknown) =>
			isEntity(element)
				? render(store, element, recordShapeAt(of, key, element))
				: renderNested(store, element),
		);
	}
	if (value !== undefined) return renderNested(store, value);
	return shape.type === 'list' ? [] : null;
}

/** Renders records within plain values. */
function renderNested(store: Store, value: unknown): unknown {
	if (!isObject(value)) return value;
	if (!Object.values(value).some((part) => typeof part === 'object' && part !== null)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, part]) => [
			key,
			renderValue(store, part, nestedShape(key) ?? NO_SHAPE, key),
		]),
	);
}

const NO_SHAPE: Shape = { type: 'value', sample: null };

/** The shape of a nested record. If it was recorded empty, another recording has it. */
function recordShapeAt(shape: Shape | undefined, key: string, { kind }: Entity): ObjectShape {
	if (shape?.type === 'object') return shape;
	const known = nestedShape(key);
	if (known?.type === 'object') return known;
	if (known?.type === 'list' && known.element?.type === 'object') return known.element;
	const byKind = nestedShape(kind.name);
	return byKind?.type === 'object' ? byKind : fullShape(kind.name);
}

function elementAt(shape: Shape, key: string): Shape | undefined {
	if (shape.type === 'list' && shape.element) return shape.element;
	const known = nestedShape(key);
	return known?.type === 'list' ? known.element : undefined;
}
