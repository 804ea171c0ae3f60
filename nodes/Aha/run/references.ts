import { isNothing } from '../schema/endpoints';
import type { LabelledField } from '../schema/fields';
import { withArticle } from '../schema/operations';
import { recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import { hasReferences, parseReference, workspacePrefix } from '../schema/references';
import { rejectInput } from './inputError';
import { isText } from './plain';

/** A field for one record, with its label; of any kind where it names none. */
export type LabelledRecordField = LabelledField & { readonly record?: RecordName };

/**
 * The ID or reference number of a record from what a person chose, typed or pasted.
 *
 * @param host the account's host: a link to another account is refused
 * @throws UserError when it is empty, no ID or reference, or of another kind of record
 */
export function recordId(value: unknown, field: LabelledRecordField, host: string): string {
	const typed = isText(value) ? String(value).trim() : '';
	const id = LINK.test(typed) ? idInLink(typed, field, host) : typed;
	if (!id || !/^[\w-]+$/.test(id) || isNothing(id))
		return rejectInput(field, typed, expected(field));
	const { kinds: [kind] = [], kinds = [] } = parseReference(id) ?? {};
	const { record } = field;
	if (kind && record && !kinds.includes(record) && isKnownByReference(record)) {
		return rejectInput(field, `${id}, ${aRecord(kind)}`, expected(field));
	}
	return id;
}

/** An address, perhaps without `https://` or without the host too. */
const LINK = /^(?:(?:https?:)?\/|[\w-]+(?:\.[\w-]+)+(?::\d+)?\/)/i;

/** Whether a reference number tells that it is of another kind than this; `PRJ1` is one as well. */
const isKnownByReference = (record: RecordName): boolean =>
	record === 'product_id' || hasReferences(record);

const aRecord = (record: RecordName): string =>
	withArticle(recordKinds[record].label.toLowerCase());

function expected({ record }: LabelledRecordField): string {
	if (!record) return 'the ID of a record';
	const { example } = recordKinds[record];
	const orReference = example && /\D/.test(example) ? ` or reference, such as ${example},` : '';
	return `the ID${orReference} of ${aRecord(record)}`;
}

/** The ID or reference number in the address of a page. */
function idInLink(typed: string, field: LabelledRecordField, host: string): string | undefined {
	const address = /^(?:https?:)?\//i.test(typed) ? typed : `https://${typed}`;
	if (!URL.canParse(address, `https://${host}`)) return undefined;
	const url = new URL(address, `https://${host}`);
	const parts = url.pathname.split('/').filter(Boolean);
	if (url.host !== host && !isPortalIdea(url.hostname, parts)) {
		return rejectInput(field, typed, `a link to ${host}, the account of the credential`);
	}
	return field.record === 'product_id'
		? workspaceIn(parts)
		: (idInHash(url.hash, field.record) ?? recordIn(parts, field.record));
}

/** Whether a page is that of an idea in a portal: those can have a domain of the company's own. */
const isPortalIdea = (hostname: string, [page, reference = '', ...rest]: string[]): boolean =>
	(!hostname.endsWith('.aha.io') || /\.ideas(?:\.[a-z]+\d)?\.aha\.io$/.test(hostname)) &&
	page === 'ideas' &&
	parseReference(reference)?.kinds[0] === 'idea_id' &&
	rest.length === 0;

/** The workspace of a page: the one in its path, or that of the record there. */
function workspaceIn(parts: readonly string[]): string | undefined {
	const at = parts.findIndex((part) => part === 'products' || part === 'projects');
	return at >= 0 ? parts[at + 1] : parts.map(workspacePrefix).find(Boolean);
}

/** A record without a page of its own is in the page of another: `#requirement_651`. */
const idInHash = (hash: string, record?: RecordName): string | undefined => {
	const [, kind, id] = /^#(\w+)_(\d+)$/.exec(hash) ?? [];
	return `${kind}_id` === record ? id : undefined;
};

/** The last part of a path that names a record of the kind, or else that names any. */
const recordIn = (parts: readonly string[], record?: RecordName): string | undefined =>
	parts.findLast((part) => record && parseReference(part)?.kinds.includes(record)) ??
	parts.findLast((part) => /^\d+$/.test(part) || parseReference(part));
