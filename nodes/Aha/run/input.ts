import type { GenericValue, IDataObject } from 'n8n-workflow';
import { isResourceLocatorValue, jsonParse, tryToParseDateTime } from 'n8n-workflow';

import type { LabelledField } from '../schema/fields';
import type { FieldKind } from '../schema/types';
import { rejectInput, rejectName } from './inputError';
import type { NamedRecords } from './namedRecords';
import type { LabelledRecordField } from './references';
import { recordId } from './references';

/** What a value needs from its surroundings to be understood. */
export interface InputScope {
	/** The workflow's time zone, for moments typed without one. */
	readonly timezone: string;
	/** The account's host, so that a link to another account is refused. */
	readonly host: string;
	/** The records of the names in the items; without it, names are no records. */
	readonly named?: NamedRecords;
}

type Parsed = GenericValue | IDataObject;

type FieldOf<Kind extends FieldKind> = LabelledField & { readonly kind: Kind };

type Parse<Kind extends FieldKind = FieldKind> = (
	value: unknown,
	field: FieldOf<Kind>,
	scope: InputScope,
) => Parsed;

const isText = (value: unknown): value is string | number =>
	typeof value === 'string' || typeof value === 'number';

const parseText: Parse = (value, field) =>
	isText(value) || typeof value === 'boolean' ? String(value) : rejectInput(field, value, 'text');

const parseNamed: Parse = (value, field, scope) => parseText(locatorValue(value), field, scope);

const parseNumber: Parse = (value, field) => {
	const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof parsed === 'number' && Number.isFinite(parsed)
		? parsed
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
	const text = String(value).trim().toLowerCase();
	return text === 'true' || (text === 'false' ? false : rejectInput(field, value, 'true or false'));
};

/** The text of a date given as text, `Date` or Luxon's `DateTime` (what `$now` gives). */
const dateText = (value: unknown): string =>
	value !== null && typeof value === 'object'
		? String(JSON.parse(JSON.stringify(value)))
		: String(value);

// The day is taken as written: a day that is picked must not move with the time zone.
const parseDate: Parse = (value, field) => {
	const [day] =
		dateText(value)
			.trim()
			.match(/^\d{4}-\d{2}-\d{2}(?=$|[T ])/) ?? [];
	const moment = new Date(`${day}T00:00:00Z`);
	const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(`${day}T`);
	return day && exists ? day : rejectInput(field, value, 'a date such as 2026-01-31');
};

const parseDateTime: Parse = (value, field, scope) => {
	try {
		const moment = tryToParseDateTime(dateText(value), scope.timezone);
		return moment.toUTC().toISO();
	} catch {
		return rejectInput(field, value, 'a date and time such as 2026-01-31T09:00:00Z');
	}
};

const parseChoice: Parse<'choice'> = (value, field) => {
	const match = field.choices.find((choice) => String(choice.value) === String(value));
	if (match) return match.sent ?? match.value;
	const known = field.choices.map((choice) => choice.value).join(', ');
	return rejectInput(field, value, `one of ${known}`);
};

// n8n's color picker gives #666666; an expression may give the number that Aha! returned.
const parseColor: Parse<'color'> = (value, field) => {
	const typed =
		typeof value === 'number' ? `#${value.toString(16).padStart(6, '0')}` : String(value);
	const [, digits] = typed.trim().match(/^#([\da-f]{6})$/i) ?? [];
	if (!digits) return rejectInput(field, value, 'a color such as #0073cf');
	return field.asNumber ? parseInt(digits, 16) : `#${digits.toLowerCase()}`;
};

const parseList: Parse<'list' | 'people' | 'records'> = (value, field) => {
	const items: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
	if (!items.every(isText)) return rejectInput(field, value, 'a list of texts, such as one, two');
	const texts = items.map((item) => String(item).trim()).filter((item) => item !== '');
	const { wrapEachIn } = field;
	if (wrapEachIn) return texts.map((text) => ({ [wrapEachIn]: text })) as unknown as IDataObject;
	return field.commaSeparated ? texts.join(',') : texts;
};

const parseJson: Parse = (value, field) => {
	if (typeof value !== 'string') return value as IDataObject;
	try {
		return jsonParse<IDataObject>(value);
	} catch {
		return rejectInput(field, value, 'valid JSON');
	}
};

const parsePerson: Parse = (value, field) => {
	const email = String(locatorValue(value)).trim();
	return /^\S+@\S+$/.test(email) || /^\d+$/.test(email)
		? email
		: rejectInput(field, email, 'the email address of an Aha! user');
};

const parseRecord: Parse<'record'> = (value, field, { host, named }) => {
	const given = locatorValue(value);
	if (field.byName && isName(given)) return given.trim();
	const found = named?.(field.record, given);
	if (found) return 'id' in found ? found.id : rejectName(field, given, found.problem);
	return recordId(given, field as LabelledRecordField, host);
};

const parseRecords: Parse<'records'> = (value, field, scope) => {
	const parsed = parseList(value, field, scope);
	if (!Array.isArray(parsed)) return parsed;
	return (parsed as string[]).map((text) => {
		if (typeof text !== 'string') return text;
		const found = scope.named?.(field.record, text);
		if (!found) return text;
		return 'id' in found ? found.id : rejectName(field, text, found.problem);
	});
};

const parseLinkedRecord: Parse<'linkedRecord'> = (value, field, { host }) =>
	recordId(locatorValue(value), field, host);

/** Whether a text can only be a record's name: no ID, reference number or link. */
const isName = (value: unknown): value is string =>
	typeof value === 'string' && /[^\w-]/.test(value.trim()) && !/^https?:\/\//i.test(value.trim());

const parsers: { readonly [Kind in FieldKind]: Parse<Kind> } = {
	text: parseText,
	html: parseText,
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
	people: parseList,
	status: parseNamed,
	type: parseNamed,
	list: parseList,
	json: parseJson,
};

/** The value inside what n8n's resource locator gives; any other value unchanged. */
export const locatorValue = (value: unknown): unknown =>
	isResourceLocatorValue(value) ? value.value : value;

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
