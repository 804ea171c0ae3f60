import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../transport/json';
import { fieldChange } from './fieldChange';
import type { EventName, RecordType } from './recordTypes';
import { auditedType, plainName, recordOfPage } from './recordTypes';

/** One entry of Aha!'s audit log, as `GET /audits` lists it and an activity webhook delivers it. */
export interface Audit extends IDataObject {
	readonly id: string;
	readonly audit_action: string;
	readonly created_at: string;
	readonly auditable_type: string;
}

/** One change as seen from one record: a new comment is also an event of what it is on. */
export interface View {
	/** Value of one of `recordTypes`, or the log's own name of another. */
	readonly recordType: string;
	readonly recordId: string | null;
	readonly reference: string | null;
	/** All that this change is to the record, the most telling first. */
	readonly events: readonly EventName[];
}

/** Whether a value can be read as an entry of the audit log. */
export const isAudit = (value: unknown): value is Audit =>
	isObject(value) &&
	/^\d{1,20}$/.test(String(value.id)) &&
	typeof value.audit_action === 'string' &&
	typeof value.auditable_type === 'string' &&
	!Number.isNaN(Date.parse(String(value.created_at)));

/** The records that a change is about, the one that it is an addition to first. */
export function viewsOf(audit: Audit): View[] {
	const own = auditedType(audit.auditable_type);
	const owner = ownerOf(audit);
	if (own) {
		const ownView = view(audit, own, idOf(audit.auditable_id), eventsOn(audit));
		const added = own.adds && owner && audit.audit_action === 'create' ? [own.adds] : [];
		return [...added.map((event) => view(audit, owner?.type, owner?.id, [event])), ownView];
	}
	// Descriptions, custom field values, links: a change of theirs is an update of their record.
	if (owner) return [view(audit, owner.type, owner.id, updatesOn(audit))];
	return [view(audit, undefined, idOf(audit.auditable_id), eventsOn(audit))];
}

interface Owner {
	readonly type: RecordType;
	readonly id: string | null;
}

/** The record that a comment, a vote or a description belongs to. */
function ownerOf(audit: Audit): Owner | undefined {
	const associated = audit.associated_type && auditedType(String(audit.associated_type));
	if (associated) return { type: associated, id: idOf(audit.associated_id) };
	// Webhooks have been seen without it; then the address leads to the record.
	const page = recordOfPage(String(audit.auditable_url));
	return page && { type: page.type, id: null };
}

function view(
	audit: Audit,
	type: RecordType | undefined,
	recordId: string | null | undefined,
	events: readonly EventName[],
): View {
	const page = recordOfPage(String(audit.auditable_url));
	return {
		recordType: type?.value ?? plainName(audit.auditable_type),
		recordId: recordId ?? null,
		reference: page && page.type === type ? page.reference : null,
		events,
	};
}

function eventsOn(audit: Audit): EventName[] {
	if (audit.audit_action === 'create') return ['created'];
	if (audit.audit_action === 'destroy') return ['deleted'];
	return updatesOn(audit);
}

/** An update, and what is known of it by the name of the field. */
function updatesOn(audit: Audit): EventName[] {
	const changes = fieldChanges(audit);
	const has = (name: RegExp) => changes.some(({ field }) => name.test(field));
	const isShipped =
		/^shipped\b/i.test(String(audit.description)) ||
		has(/^shipped/i) ||
		changes.some(({ field, to }) => /status$/i.test(field) && /^shipped$/i.test(String(to)));
	return [
		...(isShipped ? ['shipped' as const] : []),
		...(has(/^(workflow )?status$/i) ? ['statusChanged' as const] : []),
		...(has(/^(assigned to|assignee)/i) ? ['assigned' as const] : []),
		'updated',
	];
}

export const fieldChanges = (audit: Audit) =>
	(Array.isArray(audit.changes) ? audit.changes : []).filter(isObject).map(fieldChange);

/** Ids are decimal text; a number that JSON has rounded is none. */
const idOf = (value: unknown): string | null =>
	typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : null;

/** The workspace's key in a reference number: `PRJ1` in `PRJ1-E-4`. */
export function workspaceOf(audit: Audit): string | null {
	const page = recordOfPage(String(audit.auditable_url));
	if (page?.type.value === 'product') return page.reference;
	const texts = [page?.reference, audit.description].map(String);
	const references = texts.flatMap(
		(text) => text.match(/\b([A-Z][A-Z0-9]*)-(?:[A-Z]+-)?\d+/) ?? [],
	);
	return references[1] ?? null;
}

/** What the triggers hand over: the same from the audit log and from a webhook. */
export function changeItem(audit: Audit, { recordType, recordId, reference, events }: View) {
	const { description } = audit;
	const [, name] = String(description).split(`${String(reference)} `);
	return {
		id: String(audit.id),
		event: events[0],
		events: [...events],
		at: audit.created_at,
		recordType,
		record: {
			id: recordId,
			reference,
			name: name ?? null,
			url: audit.auditable_url ?? null,
		},
		workspace: workspaceOf(audit),
		changes: fieldChanges(audit).map((change) => ({ ...change })),
		by: personOf(audit.user),
		description: description ?? null,
		part: partOf(audit, recordType),
	} satisfies IDataObject;
}

/** What of the record changed, where it is not the record itself: a description, a comment. */
function partOf(audit: Audit, recordType: string): IDataObject | null {
	const type = plainName(audit.auditable_type);
	const isRecordItself = (auditedType(audit.auditable_type)?.value ?? type) === recordType;
	return isRecordItself ? null : { type, id: idOf(audit.auditable_id) };
}

const personOf = (user: unknown): IDataObject | null =>
	isObject(user)
		? { id: user.id ?? null, name: user.name ?? null, email: user.email ?? null }
		: null;
