import type { RecordName } from './records';
import type { Choice, Field, FieldKind } from './types';

type Extra = Omit<Partial<Field>, 'kind' | 'about'>;

const field =
	(kind: FieldKind) =>
	(about?: string, extra: Extra = {}): Field => ({ kind, about, ...extra });

/** One line of plain text. */
export const text = field('text');
/** Rich text: HTML as Aha!'s editor writes it. */
export const html = field('html');
/** Any number. */
export const number = field('number');
/** A whole number. */
export const integer = field('integer');
/** Yes or no; sent as `true` or `false`. */
export const boolean = field('boolean');
/** A calendar day, sent as `2026-01-31`. */
export const date = field('date');
/** A moment, sent as ISO 8601 in UTC. */
export const dateTime = field('dateTime');
/** A color, sent as `#666666`, or as a number with `asNumber`. */
export const color = field('color');
/** A user, given by e-mail address. */
export const person = field('person');
/** Several users, given by e-mail address. */
export const people = field('people');
/** Several values: an array, or text with commas. */
export const list = field('list');
/** Any JSON, for what has no form. */
export const json = field('json');

/**
 * One of a fixed set.
 *
 * @param values Aha!'s values, shown in Title Case; or pairs of what is shown and the value
 */
export const choice = (
	values: ReadonlyArray<string | readonly [string, string | number | boolean]>,
	about?: string,
	extra: Extra = {},
): Field => ({
	kind: 'choice',
	about,
	choices: values.map((value): Choice =>
		typeof value === 'string'
			? { name: titleCase(value), value }
			: { name: value[0], value: value[1] },
	),
	...extra,
});

/** A record, chosen from a list or given by id or reference. */
export const record = (name: RecordName, about?: string, extra: Extra = {}): Field => ({
	kind: 'record',
	record: name,
	about,
	...extra,
});

/** Several records of one kind, sent as a list of ids. */
export const records = (name: RecordName, about?: string, extra: Extra = {}): Field => ({
	kind: 'records',
	record: name,
	about,
	...extra,
});

/** A status of the workspace's workflow for this kind of record, by name. */
export const status = (name: RecordName, about?: string, extra: Extra = {}): Field => ({
	kind: 'status',
	record: name,
	about,
	...extra,
});

/** The name of a field in the form: what was given, else Aha!'s own in Title Case. */
export const labelOf = (name: string, { label, record: kind }: Field): string =>
	label ?? titleCase(kind ? name.replace(/_id$/, '') : name);

/** Words that n8n's interface rules write in their own way. */
const SPECIAL: Readonly<Record<string, string>> = {
	id: 'ID',
	ids: 'IDs',
	url: 'URL',
	html: 'HTML',
	okrs: 'OKRs',
	pi: 'PI',
	by: 'By',
	to: 'to',
	of: 'of',
	and: 'and',
	on: 'On',
	product: 'Workspace',
	project: 'Workspace',
	page: 'Note',
	task: 'To-Do',
};

/** `start_date` → `Start Date`, `product_id` → `Workspace ID`: Aha!'s words in n8n's casing. */
export function titleCase(name: string): string {
	return name
		.split(/[_ ]/)
		.map((word) => SPECIAL[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}
