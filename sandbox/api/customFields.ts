import { invalid } from './errors';
import { labelOf } from './history';
import type { Entity, Store, Ref } from './store';
import { refTo } from './store';
import type { CustomValue } from './values';

/** The definition of a custom field for the kind of a record. */
export const definitionOf = (store: Store, entity: Entity, key: string): Entity | undefined =>
	store.first(
		'custom_field_definition',
		({ data }) => data.key === key && data.custom_fieldable_type === entity.kind.type,
	);

/**
 * Validates a value for a custom field.
 *
 * @returns the value as it is stored
 * @throws ApiError 422 when the field does not exist or the value is not one of its options
 */
export function customValue(
	store: Store,
	entity: Entity,
	key: string,
	value: unknown,
	current: CustomValue | undefined,
): CustomValue {
	const definition = knownDefinition(store, entity, key);
	const kept = checkedValue(store, entity, key, value);
	return {
		id: current?.id ?? store.newId(),
		definition: refTo(definition),
		updatedAt: new Date().toISOString().replace(/\.\d+/, ''),
		value: kept,
		...(definition.data.api_type === 'note' && { note: noteFor(store, entity, current, kept) }),
	};
}

function knownDefinition(store: Store, entity: Entity, key: string): Entity {
	const definition = definitionOf(store, entity, key);
	if (!definition) throw invalid(`Custom field ${key} is not defined for this record`);
	return definition;
}

/** As `customValue`, but returns only the value itself. */
export function checkedValue(store: Store, entity: Entity, key: string, value: unknown): unknown {
	const definition = knownDefinition(store, entity, key);
	return value === '' ? null : checked(store, definition, key, value);
}

function noteFor(
	store: Store,
	entity: Entity,
	current: CustomValue | undefined,
	value: unknown,
): Ref {
	const body = String(value ?? '');
	const note = store.resolve(current?.note);
	if (note) store.set(note, { body, updated_at: new Date().toISOString() });
	return refTo(note ?? store.add('note', { body, editor_version: 1, record: refTo(entity) }));
}

function checked(store: Store, definition: Entity, key: string, value: unknown): unknown {
	if (value === null) return null;
	const { api_type: type } = definition.data;
	if (type === 'number') {
		if (Number.isNaN(Number(value))) throw invalid(`${labelOf(key)} is not a number`);
		return Number(value);
	}
	if (type === 'date') {
		if (Number.isNaN(Date.parse(String(value)))) {
			throw invalid(`${labelOf(key)} is not a valid date`);
		}
		return String(value).slice(0, 10);
	}
	if (type === 'array') {
		const values = Array.isArray(value) ? value : String(value).split(',');
		return values.map((element) => optionOf(store, definition, key, String(element).trim()));
	}
	return optionOf(store, definition, key, value);
}

/** Finds an option by text or id. Fields without options accept any value. */
function optionOf(store: Store, definition: Entity, key: string, value: unknown): unknown {
	const options = [...store.referrers(definition, 'custom_field_option')];
	if (options.length === 0) return value;
	const found = options.find(({ id, data }) => id === String(value) || data.value === value);
	if (!found) throw invalid(`${labelOf(key)} is not included in the list`);
	return found.data.value;
}
