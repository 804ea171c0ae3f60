import type { GenericValue, IDataObject } from 'n8n-workflow';
import { jsonParse, tryToParseDateTime, UserError } from 'n8n-workflow';

import { labelOf } from '../schema/fields';
import { recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import type { Field } from '../schema/types';
import { isObject } from '../transport/json';

/** What a value needs from its surroundings to be understood. */
export interface InputScope {
	/** The workflow's time zone, for moments typed without one. */
	readonly timezone: string;
	/** The account's host, so that a link into another account is refused. */
	readonly host: string;
}

/** A field with the name that the form shows for it. */
export type NamedField = Field & { readonly label: string };

type Parse = (value: unknown, field: NamedField, scope: InputScope) => GenericValue | IDataObject;

/** @throws UserError that names the field and says what it needs */
const refuse = ({ label }: NamedField, value: unknown, expected: string): never => {
	throw new UserError(`"${label}" must be ${expected}, not "${shorten(value)}"`);
};

const shorten = (value: unknown): string => {
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const isText = (value: unknown): value is string | number =>
	typeof value === 'string' || typeof value === 'number';

const parseText: Parse = (value, field) =>
	isText(value) || typeof value === 'boolean' ? String(value) : refuse(field, value, 'text');

const parseNumber: Parse = (value, field) => {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed)
		? parsed
		: refuse(field, value, 'a number');
};

const parseInteger: Parse = (value, field, scope) =>
	Number.isInteger(parseNumber(value, field, scope))
		? Number(value)
		: refuse(field, value, 'a whole number');

const parseBoolean: Parse = (value, field) => {
	if (typeof value === 'boolean') return value;
	const text = String(value).trim().toLowerCase();
	return text === 'true' || (text === 'false' ? false : refuse(field, value, 'true or false'));
};

/** The text of a date given as text, `Date` or Luxon's `DateTime` (what `$now` gives). */
const dateText = (value: unknown): string =>
	value !== null && typeof value === 'object'
		? String(JSON.parse(JSON.stringify(value)))
		: String(value);

// The day as it stands in the value: a day that is picked must not move with the time zone.
const parseDate: Parse = (value, field) => {
	const [day] =
		dateText(value)
			.trim()
			.match(/^\d{4}-\d{2}-\d{2}(?=$|[T ])/) ?? [];
	const moment = new Date(`${day}T00:00:00Z`);
	const real = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(`${day}T`);
	return day && real ? day : refuse(field, value, 'a date such as 2026-01-31');
};

const parseDateTime: Parse = (value, field, scope) => {
	try {
		const moment = tryToParseDateTime(dateText(value), scope.timezone);
		return moment.toUTC().toISO();
	} catch {
		return refuse(field, value, 'a date and time such as 2026-01-31T09:00:00Z');
	}
};

const parseChoice: Parse = (value, field) => {
	const choices = field.choices ?? [];
	const match = choices.find((choice) => String(choice.value) === String(value));
	return match
		? match.value
		: refuse(field, value, `one of ${choices.map((choice) => choice.value).join(', ')}`);
};

// n8n's picker gives #666666; a workflow may hand on the number that Aha! gave.
const parseColor: Parse = (value, field) => {
	const typed =
		typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : String(value);
	const [, digits] = typed.trim().match(/^#([\da-f]{6})$/i) ?? [];
	if (!digits) return refuse(field, value, 'a color such as #0073cf');
	return field.asNumber ? parseInt(digits, 16) : `#${digits.toLowerCase()}`;
};

const parseList: Parse = (value, field) => {
	const items: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
	if (!items.every(isText)) return refuse(field, value, 'a list of texts, such as one, two');
	const texts = items.map((item) => String(item).trim()).filter((item) => item !== '');
	const { each } = field;
	if (each) return texts.map((text) => ({ [each]: text })) as unknown as IDataObject;
	return field.joined ? texts.join(',') : texts;
};

const parseJson: Parse = (value, field) => {
	if (typeof value !== 'string') return value as IDataObject;
	try {
		return jsonParse<IDataObject>(value);
	} catch {
		return refuse(field, value, 'valid JSON');
	}
};

const parsePerson: Parse = (value, field) => {
	const email = String(locatorValue(value)).trim();
	return /^\S+@\S+$/.test(email) || /^\d+$/.test(email)
		? email
		: refuse(field, email, 'the email address of an Aha! user');
};

const parseRecord: Parse = (value, field, scope) => recordId(locatorValue(value), field, scope);

const parsers: Readonly<Record<Field['kind'], Parse>> = {
	text: parseText,
	html: parseText,
	number: parseNumber,
	integer: parseInteger,
	boolean: parseBoolean,
	date: parseDate,
	dateTime: parseDateTime,
	choice: parseChoice,
	color: parseColor,
	record: parseRecord,
	records: parseList,
	person: parsePerson,
	people: parseList,
	status: parseText,
	list: parseList,
	json: parseJson,
};

/** The value inside what n8n's resource locator gives; any other value as it is. */
export const locatorValue = (value: unknown): unknown =>
	isObject(value) && '__rl' in value ? value.value : value;

/** Whether a person left a field empty: nothing is sent for it. */
export const isEmpty = (value: unknown): boolean => {
	const inner = locatorValue(value);
	return inner === undefined || inner === null || inner === '';
};

/**
 * What Aha! takes for what a person typed.
 *
 * @throws UserError that names the field and says what it needs
 */
export function parseInput(
	value: unknown,
	field: NamedField,
	scope: InputScope,
): GenericValue | IDataObject {
	return parsers[field.kind](value, field, scope);
}

/** The field with its name in the form: its label, else Aha!'s name in Title Case. */
export const named = (name: string, field: Field): NamedField => ({
	...field,
	label: labelOf(name, field),
});

/**
 * The id or reference number of a record from what a person chose, typed or pasted.
 *
 * @throws UserError when it is empty, no id or reference, of another kind of record, or a link
 * into another account
 */
export function recordId(value: unknown, field: NamedField, scope: InputScope): string {
	const record = field.record as RecordName;
	const { label, example } = recordKinds[record];
	const expected = `the ID${example && /\D/.test(example) ? ` or reference, such as ${example},` : ''} of a ${label.toLowerCase()}`;
	const typed = isText(value) ? String(value).trim() : '';
	const id = /^https?:\/\//i.test(typed) ? idInUrl(typed, field, scope.host) : typed;
	if (!id || !/^[\w-]+$/.test(id)) return refuse(field, typed, expected);
	const other = kindOfReference(id);
	if (other && other !== record && isReferenceKind(record)) {
		return refuse(field, `${id}, a ${recordKinds[other].label.toLowerCase()}`, expected);
	}
	return id;
}

const isReferenceKind = (record: RecordName): boolean =>
	recordKinds[record].letter !== undefined || record === 'requirement_id';

/** The kind of record that a reference number names: `PRJ1-R-3` is a release. */
function kindOfReference(id: string): RecordName | undefined {
	const [, letters, number, second] =
		id.match(/^[A-Za-z]\w*(?:-([A-Z]+))?-(\d+)(?:-(\d+))?$/) ?? [];
	if (!number) return undefined;
	if (second) return letters ? undefined : 'requirement_id';
	const names = Object.keys(recordKinds) as RecordName[];
	return names.find((name) => recordKinds[name].letter === (letters ?? ''));
}

/** The id in the address of a record's page: its last part that looks like one. */
function idInUrl(typed: string, field: NamedField, host: string): string | undefined {
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url) return undefined;
	if (url.host !== host)
		return refuse(field, typed, `a link to ${host}, the account of the credential`);
	const parts = url.pathname.split('/').filter(Boolean);
	if (field.record === 'product_id') {
		return parts[parts.findIndex((part) => part === 'products' || part === 'projects') + 1];
	}
	return parts.findLast((part) =>
		/^(?:\d+|[A-Za-z]\w*(?:-[A-Z]+)?-\d+(?:-(?:KR-)?\d+)?)$/.test(part),
	);
}
