import type { RecordName } from './records';
import type {
	Choice,
	ChoiceField,
	ColorField,
	Field,
	FieldOptions,
	LinkedRecordField,
	ListField,
	NamedField,
	NameList,
	NamesField,
	PeopleField,
	RecordField,
	RecordsField,
	SimpleField,
	WorkflowField,
} from './types';

/** Makes a field of one kind: what it is for, in one sentence, and its options. */
const fieldOf =
	<F extends Field>(kind: F['kind']) =>
	(description?: string, options: Omit<F, 'kind' | 'description'> = {} as F): F =>
		({ kind, description, ...options }) as F;

type Simple<Kind extends SimpleField['kind']> = FieldOptions & { readonly kind: Kind };

/** One line of plain text. */
export const text = fieldOf<Simple<'text'>>('text');
/** Rich text: HTML as Aha!'s editor writes it. */
export const html = fieldOf<Simple<'html'>>('html');
/** Code, in an editor for it. */
export const code = fieldOf<Simple<'code'>>('code');
/** Any number. */
export const number = fieldOf<Simple<'number'>>('number');
/** A whole number. */
export const integer = fieldOf<Simple<'integer'>>('integer');
/** Effort: text with units, sent as the key with `_text`; or a number in the units of the workspace. */
export const estimate = fieldOf<Simple<'estimate'>>('estimate');
/** A switch; sent as `true` or `false`. */
export const boolean = fieldOf<Simple<'boolean'>>('boolean');
/** A calendar day, sent as `2026-01-31`. */
export const date = fieldOf<Simple<'date'>>('date');
/** A moment, sent as ISO 8601 in UTC. */
export const dateTime = fieldOf<Simple<'dateTime'>>('dateTime');
/** A user, by email address. */
export const person = fieldOf<Simple<'person'>>('person');
/** Any JSON, for what has no form. */
export const json = fieldOf<Simple<'json'>>('json');
/** A color, sent as `#666666`, or as a number with `asNumber`. */
export const color = fieldOf<ColorField>('color');
/** Several users, by email address. */
export const people = fieldOf<PeopleField>('people');
/** Several values: an array, or text with commas. */
export const list = fieldOf<ListField>('list');

/**
 * One of a fixed set.
 *
 * @param values Aha!'s values, shown in Title Case; or pairs of what is shown and the value; or, where
 *   the value is empty, what is shown, a name for it, and the value
 */
export const choice = (
	values: ReadonlyArray<
		string | readonly [shown: string, value: string | number | boolean, sent?: '']
	>,
	description?: string,
	options: Omit<ChoiceField, 'kind' | 'choices' | 'description'> = {},
): ChoiceField => ({
	kind: 'choice',
	description,
	choices: values.map((value): Choice =>
		typeof value === 'string'
			? { name: titleCase(value), value }
			: { name: value[0], value: value[1], ...(value[2] !== undefined && { sent: value[2] }) },
	),
	...options,
});

type RecordOptions<F> = Omit<F, 'kind' | 'record' | 'description'>;

/** A record, chosen from a list or given by ID or reference. */
export const record = (
	name: RecordName,
	description?: string,
	options: RecordOptions<RecordField> = {},
): RecordField => ({ kind: 'record', record: name, description, ...options });

/**
 * A record of the kind that another field of the operation names.
 *
 * @param of name of that field
 * @param kinds the kind of record that each of its values means; others have no list
 */
export const linkedRecord = (
	of: string,
	kinds: LinkedRecordField['kinds'],
	options: Omit<LinkedRecordField, 'kind' | 'of' | 'kinds'> = {},
): LinkedRecordField => ({ kind: 'linkedRecord', of, kinds, ...options });

/** Several records of one kind, sent as a list of IDs. */
export const records = (
	name: RecordName,
	description?: string,
	options: RecordOptions<RecordsField> = {},
): RecordsField => ({ kind: 'records', record: name, description, ...options });

/** A status of the workspace's workflow for this kind of record, by name. */
export const status = (
	name: RecordName,
	description?: string,
	options: RecordOptions<WorkflowField> = {},
): WorkflowField => ({ kind: 'status', record: name, description, ...options });

/** A type that the workspace's workflow has for this kind of record, by name. */
export const workflowType = (
	name: RecordName,
	description?: string,
	options: RecordOptions<WorkflowField> = {},
): WorkflowField => ({ kind: 'type', record: name, description, ...options });

/** Something from a list of names. */
export const named = (
	list: NameList,
	description?: string,
	options: Omit<NamedField, 'kind' | 'list' | 'description'> = {},
): NamedField => ({ kind: 'named', list, description, ...options });

/** Several things from a list of names. */
export const names = (
	list: NameList,
	description?: string,
	options: Omit<NamesField, 'kind' | 'list' | 'description'> = {},
): NamesField => ({ kind: 'names', list, description, ...options });

/** The label of a field in the form: its own, else Aha!'s name in Title Case. */
export const labelOf = (name: string, field: Field): string =>
	field.label ?? titleCase('record' in field ? name.replace(/_id$/, '') : name);

/** A field with the label that the form shows. */
export type LabelledField = Field & { readonly label: string };

/** The field with its label. */
export const withLabel = (name: string, field: Field): LabelledField => ({
	...field,
	label: labelOf(name, field),
});

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
	for: 'for',
	per: 'per',
	in: 'in',
	with: 'with',
	product: 'Workspace',
	project: 'Workspace',
	page: 'Note',
	task: 'To-Do',
};

/** Those that are in lower case, but at the start of a title. */
const SMALL = new Set(Object.keys(SPECIAL).filter((word) => SPECIAL[word] === word));

/** `start_date` → `Start Date`, `product_id` → `Workspace ID`: Aha!'s words in n8n's casing. */
export function titleCase(name: string): string {
	return name
		.replaceAll(
			/([a-z])([A-Z])/g,
			(_, end: string, start: string) => `${end}_${start.toLowerCase()}`,
		)
		.split(/[_ ]/)
		.map((word, index) => {
			const special = index > 0 || !SMALL.has(word) ? SPECIAL[word] : undefined;
			return special ?? word.charAt(0).toUpperCase() + word.slice(1);
		})
		.join(' ');
}

/** The choices of a field; empty for other kinds and for no field. */
export const choicesOf = (field?: Field): readonly Choice[] =>
	field?.kind === 'choice' ? field.choices : [];
