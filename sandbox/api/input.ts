import { invalid } from './errors';
import { isId } from './ids';
import type { Kind } from './kinds';
import { kindOfType } from './kinds';
import { documentTypeOf } from './documentTypes';
import { labelOf } from './history';
import { storedKey, referenceTarget, referenceListTarget } from './relations';
import { fullShape, isObject } from './shapes';
import type { Entity, Store, Ref } from './store';
import { refTo } from './store';
import type { Assignee } from './values';
import { allStatusesOf, workflowKindsOf } from './workflows';

/** The values for a record in a request body, parsed. */
export interface Input {
	/** Plain values and references. */
	readonly values: Record<string, unknown>;
	/** Texts of notes by key. */
	readonly notes: Record<string, string>;
	/** Values of custom fields by key. */
	readonly custom: Record<string, unknown>;
}

/** Keys that have another name in requests than in responses. */
const RENAMED: Readonly<Record<string, string>> = {
	'release_phase.phase_type': 'type',
	'product.prefix': 'reference_prefix',
	'task.assigned_to_users': 'assignees',
	'portal_user.max_endorsement_override': 'max_endorsements_override',
};

/** Keys that only Aha! itself sets. */
const READ_ONLY = new Set([
	'id',
	'reference_num',
	'url',
	'resource',
	'updated_at',
	'comments_count',
]);

const isBlank = (value: unknown): boolean =>
	value === null || value === undefined || value === '' || value === 'none';

/**
 * Parses the values for a record in a request body.
 *
 * @throws ApiError 422 when Aha! would not accept a value
 */
export function readInput(store: Store, kind: Kind, body: Record<string, unknown>): Input {
	const input: Input = { values: {}, notes: {}, custom: {} };
	for (const [given, value] of Object.entries(body)) {
		const key = storedKey(RENAMED[`${kind.name}.${given}`] ?? given);
		if (READ_ONLY.has(key) || value === undefined) continue;
		if (key === 'custom_fields') Object.assign(input.custom, customFieldsIn(value));
		else if (referenceTarget(key, kind.name) === 'note') input.notes[key] = toText(value);
		else input.values[key] = parseValue(store, kind, key, value);
	}
	resolveTypedReference(store, input.values, 'taskable');
	resolveTypedReference(store, input.values, 'linked_record');
	return input;
}

function customFieldsIn(value: unknown): Record<string, unknown> {
	if (!Array.isArray(value)) return isObject(value) ? value : {};
	return Object.fromEntries(
		value.filter(isObject).map(({ key, value: given }) => [String(key), given]),
	);
}

const toText = (value: unknown): string =>
	isBlank(value) ? '' : String(isObject(value) ? (value.body ?? '') : (value as string));

function parseValue(store: Store, kind: Kind, key: string, value: unknown): unknown {
	if (key === 'workflow_status') return statusOf(store, kind, value);
	if (key === 'workflow_kind') return workflowKindOf(store, kind, value);
	if (key === 'document_type') return isBlank(value) ? null : documentTypeOf(value);
	if (key === 'tags') return toTags(value);
	if (key === 'assignees') return toList(value).map((person) => parseAssignee(store, person));
	const target = referenceTarget(key, kind.name);
	if (target) return isBlank(value) ? null : parseReference(store, target, key, value);
	const many = referenceListTarget(key);
	if (many) return toList(value).map((element) => parseReference(store, many, key, element));
	return parsePlainValue(store, kind, key, value);
}

const parseAssignee = (store: Store, person: unknown): Assignee => ({
	id: store.newId(),
	user: parseReference(store, 'user', 'assigned_to_users', person),
	status: 'pending',
});

/** Accepts an array or comma-separated text. */
function toList(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	if (isBlank(value)) return [];
	return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : [value];
}

const toTags = (value: unknown): string[] => [
	...new Set(
		toList(value)
			.map((tag) => String(isObject(tag) ? tag.name : tag))
			.filter(Boolean),
	),
];

/** @throws ApiError 422 when the record does not exist */
function parseReference(store: Store, name: string, key: string, value: unknown): Ref {
	const given = isObject(value) ? (value.id ?? value.email ?? value.name) : value;
	const found = isBlank(given) ? undefined : findByText(store, name, String(given));
	if (!found) throw invalid(`${labelOf(key)} must exist`);
	return refTo(found);
}

/** Finds a record by id, reference number, email or name. */
export function findByText(store: Store, name: string, text: string): Entity | undefined {
	const found = store.find(name, text);
	if (found || isId(text)) return found;
	const wanted = text.toLowerCase();
	return store.first(name, ({ data }) =>
		[data.email, data.name].some((known) => String(known ?? '').toLowerCase() === wanted),
	);
}

const statusOf = (store: Store, kind: Kind, value: unknown): Ref =>
	oneOf(allStatusesOf(store, kind.name), value, 'Workflow status is not valid');

const workflowKindOf = (store: Store, kind: Kind, value: unknown): Ref =>
	oneOf(workflowKindsOf(store, kind.name), value, 'Workflow kind is not valid');

function oneOf(candidates: Entity[], value: unknown, message: string): Ref {
	const given = String(isObject(value) ? (value.id ?? value.name) : value).toLowerCase();
	const found = candidates.find(
		({ id, data }) => id === given || String(data.name).toLowerCase() === given,
	);
	if (!found) throw invalid(message);
	return refTo(found);
}

const DATE = /^\d{4}-\d{2}-\d{2}(T.*)?$/;
const LONGEST_NAME = 255;

/** Converts a plain value to the type that Aha! returns. */
function parsePlainValue(store: Store, kind: Kind, key: string, value: unknown): unknown {
	const label = labelOf(key);
	if (key === 'name' && String(value).length > LONGEST_NAME) {
		throw invalid(`${label} is too long (maximum is ${LONGEST_NAME} characters)`);
	}
	if (/(_date|_on)$/.test(key)) {
		if (isBlank(value)) return null;
		if (!DATE.test(String(value)) || Number.isNaN(Date.parse(String(value)))) {
			throw invalid(`${label} is not a valid date`);
		}
		return String(value).slice(0, 10);
	}
	const shape = fullShape(kind.name).keys.get(key);
	if (shape?.type === 'object' && shape.keys.has('name') && !isObject(value)) {
		return isBlank(value) ? null : { id: store.newId(), name: String(value as string) };
	}
	const type = shape?.type === 'value' ? typeof shape.sample : 'object';
	if (type === 'number') return toNumber(label, value);
	if (type === 'boolean') return value === true || value === 'true' || value === 1 || value === '1';
	if (type === 'string' && !isBlank(value)) {
		if (isObject(value) || Array.isArray(value)) throw invalid(`${label} is not valid`);
		return String(value as string | number);
	}
	return value;
}

function toNumber(label: string, value: unknown): number | null {
	if (isBlank(value)) return null;
	const color = /^#([0-9a-f]{6})$/i.exec(String(value));
	const number = color ? Number.parseInt(color[1], 16) : Number(value);
	if (Number.isNaN(number)) throw invalid(`${label} is not a number`);
	return number;
}

/** Resolves a pair of keys such as `taskable_type` and `taskable_id`. */
function resolveTypedReference(store: Store, values: Record<string, unknown>, stem: string): void {
	const [type, id] = [values[`${stem}_type`], values[`${stem}_id`]];
	if (isBlank(id)) return;
	const kind = kindOfType(String(type));
	const found = kind && store.find(kind.name, String(id));
	if (!found) throw invalid(`${labelOf(stem)} must exist`);
	values[stem] = refTo(found);
}
