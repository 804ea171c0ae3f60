import type { Audit } from './auditLog';
import { toTypePath } from './kinds';
import type { Entity, Store } from './store';
import { Ref } from './store';
import { addressOf, urlOf } from './values';

export type Change = Audit['changes'][number];

/** Names of fields in the log that differ from the API's. */
const LABELS: Readonly<Record<string, string>> = {
	workflow_status: 'Status',
	workflow_kind: 'Type',
	assigned_to_user: 'Assigned to',
	created_by_user: 'Created by',
	belongs_to_release_phase: 'Release phase',
	project: 'Workspace',
};

/** Keys that the log does not mention. */
const SILENT = new Set(['updated_at', 'created_at', 'custom', 'status_changed_on']);

/** Keys of the record that another belongs to, in order of preference. */
const OWNERS = ['commentable', 'taskable', 'idea', 'feature', 'goal', 'release', 'project'];

export const labelOf = (key: string): string => {
	const words = key.replace(/_/g, ' ');
	return LABELS[key] ?? words.charAt(0).toUpperCase() + words.slice(1);
};

const escaped = (text: string): string =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Formats a value as in the log. */
export function formatValue(store: Store, value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Ref) {
		const data: Record<string, unknown> = store.resolve(value)?.data ?? {};
		return String(data.name ?? data.reference_num ?? data.email ?? value.id);
	}
	if (Array.isArray(value)) return value.map((element) => formatValue(store, element)).join(', ');
	return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

export const fieldChange = (label: string, before: string, after: string): Change => ({
	field_name: label,
	value: `${escaped(before)} &rarr; ${escaped(after)}`,
});

/** The changed fields. */
export function changesBetween(
	store: Store,
	before: Record<string, unknown>,
	after: Record<string, unknown>,
): Change[] {
	return Object.keys(after)
		.filter((key) => !SILENT.has(key))
		.map((key) => [key, formatValue(store, before[key]), formatValue(store, after[key])])
		.filter(([, from, to]) => from !== to)
		.map(([key, from, to]) => fieldChange(labelOf(key), from, to));
}

/** The change of a rich text, which the log marks up as a diff. */
export const textChange = (label: string, before: string, after: string): Change => ({
	field_name: label,
	value:
		'<div class="user-content">' +
		(before ? `<span class="deleted">${before}</span>` : '') +
		(after ? `<span class="inserted">${after}</span>` : '') +
		'</div>',
});

const VERBS = { create: 'created', update: 'updated', destroy: 'deleted' };

/** A description, custom field value or link: an entry of the log can be about a part of a record. */
export interface ChangedPart {
	readonly type: string;
	readonly id: string;
}

/**
 * Adds an entry about a record or a part of it to the log.
 *
 * @param at in milliseconds since 1970
 */
export function logChange(
	store: Store,
	actor: Entity,
	action: Audit['audit_action'],
	entity: Entity,
	changes: Change[],
	part?: ChangedPart,
	at = Date.now(),
): void {
	const owner = part ? entity : ownerOf(store, entity);
	const user = userOf(actor);
	const name = entity.data.name ?? '';
	store.log.append({
		id: store.newId(),
		audit_action: action,
		created_at: new Date(at).toISOString(),
		// Aha! does not say which are not. Every tenth is enough for those who read the log.
		interesting: store.log.entries.length % 10 !== 9,
		user,
		contributors: [{ user }],
		auditable_type: part?.type ?? toTypePath(entity.kind.type),
		auditable_id: part?.id ?? entity.id,
		associated_type: owner ? toTypePath(owner.kind.type) : null,
		associated_id: owner?.id ?? null,
		description:
			`${VERBS[action]} ${plainType(entity)} ${addressOf(entity)} ${String(name)}`.trim(),
		auditable_url: urlOf(store, entity),
		changes,
	});
}

const plainType = ({ kind }: Entity): string => kind.name.replace(/_/g, ' ');

function ownerOf(store: Store, { data }: Entity): Entity | undefined {
	const key = OWNERS.find((name) => store.resolve(data[name]));
	return key === undefined ? undefined : store.resolve(data[key]);
}

/** Renders a user within another record. */
export const userOf = ({ id, data }: Entity): Record<string, unknown> => ({
	id,
	name: data.name,
	email: data.email,
	created_at: data.created_at,
	updated_at: data.updated_at,
});
