import { badRequest } from './errors';
import { byId } from './ids';
import { findByText } from './input';
import { render } from './render';
import type { ObjectShape } from './shapes';
import { fullShape, pickFields, withKeysOf } from './shapes';
import type { Entity, Store } from './store';
import { Ref } from './store';
import { valueOf } from './values';
import { STATUSABLE } from './workflows';

export type Query = Readonly<Record<string, string | undefined>>;
type Filter = (entity: Entity) => boolean;

const PER_PAGE = 30;
const MOST_PER_PAGE = 200;

export interface Page<T> {
	readonly records: T[];
	readonly pagination: Record<'total_records' | 'total_pages' | 'current_page', number>;
}

/** Returns the page that `page` and `per_page` select. */
export function paginate<T>(all: readonly T[], { page, per_page: perPage }: Query): Page<T> {
	const size = Math.min(positive(perPage) ?? PER_PAGE, MOST_PER_PAGE);
	const current = positive(page) ?? 1;
	const total = all.length;
	return {
		records: all.slice((current - 1) * size, current * size),
		pagination: {
			total_records: total,
			total_pages: Math.ceil(total / size),
			current_page: current,
		},
	};
}

const positive = (text: string | undefined): number | undefined =>
	text !== undefined && Number(text) >= 1 ? Math.floor(Number(text)) : undefined;

/** Filters, sorts and renders a page of records, with the keys in `fields` or those of the shape. */
export function listPage(
	store: Store,
	kind: string,
	entities: Iterable<Entity>,
	query: Query,
	shape: ObjectShape,
): Page<Record<string, unknown>> {
	const filters = filtersOf(store, kind, query);
	const all =
		filters.length > 0 || !Array.isArray(entities)
			? [...entities].filter((entity) => filters.every((fits) => fits(entity)))
			: (entities as readonly Entity[]);
	const inOrder = all === store.all(kind) ? all : [...all].sort(byId);
	const { records, pagination } = paginate(sorted(store, inOrder, query), query);
	const wanted = query.fields
		? pickFields(withKeysOf(fullShape(kind), shape), splitFields(query.fields, kind))
		: shape;
	return { records: records.map((entity) => render(store, entity, wanted)), pagination };
}

/** Fields that a record has whichever are asked for, by its kind. */
const ALWAYS: Readonly<Record<string, readonly string[]>> = {
	comment: ['user', 'attachments'],
	idea_comment: ['idea_id', 'attachments'],
	idea_subscription: ['idea_id'],
	initiative: ['name'],
	portal_user: [
		'email',
		'idea_portal_id',
		'first_name',
		'last_name',
		'enabled',
		'verified',
		'employee',
		'max_endorsements_override',
		'idea_user_id',
		'unsubscribed',
		'unsubscribed_from_weekly_emails',
	],
};

/** The fields that `fields` asks for, and those that come anyway. */
export const splitFields = (fields: string, kind: string): string[] => [
	...fields.split(',').map((field) => field.trim()),
	...(ALWAYS[kind] ?? []),
];

/** @param entities oldest first */
function sorted(store: Store, entities: readonly Entity[], { sort }: Query): readonly Entity[] {
	if (sort === 'recent') return [...entities].reverse();
	if (sort === 'popular' || sort === 'trending') {
		const votes = (entity: Entity) => Number(valueOf(store, entity, 'votes'));
		return [...entities].sort((a, b) => votes(b) - votes(a));
	}
	return entities;
}

/** @throws ApiError 400 when the time is not valid */
export function parseTime(query: Query, name: string): number | undefined {
	const given = query[name];
	if (!given) return undefined;
	const time = Date.parse(given);
	if (Number.isNaN(time)) throw badRequest(`${name} is not a valid time`);
	return time;
}

const timeOf = (entity: Entity, key: string): number => Date.parse(String(entity.data[key]));

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1';

const text = (value: unknown): string => String(value ?? '').toLowerCase();

const refersTo = (value: unknown, entity: Entity | undefined): boolean =>
	value instanceof Ref && value.id === entity?.id;

/** Creates a filter for each query parameter. */
const filters: Readonly<
	Record<string, (store: Store, value: string, query: Query, kind: string) => Filter>
> = {
	q: (_, value) => {
		const wanted = text(value);
		return ({ data }) =>
			[data.name, data.reference_num, data.reference_prefix, data.email, data.title].some((known) =>
				text(known).includes(wanted),
			);
	},
	updated_since: (_, __, query) => since(query, 'updated_since', 'updated_at'),
	created_since: (_, __, query) => since(query, 'created_since', 'created_at'),
	created_before: (_, __, query) => {
		const time = parseTime(query, 'created_before') as number;
		return (entity) => timeOf(entity, 'created_at') < time;
	},
	tag: (_, value) => {
		const wanted = value.split(',').map(text);
		return ({ data }) =>
			((data.tags as string[] | undefined) ?? []).some((tag) => wanted.includes(text(tag)));
	},
	assigned_to_user: (store, value) => {
		const user = findByText(store, 'user', value);
		return ({ data }) => refersTo(data.assigned_to_user, user);
	},
	user_id: (store, value) => {
		const user = findByText(store, 'user', value);
		return ({ data }) => refersTo(data.created_by_user, user);
	},
	idea_user_id: (store, value) => {
		const user = findByText(store, 'idea_user', value);
		return ({ data }) => refersTo(data.created_by_idea_user, user);
	},
	workflow_status: (store, value) => {
		const wanted = value.split(',').map(text);
		return ({ data }) => {
			const status = store.resolve(data.workflow_status);
			return wanted.includes(text(status?.data.name)) || wanted.includes(String(status?.id));
		};
	},
	email: (_, value) => {
		const wanted = text(value);
		return ({ data }) => text(data.email) === wanted;
	},
	email_domain: (_, value) => {
		const wanted = text(value);
		return ({ data }) =>
			text(data.email_domains)
				.split(/[\s,]+/)
				.includes(wanted);
	},
	parking_lot: (_, value) => (entity) => Boolean(entity.data.parking_lot) === isTrue(value),
	exclude_shipped: (store, value) => (entity) =>
		!isTrue(value) || !(entity.data.released === true || isComplete(store, entity)),
	only_active: (store, value) => (entity) => !isTrue(value) || !isComplete(store, entity),
	spam: (_, value) => (entity) => isTrue(value) === (entity.data.spam === true),
	proxy: (_, value) => (entity) => isTrue(value) === (entity.data.proxy === true),
	service_name: (_, value) => (entity) => entity.data.service_name === value,
	type: (_, value, __, kind) => (entity) =>
		kind === 'task' || entity.data.type === value || entity.data.type === undefined,
	idea_portal_id: (_, value) => (entity) =>
		!(entity.data.idea_portal instanceof Ref) || entity.data.idea_portal.id === value,
	product_id: (store, value) => {
		const product = store.find('product', value);
		return ({ data }) => data.project === undefined || refersTo(data.project, product);
	},
};

function since(query: Query, name: string, key: string): Filter {
	const time = parseTime(query, name) as number;
	return (entity) => timeOf(entity, key) >= time;
}

const isComplete = (store: Store, { data }: Entity): boolean =>
	store.resolve(data.workflow_status)?.data.complete === true;

/** Ignores parameters that do not apply to the kind. */
function filtersOf(store: Store, kind: string, query: Query): Filter[] {
	return Object.entries(query).flatMap(([name, value]) => {
		const make = value ? filters[name] : undefined;
		if (!make || value === undefined) return [];
		if (name === 'workflow_status' && !(kind in STATUSABLE)) return [];
		return [make(store, value, query, kind)];
	});
}
