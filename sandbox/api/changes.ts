import { invalid } from './errors';
import type { Change } from './history';
import {
	fieldChange,
	changesBetween,
	labelOf,
	logChange,
	formatValue,
	textChange,
} from './history';
import type { Input } from './input';
import { kindOf } from './kinds';
import { defaultsOf } from './defaults';
import { referenceTarget } from './relations';
import { fullShape } from './shapes';
import type { Entity, Store, Ref } from './store';
import { refTo } from './store';
import { checkedValue, customValue } from './customFields';
import type { CustomValue } from './values';
import { changeStay } from './statusTimes';
import { statusesOf, workflowKindsOf } from './workflows';

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * Creates a record with defaults, reference number and notes, and logs it.
 *
 * @param references those that follow from the path of the request
 */
export function create(
	store: Store,
	actor: Entity,
	name: string,
	{ values, notes, custom }: Input,
	references: Record<string, unknown> = {},
): Entity {
	const kind = kindOf(name);
	const data: Record<string, unknown> = { ...defaultsOf(name), ...references, ...values };
	setFullName(data);
	assertComplete(name, data);
	inheritFromParent(store, name, data);
	for (const key of ['created_by_user', ...(name === 'release' ? ['owner'] : [])]) {
		if (fullShape(name).keys.has(key)) data[key] ??= refTo(actor);
	}
	const [status] = statusesOf(store, name, data.project);
	if (status) data.workflow_status ??= refTo(status);
	const [type] = name === 'feature' ? workflowKindsOf(store, name, data.project) : [];
	if (type) data.workflow_kind ??= refTo(type);
	useOwnWorkflow(store, name, data);
	if (fullShape(name).keys.has('status_changed_on')) data.status_changed_on = dateOf(Date.now());
	if (fullShape(name).keys.has('score')) data.score ??= 0;
	assignNumber(store, name, data);
	const entity = store.add(name, data);
	for (const key of noteKeys(name)) {
		store.set(entity, { [key]: refTo(addNote(store, entity, notes[key] ?? '')) });
	}
	setCustom(store, entity, custom);
	if (kind.primary) {
		logChange(store, actor, 'create', entity, changesBetween(store, {}, { name: data.name }));
		logPartChanges(store, actor, 'create', entity, partChanges(store, {}, notes, custom, entity));
	}
	return entity;
}

/**
 * Replaces status and type by those of the same name in the workflow of the workspace.
 *
 * @throws ApiError 422 when the workflow has no such status or type
 */
function useOwnWorkflow(
	store: Store,
	name: string,
	data: Record<string, unknown>,
	project = data.project,
): void {
	for (const [key, label, list] of WORKFLOW_PARTS) {
		const given = store.resolve(data[key]);
		if (!given) continue;
		const own = list(store, name, project).find(
			({ id, data: { name: known } }) => id === given.id || known === given.data.name,
		);
		if (!own) throw invalid(`${label} is not valid`);
		data[key] = refTo(own);
	}
}

const WORKFLOW_PARTS = [
	['workflow_status', 'Workflow status', statusesOf],
	['workflow_kind', 'Workflow kind', workflowKindsOf],
] as const;

/** Updates the full name of a person. */
function setFullName(data: Record<string, unknown>): void {
	const parts = [data.first_name, data.last_name].filter(Boolean);
	if (parts.length > 0) data.name = parts.join(' ');
}

const notesOfKinds = new Map<string, string[]>();

/** The notes that each new record of a kind has. */
export function noteKeys(name: string): string[] {
	const known = notesOfKinds.get(name);
	if (known) return known;
	const keys = [...fullShape(name).keys]
		.filter(([key, { type }]) => referenceTarget(key, name) === 'note' && type === 'object')
		.map(([key]) => key)
		.filter((key) => key !== 'admin_response')
		.concat(name === 'goal' ? ['success_metric_description'] : []);
	notesOfKinds.set(name, keys);
	return keys;
}

export const addNote = (store: Store, owner: Entity, body: string, at?: number): Entity =>
	store.add('note', { body, editor_version: 2, record: refTo(owner) }, at);

function assertComplete(name: string, data: Record<string, unknown>): void {
	const missing = kindOf(name).required.filter((key) => {
		const value = data[key];
		return value === undefined || value === null || String(value as string).trim() === '';
	});
	if (missing.length > 0) throw invalid(...missing.map((key) => `${labelOf(key)} can't be blank`));
}

/** Sets what a record takes over from its parent. */
function inheritFromParent(store: Store, name: string, data: Record<string, unknown>): void {
	for (const key of ['release', 'feature', 'goal', 'commentable', 'taskable', 'idea', 'parent']) {
		const parent = store.resolve(data[key]);
		if (parent)
			data.project ??= parent.kind.name === 'product' ? refTo(parent) : parent.data.project;
	}
	if (name === 'requirement') data.release ??= store.resolve(data.feature)?.data.release;
	if (name === 'capacity_investment') {
		const scenario = store.first('capacity_scenario');
		if (scenario) data.capacity_scenario ??= refTo(scenario);
	}
	if (name === 'epic' && data.project && !data.release) {
		const own = ({ data: { project } }: Entity) => (project as Ref).id === (data.project as Ref).id;
		const release = store.first('release', own);
		if (release) data.release = refTo(release);
	}
}

/** Sets the next reference number of the workspace or parent. */
export function assignNumber(store: Store, name: string, data: Record<string, unknown>): void {
	const { letter } = kindOf(name);
	if (letter === undefined) return;
	const parent = store.resolve(data.feature ?? data.goal);
	const isPart = name === 'requirement' || name === 'key_result';
	const start = isPart
		? parent?.data.reference_num
		: store.resolve(data.project)?.data.reference_prefix;
	const series = `${String(start)}-${letter ? `${letter}-` : ''}`;
	const number = store.nextNumber(series);
	data.reference_num = `${series}${number}`;
	data.position ??= number;
}

/** Changes a record and logs the changes. */
export function update(store: Store, actor: Entity, entity: Entity, input: Input): void {
	const { notes, custom } = input;
	const values = { ...input.values };
	assertComplete(entity.kind.name, { ...entity.data, ...values });
	useOwnWorkflow(store, entity.kind.name, values, entity.data.project);
	const parts = partChanges(store, entity.data, notes, custom, entity);
	const changes = changesBetween(store, entity.data, values);
	const after: Record<string, unknown> = { ...values, updated_at: new Date().toISOString() };
	if (changes.some(({ field_name }) => field_name === 'Status')) {
		after.status_changed_on = dateOf(Date.now());
		const status = store.resolve(values.workflow_status);
		if (status) changeStay(store, entity, status);
	}
	const names = { first_name: entity.data.first_name, last_name: entity.data.last_name };
	if ('first_name' in values || 'last_name' in values) {
		const full: Record<string, unknown> = { ...names, ...values };
		setFullName(full);
		after.name = full.name;
	}
	store.set(entity, after);
	renumberIfMoved(store, entity, values);
	for (const [key, body] of Object.entries(notes)) setNote(store, entity, key, body);
	setCustom(store, entity, custom);
	if (!entity.kind.primary) return;
	if (changes.length > 0) logChange(store, actor, 'update', entity, changes);
	logPartChanges(store, actor, 'update', entity, parts);
}

/** Gives a new reference number to a record that was moved to another workspace. */
function renumberIfMoved(store: Store, entity: Entity, values: Record<string, unknown>): void {
	const project = store.resolve(values.release)?.data.project as Ref | undefined;
	const current = entity.data.project as Ref | undefined;
	if (!project || project.id === current?.id) return;
	const data: Record<string, unknown> = { project };
	assignNumber(store, entity.kind.name, data);
	store.set(entity, data);
}

function setNote(store: Store, entity: Entity, key: string, body: string): void {
	const note = store.resolve(entity.data[key]);
	if (note) store.set(note, { body, updated_at: new Date().toISOString() });
	else store.set(entity, { [key]: refTo(addNote(store, entity, body)) });
}

export function setCustom(store: Store, entity: Entity, custom: Record<string, unknown>): void {
	if (Object.keys(custom).length === 0) return;
	const current = (entity.data.custom as Record<string, CustomValue>) ?? {};
	const given = Object.entries(custom).map(([key, value]) => [
		key,
		customValue(store, entity, key, value, current[key]),
	]);
	store.set(entity, { custom: { ...current, ...Object.fromEntries(given) } });
}

interface PartChange {
	readonly type: string;
	readonly key: string;
	readonly change: Change;
}

/** The changes of notes and custom fields, which have their own entries in the log. */
function partChanges(
	store: Store,
	before: Record<string, unknown>,
	notes: Record<string, string>,
	custom: Record<string, unknown>,
	entity: Entity,
): PartChange[] {
	const current = (before.custom as Record<string, CustomValue>) ?? {};
	const texts = Object.entries(notes).map(([key, body]) => {
		const old = String(store.resolve(before[key])?.data.body ?? '');
		return { type: 'note', key, old, body, change: textChange(labelOf(key), old, body) };
	});
	const fields = Object.entries(custom).map(([key, value]) => {
		const fresh = checkedValue(store, entity, key, value);
		const [old, body] = [formatValue(store, current[key]?.value), formatValue(store, fresh)];
		return {
			type: 'custom_field_value',
			key,
			old,
			body,
			change: fieldChange(labelOf(key), old, body),
		};
	});
	return [...texts, ...fields].filter(({ old, body }) => old !== body);
}

function logPartChanges(
	store: Store,
	actor: Entity,
	action: 'create' | 'update',
	entity: Entity,
	parts: PartChange[],
): void {
	for (const { type, key, change: made } of parts) {
		const custom = (entity.data.custom as Record<string, CustomValue> | undefined)?.[key];
		const id = type === 'note' ? (entity.data[key] as Ref).id : String(custom?.id);
		logChange(store, actor, action, entity, [made], { type, id });
	}
}

/** Kinds that are deleted with a record, and the keys under which they refer to it. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
	requirement: ['feature'],
	comment: ['commentable'],
	task: ['taskable'],
	idea_comment: ['idea'],
	idea_endorsement: ['idea'],
	idea_subscription: ['idea'],
	attachment: ['holder'],
	integration_field: ['integratable'],
	record_link: ['parent_record', 'child_record'],
	key_result: ['goal'],
	release_phase: ['release'],
	feature: ['release'],
	epic: ['release'],
	estimate_value: ['capacity_investment'],
	capacity_investment: ['feature', 'epic', 'initiative'],
	team_membership: ['team', 'team_member'],
	schedulable_change: ['team'],
	note: ['record'],
	workflow_status_time: ['record'],
};

function partsOf(store: Store, entity: Entity): Entity[] {
	const own = store
		.allReferrers(entity)
		.filter(({ kind, data }) =>
			[...(PARTS[kind.name] ?? []), ...(kind.primary ? ['project'] : [])].some(
				(key) => (data[key] as Ref | undefined)?.id === entity.id,
			),
		);
	return own.flatMap((part) => [part, ...partsOf(store, part)]);
}

/** Deletes a record with its parts. Primary records go to the recycle bin. */
export function remove(store: Store, actor: Entity, entity: Entity): void {
	const parts = [...new Set(partsOf(store, entity))];
	if (entity.kind.primary) {
		logChange(
			store,
			actor,
			'destroy',
			entity,
			changesBetween(store, { name: entity.data.name }, { name: null }),
		);
		const id = store.newId();
		const deletedAt = new Date().toISOString();
		store.deletions.set(id, { id, entity, parts, deletedBy: actor, deletedAt });
	}
	for (const gone of [entity, ...parts]) store.delete(gone);
}

/** Restores a record from the recycle bin. */
export function restore(store: Store, actor: Entity, id: string): void {
	const deletion = store.deletions.get(id);
	if (!deletion) return;
	store.deletions.delete(id);
	for (const entity of [deletion.entity, ...deletion.parts]) store.restore(entity);
	logChange(store, actor, 'create', deletion.entity, []);
}
