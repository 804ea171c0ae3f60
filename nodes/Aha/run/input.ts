import type { GenericValue, IDataObject } from 'n8n-workflow';
import { isResourceLocatorValue } from 'n8n-workflow';

import type { LabelledField } from '../schema/fields';
import type { RecordName } from '../schema/records';
import type { FieldKind, ListField } from '../schema/types';
import { isObject, parseJson } from '../transport/json';
import { dayOf, momentOf } from './dates';
import { rejectInput, rejectName } from './inputError';
import type { NamedRecords } from './namedRecords';
import { assertExact, exact, isText, plainValue, textOf } from './plain';
import { recordId } from './references';
import type { TextFormat } from './richText';
import { toHtml } from './richText';

/** What a value needs from its surroundings to be understood. */
export interface InputScope {
	/** The workflow's time zone, for moments typed without one. */
	readonly timezone: string;
	/** The account's host, so that a link to another account is refused. */
	readonly host: string;
	/** The records of the names in the items; without it, names are no records. */
	readonly named?: NamedRecords;
	/** Is told the label of each field that was added and left empty, and so is not sent. */
	readonly onLeftOut?: (label: string) => void;
	/** What rich text is written in; `detect` unless given. */
	readonly format?: TextFormat;
}

type Parsed = GenericValue | IDataObject;

type FieldOf<Kind extends FieldKind> = LabelledField & { readonly kind: Kind };

type Parse<Kind extends FieldKind = FieldKind> = (
	value: unknown,
	field: FieldOf<Kind>,
	scope: InputScope,
) => Parsed;

const parseText: Parse = (value, field) => {
	const plain = plainValue(value, field);
	return isText(plain) || typeof plain === 'boolean'
		? String(plain)
		: rejectInput(field, value, 'text');
};

const parseRichText: Parse = (value, field, scope) =>
	toHtml(String(parseText(value, field, scope)), scope.format ?? 'detect');

const parseNamed: Parse = (value, field, scope) => parseText(locatorValue(value), field, scope);

const parseNumber: Parse = (value, field) => {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed)
		? exact(parsed, field)
		: rejectInput(field, value, 'a number');
};

const parseInteger: Parse = (value, field, scope) =>
	Number.isInteger(parseNumber(value, field, scope))
		? Number(value)
		: rejectInput(field, value, 'a whole number');

/** Whether a text is an effort with units: `2d 1h`, `4p`, `58min`. */
const HAS_UNITS = /^(\d+([.,]\d+)? ?[a-z]+\s*)+$/i;

// Text with units and a number are two parameters in Aha!; `collect` tells them apart.
const parseEstimate: Parse = (value, field, scope) => {
	if (typeof value === 'string' && HAS_UNITS.test(value.trim())) return value.trim();
	if (typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Number(value)))) {
		return parseNumber(value, field, scope);
	}
	return rejectInput(field, value, 'an effort such as 2d 1h or 4p, or a number');
};

const parseBoolean: Parse = (value, field) => {
	if (typeof value === 'boolean') return value;
	const text = textOf(value).toLowerCase();
	return text === 'true' || (text === 'false' ? false : rejectInput(field, value, 'true or false'));
};

const parseDate: Parse = (value, field, { timezone }) =>
	dayOf(value, timezone) ?? rejectInput(field, value, 'a date such as 2026-01-31');

const parseDateTime: Parse = (value, field, { timezone }) =>
	momentOf(value, timezone) ??
	rejectInput(field, value, 'a date and time such as 2026-01-31T09:00:00Z');

const parseChoice: Parse<'choice'> = (value, field) => {
	const match = field.choices.find((choice) => String(choice.value) === textOf(value));
	if (match) return match.sent ?? match.value;
	const known = field.choices.map((choice) => choice.value).join(', ');
	return rejectInput(field, value, `one of ${known}`);
};

// n8n's color picker gives #666666; an expression may give the number that Aha! returned.
const parseColor: Parse<'color'> = (value, field) => {
	const typed =
		typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : textOf(value);
	const [, digits] = typed.match(/^#([\da-f]{6})$/i) ?? [];
	if (!digits) return rejectInput(field, value, 'a color such as #0073cf');
	return field.asNumber ? parseInt(digits, 16) : `#${digits.toLowerCase()}`;
};

/** The values of a list: an array, also as JSON, or text with commas; empty ones are left out. */
function listItems(value: unknown, field: LabelledField): string[] {
	const items = typeof value === 'string' ? splitText(value) : [value].flat();
	const plain = items.map((item) => plainValue(locatorValue(item), field));
	if (!plain.every(isText)) {
		return rejectInput(field, value, 'a list, such as one, two or ["one", "two"]');
	}
	return plain.map((item) => String(item).trim()).filter((item) => item !== '');
}

/** The parts of a list that is text: with commas, or as JSON, which AI models give. */
export function splitText(value: string): unknown[] {
	if (!IS_ARRAY.test(value)) return value.split(',');
	const parsed = parseJsonText(value);
	return Array.isArray(parsed) ? parsed : [parsed];
}

const IS_ARRAY = /^\s*\[/;

/** The items as Aha! takes them. */
function asSent(
	items: string[],
	{ wrapEachIn, commaSeparated }: Pick<ListField, 'wrapEachIn' | 'commaSeparated'>,
): Parsed {
	if (wrapEachIn) return items.map((item) => ({ [wrapEachIn]: item })) as unknown as IDataObject;
	return commaSeparated ? items.join(',') : items;
}

const parseList: Parse<'list' | 'names'> = (value, field) => asSent(listItems(value, field), field);

/** IDs, references or emails in one text; a name may have commas in it. */
const separated = (item: string): string[] =>
	/^[^\s,]+(?:,\s*[^\s,]+)+$/.test(item) ? item.split(/,\s*/) : [item];

const parsePeople: Parse<'people'> = (value, field, scope) =>
	asSent(
		listItems(value, field)
			.flatMap(separated)
			.map((item) => emailOf(item, field, scope)),
		field,
	);

const parseRecords: Parse<'records'> = (value, field, { host, named }) =>
	asSent(
		listItems(value, field)
			.flatMap(separated)
			.map((item) => recordOrName(item, field, { host, named })),
		field,
	);

/** Text as JSON, with long numbers as text; undefined where it is none. */
function parseJsonText(value: string): unknown {
	const parsed = parseJson(value.trim());
	return parsed === value.trim() ? undefined : parsed;
}

const parseJsonField: Parse<'json'> = (value, field) => {
	const parsed = typeof value === 'string' ? parseJsonText(value) : value;
	if (parsed === undefined) return rejectInput(field, value, 'valid JSON');
	assertExact(parsed, field);
	return parsed as IDataObject;
};

/** What Aha! knows a user by, also where the user is given by name. */
function emailOf(
	value: string,
	field: LabelledField,
	{ named }: Pick<InputScope, 'named'>,
): string {
	if (/^\S+@\S+$/.test(value) || /^\d+$/.test(value)) return value;
	const found = named?.('user_id', value);
	if (!found) return rejectInput(field, value, 'the email address of an Aha! user');
	return 'id' in found ? (found.email ?? found.id) : rejectName(field, value, found.problem);
}

const parsePerson: Parse = (value, field, scope) => {
	const plain = plainValue(locatorValue(value), field);
	return emailOf(isText(plain) ? String(plain).trim() : JSON.stringify(plain), field, scope);
};

/** A record, or its name where Aha! takes that. */
const recordOrName = (
	value: unknown,
	field: LabelledField & { readonly record: RecordName; readonly byName?: boolean },
	scope: Pick<InputScope, 'host' | 'named'>,
): string =>
	field.byName && isSentAsName(value) ? value.trim() : recordOf(field.record, value, field, scope);

/** The ID or reference of a record, also where it is given by its name. */
function recordOf(
	kind: string,
	value: unknown,
	field: LabelledField & { readonly record?: RecordName },
	{ host, named }: Pick<InputScope, 'host' | 'named'>,
): string {
	const found = named?.(kind, value);
	if (found) return 'id' in found ? found.id : rejectName(field, value, found.problem);
	return recordId(value, field, host);
}

const parseRecord: Parse<'record'> = (value, field, scope) =>
	recordOrName(plainValue(locatorValue(value), field), field, scope);

const parseLinkedRecord: Parse<'linkedRecord'> = (value, field, scope) =>
	recordOf(field.of, plainValue(locatorValue(value), field), field, scope);

/** Whether a text goes to Aha! as a name: it has what no ID or reference number has, and is no link. */
const isSentAsName = (value: unknown): value is string =>
	typeof value === 'string' && /[^\w-]/.test(value.trim()) && !/^https?:\/\//i.test(value.trim());

const parsers: { readonly [Kind in FieldKind]: Parse<Kind> } = {
	text: parseText,
	html: parseRichText,
	code: parseText,
	number: parseNumber,
	integer: parseInteger,
	estimate: parseEstimate,
	boolean: parseBoolean,
	date: parseDate,
	dateTime: parseDateTime,
	choice: parseChoice,
	color: parseColor,
	record: parseRecord,
	linkedRecord: parseLinkedRecord,
	records: parseRecords,
	person: parsePerson,
	people: parsePeople,
	status: parseNamed,
	type: parseNamed,
	named: parseNamed,
	list: parseList,
	names: parseList,
	json: parseJsonField,
};

/**
 * The value inside what n8n's resource locator gives; any other value unchanged. One that was only
 * added to a collection has no mark of n8n's.
 */
export const locatorValue = (value: unknown): unknown =>
	isResourceLocatorValue(value) || isAddedLocator(value) ? value.value : value;

const isAddedLocator = (value: unknown): value is IDataObject =>
	isObject(value) && Object.keys(value).sort().join() === 'mode,value';

/** Whether a person left a field empty. */
export const isEmpty = (value: unknown): boolean => {
	const inner = locatorValue(value);
	return inner === undefined || inner === null || inner === '';
};

/**
 * What Aha! takes for what a person typed.
 *
 * @throws UserError that names the field and says what it needs
 */
export const parseInput = (value: unknown, field: LabelledField, scope: InputScope): Parsed =>
	// The field's kind picks the parser that takes it.
	(parsers[field.kind] as Parse)(value, field, scope);
