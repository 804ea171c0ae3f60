import { documentTypeName } from './documentTypes';
import { byId } from './ids';
import { kindAt, kindOf } from './kinds';
import { storedKey } from './relations';
import type { Entity, Store } from './store';
import { statusTimes } from './statusTimes';
import { workflowOf } from './workflows';
import { Ref } from './store';

type Getter = (store: Store, entity: Entity) => unknown;

/** Returns the value of a key, with references resolved, or undefined if the record has none. */
export function valueOf(store: Store, entity: Entity, key: string): unknown {
	const { name } = entity.kind;
	const known = getters.get(name) ?? new Map<string, Getter>();
	getters.set(name, known);
	const get = known.get(key) ?? getterOf(name, key);
	known.set(key, get);
	return get(store, entity);
}

/** Getters by kind and key, cached because there are many records. */
const getters = new Map<string, Map<string, Getter>>();

function getterOf(kind: string, key: string): Getter {
	const compute = computedValues[`${kind}.${key}`] ?? computedValues[key];
	if (compute) return compute;
	const otherwise = derivedOf(key);
	return (store, entity) =>
		key in entity.data ? resolveRefs(store, entity.data[key]) : otherwise(store, entity);
}

/** Reads a value that is stored under another name or follows from other records. */
function derivedOf(key: string): Getter {
	const kept = storedKey(key);
	if (kept !== key && key.endsWith('_id')) return (_, { data }) => idOf(data[kept]);
	const workflow = /^(\w+)_workflow$/.exec(key);
	const reference = /^(\w+)_reference_num$/.exec(key);
	const listed = kindAt(key)?.name;
	return (store, entity) => {
		const pointed = kept === key ? undefined : entity.data[kept];
		if (pointed !== undefined) return resolveRefs(store, pointed);
		if (workflow) return workflowAs(store, entity, workflow[1]);
		if (reference) return store.resolve(entity.data[reference[1]])?.data.reference_num ?? null;
		return listed ? sorted(store.referrers(entity, listed)) : undefined;
	};
}

const resolveRefs = (store: Store, value: unknown): unknown => {
	if (value instanceof Ref) return store.resolve(value) ?? null;
	if (!Array.isArray(value)) return value;
	return value
		.map((element) => (element instanceof Ref ? store.resolve(element) : (element as unknown)))
		.filter((element) => element !== undefined);
};

/** Renders the workflow of a kind of record within a workspace. */
function workflowAs(store: Store, workspace: Entity, type: string): unknown {
	const name = type === 'strategic_imperative' ? 'goal' : type;
	const found = workflowOf(store, name, workspace);
	if (!found) return null;
	const { data, id } = found;
	return { id, name: data.name, statusable_type: data.statusable_type, workflow_type: type };
}

const idOf = (value: unknown): unknown => (value instanceof Ref ? value.id : (value ?? null));

const sorted = (entities: Iterable<Entity>): Entity[] => [...entities].sort(byId);

/** The part of a record's URL that identifies it. */
export const addressOf = ({ id, data }: Entity): string =>
	String(data.reference_prefix ?? data.reference_num ?? id);

export const urlOf = (store: Store, entity: Entity): string =>
	`https://${store.host}/${entity.kind.page}/${addressOf(entity)}`;

const referrersOf =
	(...names: string[]): Getter =>
	(store, entity) =>
		sorted(names.flatMap((name) => [...store.referrers(entity, name)]));

const countOf =
	(...names: string[]): Getter =>
	(store, entity) =>
		names.reduce((sum, name) => sum + store.referrers(entity, name).size, 0);

const linksFrom: Getter = (store, entity) =>
	sorted(store.referrers(entity, 'record_link')).filter(
		({ data }) => (data.parent_record as Ref).id === entity.id,
	);

/** The fields of a custom layout, in order. */
const layoutFields: Getter = (store, { data }) =>
	[...store.all('custom_field_definition')]
		.filter((field) => field.data.custom_fieldable_type === data.screenable_type)
		.map((field, index) => ({
			id: field.id,
			key: field.data.key,
			position: index + 1,
			name: field.data.name,
			type: field.data.type,
			api_type: field.data.api_type,
			required: field.data.required ?? false,
			can_be_required_on_form: true,
		}));

const roleName = (role: unknown): string => ROLES[Number(role)] ?? 'Contributor';
const ROLES: Readonly<Record<number, string>> = {
	10: 'Viewer',
	15: 'Reviewer',
	20: 'Owner',
	30: 'Contributor',
};

/** A user that a to-do is assigned to. */
export interface Assignee {
	readonly id: string;
	readonly user: Ref;
	readonly status: string;
}

/** A user's role in a workspace. */
export interface Role {
	readonly product: Ref;
	readonly role: number;
}

export const renderRole = (role: number): Record<string, unknown> => ({
	role,
	role_description: roleName(role),
});

const productRoles: Getter = (store, { data }) =>
	((data.roles as Role[] | undefined) ?? []).map(({ product, role }) => ({
		...renderRole(role),
		product_id: product.id,
		product_name: store.resolve(product)?.data.name ?? null,
	}));

const WEEK = {
	monday: true,
	tuesday: true,
	wednesday: true,
	thursday: true,
	friday: true,
	saturday: false,
	sunday: false,
};

/** Formats a date like `Sep 11, 2025`. */
const formatDay = (day: unknown): string =>
	day
		? new Date(String(day)).toLocaleDateString('en-US', {
				month: 'short',
				day: 'numeric',
				year: 'numeric',
				timeZone: 'UTC',
			})
		: '';

const computedValues: Readonly<Record<string, Getter>> = {
	id: (_, { id }) => id,
	url: urlOf,
	resource: (store, entity) =>
		`https://${store.host}/api/v1/${entity.kind.plural}/${addressOf(entity)}`,
	'product.resource': urlOf,
	project: (store, { data }) => store.resolve(data.project) ?? null,
	product_id: (_, { data }) => idOf(data.project),
	'task.product_id': (_, { data }) => idOf(data.project) ?? '',
	project_id: (_, { data }) => idOf(data.project),
	type: (_, { kind, data }) => data.type ?? kind.type,
	record_type: (_, { kind, data }) =>
		data.record_type ?? (kind.name === 'epic' ? 'master_feature' : kind.name),
	comments_count: countOf('comment', 'idea_comment'),
	attachments: referrersOf('attachment'),
	tags: (_, { data }) => data.tags ?? [],
	full_tags: (store, { data }) => ((data.tags as string[]) ?? []).map((tag) => fullTag(store, tag)),
	custom_fields: customFields,
	custom_object_links: (_, { data }) => data.custom_object_links,
	feature_links: linksFrom,
	epic_links: linksFrom,
	requirements: referrersOf('requirement'),
	releases: referrersOf('release'),
	master_features: referrersOf('epic'),
	'initiative.epic': referrersOf('epic'),
	'epic.features': referrersOf('feature'),
	'product.children': (store, entity) =>
		sorted(store.referrers(entity, 'product')).filter(
			({ data }) => idOf(data.parent) === entity.id,
		),
	'goal.parents': (store, { data }) => [store.resolve(data.parent)].filter(Boolean),
	'idea.product': (store, { data }) => store.resolve(data.project) ?? null,
	'idea.endorsements_count': countOf('idea_endorsement'),
	'idea.votes': votesOf,
	'idea.submitted_idea_portal_record_url': (store, entity) =>
		`https://${store.domain}.ideas.aha.io/ideas/${addressOf(entity)}`,
	'release.external_release_date_description': (_, { data }) =>
		formatDay(data.external_release_date ?? data.release_date),
	'team_membership.new_user': () => false,
	'team_membership.schedule': (store, { data }) => {
		const { id, data: hours } = store.resolve(store.resolve(data.team)?.data.schedule) ?? {};
		if (!hours) return null;
		const { name, hours_per_day, story_points_per_day, velocity } = hours;
		const plain = { id, name, hours_per_day, story_points_per_day, velocity, ...WEEK };
		return { ...plain, ...(data.planned as Record<string, unknown> | undefined) };
	},
	'idea_organization.endorsements_count': countOf('idea_endorsement'),
	'product.workspace_type': (_, { data }) => data.workspace_type ?? 'product_workspace',
	'task.assigned_to_users': (store, { data }) =>
		((data.assignees as Assignee[] | undefined) ?? []).map(({ id, status, user }) => ({
			id,
			...(data.status === 'completed'
				? { status: data.status, completed_date: String(data.updated_at).slice(0, 10) }
				: { status }),
			user: store.resolve(user),
		})),
	'page.title': (_, { data }) => `${String(data.reference_num)} ${String(data.name ?? 'Untitled')}`,
	'page.document_type_name': (_, { data }) => documentTypeName(data.document_type),
	'page.document_title': (_, { data }) => `${String(data.name ?? 'Untitled')} | Aha!`,
	'note.plain_text_body': (_, { data }) => String(data.body).replace(/<[^>]*>/g, ''),
	'note.attachments': referrersOf('attachment'),
	'note.notable_id': (_, { data }) => idOf(data.record),
	'note.notable_type': (_, { data }) =>
		data.record instanceof Ref ? kindOf(data.record.kind).type : null,
	'user.default_assignee': () => false,
	'portal_user.name': fullName,
	'idea_user.name': fullName,
	'team_member.name': fullName,
	'user.name': fullName,
	'portal_user.idea_user_id': (_, { data }) => idOf(data.idea_user),
	'attachment.download_url': (store, { id, data }) =>
		`https://${store.host}/attachments/${id}/token/${String(data.token)}.download?size=original`,
	'integration_field.integration_id': (_, { data }) => idOf(data.integration),
	'integration_field.service_name': (store, { data }) =>
		store.resolve(data.integration)?.data.service_name ?? null,
	workflow_status_times: statusTimes,
	'workflow_status_time.workflow_status_id': (_, { data }) => idOf(data.workflow_status),
	'workflow_status_time.status_name': (store, { data }) =>
		store.resolve(data.workflow_status)?.data.name ?? null,
	'discovery_group.idea_users_count': countOf('idea_user'),
	'screen_definition.custom_field_definitions': layoutFields,
	'product.screen_definitions': (store, { data }) =>
		data.has_layouts ? [...store.all('screen_definition')] : [],
	'product.screen_definition_ids': (store, { data }) =>
		Object.fromEntries(
			(data.has_layouts ? [...store.all('screen_definition')] : []).map((layout) => [
				layout.data.screenable_type,
				layout.id,
			]),
		),
	'user.product_roles': productRoles,
	'user.user_roles': (_, { data }) => data.user_roles ?? [],
	'goal.success_metric': (store, entity) => ({
		name: entity.data.success_metric_name ?? '',
		description: store.resolve(entity.data.success_metric_description) ?? null,
		workflow_status: store.resolve(entity.data.workflow_status) ?? null,
		workflow_status_times: statusTimes(store, entity),
	}),
	'workflow.workflow_statuses': referrersOf('workflow_status'),
	'workflow.workflow_kinds': referrersOf('workflow_kind'),
	'schedulable_change.team_memberships': (store, { data }) => {
		const team = store.resolve(data.team);
		return team ? sorted(store.referrers(team, 'team_membership')) : [];
	},
	'team.team_members': (store, entity) => {
		const [first] = sorted(store.referrers(entity, 'team_membership'));
		return first && store.resolve(first.data.team_member);
	},
	'team_membership.name': (store, { data }) => {
		const member = store.resolve(data.team_member);
		return member ? fullName(store, member) : null;
	},
	'estimate_value.capacity_investment_id': (_, { data }) => idOf(data.capacity_investment),
};

function fullName(_: Store, { data }: Entity): unknown {
	const parts = [data.first_name, data.last_name].filter(Boolean);
	return data.name ?? (parts.length > 0 ? parts.join(' ') : (data.email ?? null));
}

function votesOf(store: Store, entity: Entity): number {
	let votes = Number(entity.data.initial_votes ?? 0);
	for (const { data } of store.referrers(entity, 'idea_endorsement')) votes += Number(data.weight);
	return votes;
}

const COLORS = ['#e09052', '#7552e0', '#52b0e0', '#5fe052', '#e05297', '#c7b020'];

/** A tag with its id and color, which are the same throughout the account. */
export function fullTag(store: Store, name: string): Record<string, unknown> {
	const known = store.tags.get(name);
	if (known) return known;
	const color = COLORS[store.tags.size % COLORS.length];
	const tag = { id: store.newId(), name, color };
	store.tags.set(name, tag);
	return tag;
}

/** The value of a custom field of a record. */
export interface CustomValue {
	/** Id of the value itself. */
	readonly id: string;
	readonly definition: Ref;
	readonly updatedAt: string;
	readonly value: unknown;
	/** The note of a note field. */
	readonly note?: Ref;
}

function customFields(store: Store, { data }: Entity): unknown[] {
	return Object.entries((data.custom as Record<string, CustomValue>) ?? {}).flatMap(
		([key, { id, definition, updatedAt, value, note }]) => {
			const field = store.resolve(definition);
			if (!field || value === null) return [];
			const noteEntity = store.resolve(note);
			const { body, editor_version, created_at, updated_at } = noteEntity?.data ?? {};
			return [
				{
					id: noteEntity?.id ?? id,
					key,
					name: field.data.name,
					updatedAt,
					...(noteEntity && {
						body,
						editor_version,
						created_at,
						updated_at,
						attachments: sorted(store.referrers(noteEntity, 'attachment')),
					}),
					value,
					type: field.data.api_type,
				},
			];
		},
	);
}
