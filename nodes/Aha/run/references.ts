import type { LabelledField } from '../schema/fields';
import { recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import { rejectInput } from './inputError';

/** A field for one record, with its label. */
export type LabelledRecordField = LabelledField & { readonly record: RecordName };

/**
 * The ID or reference number of a record from what a person chose, typed or pasted.
 *
 * @param host the account's host: a link to another account is refused
 * @throws UserError when it is empty, no ID or reference, or of another kind of record
 */
export function recordId(value: unknown, field: LabelledRecordField, host: string): string {
	const { label, example } = recordKinds[field.record];
	const expected = `the ID${example && /\D/.test(example) ? ` or reference, such as ${example},` : ''} of a ${label.toLowerCase()}`;
	const typed = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	const id = /^https?:\/\//i.test(typed) ? idInUrl(typed, field, host) : typed;
	if (!id || !/^[\w-]+$/.test(id)) return rejectInput(field, typed, expected);
	const other = kindOfReference(id);
	if (other && other !== field.record && hasReferences(field.record)) {
		return rejectInput(field, `${id}, a ${recordKinds[other].label.toLowerCase()}`, expected);
	}
	return id;
}

const hasReferences = (record: RecordName): boolean =>
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

/** The ID in the URL of a record's page: the last part of its path that looks like one. */
function idInUrl(typed: string, field: LabelledRecordField, host: string): string | undefined {
	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url) return undefined;
	if (url.host !== host) {
		return rejectInput(field, typed, `a link to ${host}, the account of the credential`);
	}
	const parts = url.pathname.split('/').filter(Boolean);
	if (field.record === 'product_id') {
		return parts[parts.findIndex((part) => part === 'products' || part === 'projects') + 1];
	}
	return parts.findLast((part) =>
		/^(?:\d+|[A-Za-z]\w*(?:-[A-Z]+)?-\d+(?:-(?:KR-)?\d+)?)$/.test(part),
	);
}
