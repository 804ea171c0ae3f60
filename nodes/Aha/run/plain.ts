import type { LabelledField } from '../schema/fields';
import type { FieldKind } from '../schema/types';
import { isObject } from '../transport/json';
import { rejectInput, rejectRounded } from './inputError';

/** Keys of Aha!'s own records that name them for a kind of field, the best first. */
const KEYS: { readonly [Kind in FieldKind]?: readonly string[] } = {
	person: ['email', 'id'],
	people: ['email', 'id'],
	record: ['id', 'reference_num'],
	records: ['id', 'reference_num'],
	linkedRecord: ['id', 'reference_num'],
	status: ['name'],
	type: ['name'],
};

/**
 * The text or number in a value: of a record of Aha!'s, what names it.
 *
 * @throws UserError when it is another object, or a number that has lost digits
 */
export function plainValue(value: unknown, field: LabelledField): unknown {
	const keys = KEYS[field.kind];
	if (!isObject(value)) return exact(value, field);
	const key = keys?.find((candidate) => isText(value[candidate]));
	if (key !== undefined) return exact(value[key], field);
	const known = Object.keys(value).filter((candidate) => isText(value[candidate]));
	const hint = known.length > 0 ? `: take one of its keys (${known.slice(0, 5).join(', ')})` : '';
	return rejectInput(field, value, `${EXPECTED[field.kind] ?? 'text'}${hint}`);
}

const EXPECTED: { readonly [Kind in FieldKind]?: string } = {
	person: 'the email address of an Aha! user',
	people: 'email addresses of Aha! users',
	record: 'the ID of a record',
	records: 'IDs of records',
	linkedRecord: 'the ID of a record',
};

/** Whether a value is text, or a number that text can be made of. */
export const isText = (value: unknown): value is string | number =>
	typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));

/**
 * Any value as text, without blanks around it: a date in ISO 8601, another object as JSON. `String`
 * throws for some objects.
 */
export function textOf(value: unknown): string {
	const isComplex = typeof value === 'object' && value !== null;
	const plain: unknown = isComplex ? JSON.parse(JSON.stringify(value) ?? 'null') : value;
	return (typeof plain === 'object' ? JSON.stringify(plain) : String(plain)).trim();
}

/** @throws UserError for a whole number beyond 2^53: JavaScript has rounded it */
export function exact<T>(value: T, field: { readonly label: string }): T {
	if (isRounded(value)) rejectRounded(field, value);
	return value;
}

const isRounded = (value: unknown): value is number =>
	typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER && Number.isFinite(value);

/** The same for each number in an object or array. */
export function assertExact(value: unknown, field: { readonly label: string }): void {
	if (typeof value === 'number' && !Number.isFinite(value)) {
		rejectInput(field, String(value), 'valid JSON');
	}
	exact(value, field);
	if (typeof value !== 'object' || value === null) return;
	for (const inner of Object.values(value)) assertExact(inner, field);
}
