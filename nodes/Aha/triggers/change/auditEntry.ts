import type { IDataObject } from 'n8n-workflow';

import { parseReference, REFERENCE_PATTERN, workspacePrefix } from '../../schema/references';
import { isObject } from '../../transport/json';
import type { Change, View } from './change';
import { STATUS } from './change';
import { decodeEntities } from './entities';
import type { FieldChange } from './fieldChange';
import { parseFieldChange } from './fieldChange';
import type { EventName, LinkedRecord, RecordType } from './recordTypes';
import { linkedRecord, nouns, plainName, recordTypeNamed, recordTypeOf } from './recordTypes';
import { idOf, textOf, timeOf } from './values';

/**
 * Parses an entry of Aha!'s audit log, as `GET /audits` lists it and an activity webhook delivers
 * it. What cannot be read of it is `null` or `unknown`.
 *
 * @returns `undefined` if the value is no entry
 */
export function parseAuditEntry(entry: unknown): Change | undefined {
	if (!isObject(entry)) return undefined;
	const id = idOf(entry.id) ?? '';
	const url = textOf(entry.auditable_url);
	const linked = linkedRecord(url);
	const auditName = textOf(entry.auditable_type);
	if (!AUDIT_ID.test(id) && auditName === undefined && !linked) return undefined;
	const fields = fieldChangesOf(entry.changes);
	const description = decodeEntities(textOf(entry.description) ?? '');
	return {
		id: AUDIT_ID.test(id) ? id : null,
		at: timeOf(entry.created_at) === undefined ? null : String(entry.created_at),
		workspace: workspaceOf(linked, description),
		interesting: typeof entry.interesting === 'boolean' ? entry.interesting : null,
		fields,
		by: personOf(entry.user),
		authors: authorsOf(entry.user, entry.contributors),
		description: description || null,
		url: url ?? null,
		views: viewsOf(entry, { auditName, fields, linked, description }),
	};
}

const AUDIT_ID = /^\d{1,20}$/;

/** The parts of an entry that are parsed already. */
interface Parsed {
	/** The log's own name for the type of what changed. */
	readonly auditName: string | undefined;
	readonly fields: readonly FieldChange[];
	readonly linked: LinkedRecord | undefined;
	readonly description: string;
}

interface Owner {
	readonly type: RecordType;
	readonly id: string | null;
}

function viewsOf(entry: IDataObject, parsed: Parsed): View[] {
	const { auditName, fields, linked, description } = parsed;
	const { audit_action: action, auditable_id: auditableId } = entry;
	const own = auditName === undefined ? undefined : recordTypeOf(auditName);
	const owner = ownerOf(entry, linked);
	const part =
		auditName === undefined
			? null
			: { type: own?.name ?? partName(auditName), id: idOf(auditableId) };
	const view = (type: RecordType | undefined, id: string | null, events: EventName[]): View => {
		const reference = linked && linked.type === type ? linked.reference : null;
		return {
			recordType: type?.value ?? part?.type ?? 'unknown',
			recordId: id,
			reference,
			name: nameIn(description, reference),
			events,
			part: type === own ? null : part,
		};
	};
	const updates = () => updateEvents(fields, description);
	// Without its type, a change is one of the record that it leads to.
	if (!part && owner) return [view(owner.type, owner.id, eventsOf(action, updates))];
	// A change of a description, a custom field value or a link is an update of its record.
	if (!own && owner) return [view(owner.type, owner.id, updates())];
	const ownView = view(own, idOf(auditableId), eventsOf(action, updates));
	const isAddition = owner && own?.adds && action === 'create';
	return isAddition ? [view(owner.type, owner.id, [own.adds]), ownView] : [ownView];
}

/** The name of what is no record. A `note` of the API is a description; what people call a note, a page. */
const partName = (auditName: string): string => {
	const name = plainName(auditName);
	return name === 'note' ? 'Description' : name;
};

/** The record that a comment, a vote or a description belongs to. */
function ownerOf(entry: IDataObject, linked: LinkedRecord | undefined): Owner | undefined {
	const { associated_type: auditName, associated_id: id } = entry;
	const type = typeof auditName === 'string' ? recordTypeOf(auditName) : undefined;
	if (type) return { type, id: idOf(id) };
	// Some webhook deliveries name it only in the URL.
	return linked && { type: linked.type, id: null };
}

function eventsOf(action: unknown, updates: () => EventName[]): EventName[] {
	if (action === 'create') return ['created'];
	if (action === 'destroy') return ['deleted'];
	return updates();
}

/** An update, and the more specific events that the names of the fields tell. */
function updateEvents(fields: readonly FieldChange[], description: string): EventName[] {
	const has = (name: RegExp) => fields.some(({ field }) => name.test(field));
	const isShipped =
		/^shipped\b/i.test(description) ||
		has(/^shipped/i) ||
		fields.some(({ field, to }) => /status$/i.test(field) && /^shipped$/i.test(textOf(to) ?? ''));
	return [
		...(isShipped ? ['shipped' as const] : []),
		...(has(STATUS) ? ['statusChanged' as const] : []),
		...(has(/^(assigned to|assignee)/i) ? ['assigned' as const] : []),
		'updated',
	];
}

const fieldChangesOf = (changes: unknown): FieldChange[] =>
	(Array.isArray(changes) ? changes : []).filter(isObject).map(parseFieldChange);

/** The name of the record after its reference number, as in `updated feature PRJ1-1 Name`. */
function nameIn(description: string, reference: string | null): string | null {
	if (reference === null) return null;
	const at = ` ${description}`.indexOf(` ${reference} `);
	return at < 0 ? null : description.slice(at + reference.length + 1) || null;
}

/** A word like a reference number after a noun, such as `feature PRJ1-1`. */
const NAMED_REFERENCE = new RegExp(`\\b(${nouns.join('|')}) (${REFERENCE_PATTERN})(?!\\S)`, 'gi');

/** The workspace's prefix in a reference number: `PRJ1` in `PRJ1-E-4`. */
function workspaceOf(linked: LinkedRecord | undefined, description: string): string | null {
	if (linked?.type.value === 'workspace') return linked.reference;
	return workspacePrefix(linked?.reference ?? '') ?? workspaceIn(description) ?? null;
}

/** The workspace of the first record that a description names. "To-do UTF-8" names none. */
function workspaceIn(description: string): string | undefined {
	for (const [, noun, reference] of description.matchAll(NAMED_REFERENCE)) {
		const type = recordTypeNamed(noun);
		const { kinds = [] } = parseReference(reference) ?? {};
		const fits = kinds.some((kind) => recordTypeOf(kind.replace(/_id$/, '')) === type);
		if (fits) return workspacePrefix(reference);
	}
	return undefined;
}

/** A person as an item names one; `null` if it is none. */
export const personOf = (user: unknown): IDataObject | null =>
	isObject(user)
		? { id: idOf(user.id), name: textOf(user.name) ?? null, email: textOf(user.email) ?? null }
		: null;

function authorsOf(user: unknown, contributors: unknown): string[] {
	const others = (Array.isArray(contributors) ? contributors : []).filter(isObject);
	return [user, ...others.map((contributor) => contributor.user)]
		.filter(isObject)
		.flatMap(({ email, name, id }) =>
			[textOf(email), textOf(name), idOf(id)].flatMap((one) => one ?? []),
		);
}
