import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { toTypePath } from './kinds';
import { listPage } from './lists';
import { render } from './render';
import { elementShape, fullShape, isObject, recordedBody } from './shapes';
import type { Entity, Store } from './store';
import { Ref } from './store';
import type { Assignee } from './values';

/** The current user, with account and roles. */
const me: Handler = ({ store, actor }) => {
	const user = render(store, actor, fullShape('user'));
	const [product] = store.all('product');
	return {
		user: {
			...Object.fromEntries(ME.map((key) => [key, user[key]])),
			preferences: { current_product_id: product.id },
			accounts: [
				{
					account: {
						name: store.domain,
						domain: store.domain,
						logo: null,
						alt_logo: null,
						enabled: true,
					},
				},
			],
		},
	};
};

const ME = [
	'id',
	'name',
	'email',
	'timezone',
	'created_at',
	'updated_at',
	'accessed_at',
	'product_roles',
];

const ASSIGNABLE = [
	'feature',
	'epic',
	'idea',
	'initiative',
	'release',
	'requirement',
	'key_result',
];

/** The open records that are assigned to the current user. */
const myRecords: Handler = ({ store, actor, query }) => ({
	assigned: ASSIGNABLE.filter(
		(kind) => !query.record_type || sameType(store, kind, query.record_type),
	)
		.flatMap((kind) => [...store.referrers(actor, kind)])
		.filter((entity) => isOpen(store, entity, actor))
		.map((entity) => ({
			record_type: entity.kind.type,
			id: entity.id,
			name: entity.data.name,
			reference_num: entity.data.reference_num,
			workflow_status: renderStatus(store, entity),
		})),
});

const sameType = (_: Store, kind: string, type: string): boolean =>
	toTypePath(type).replace(/^.*\//, '') === kind;

const isOpen = (store: Store, { data }: Entity, actor: Entity): boolean =>
	[data.assigned_to_user, data.owner].some((ref) => ref instanceof Ref && ref.id === actor.id) &&
	store.resolve(data.workflow_status)?.data.complete !== true;

function renderStatus(store: Store, entity: Entity): unknown {
	const status = store.resolve(entity.data.workflow_status);
	return status ? render(store, status, fullShape('workflow_status')) : null;
}

const isAssigned = ({ data }: Entity, person: Entity): boolean =>
	((data.assignees as Assignee[] | undefined) ?? []).some(({ user }) => user.id === person.id);

/** @param route for example `GET /me/tasks` */
const tasksOf = (route: string, { store, query }: RequestContext, person: Entity): unknown => {
	const body = recordedBody(route);
	const shape = elementShape(isObject(body) ? body.tasks : undefined, 'task');
	const tasks = [...store.all('task')].filter((task) => isAssigned(task, person));
	const { records, pagination } = listPage(store, 'task', tasks, query, shape);
	return { tasks: records, pagination };
};

const MY_TASKS = 'GET /me/tasks';
const USER_TASKS = 'GET /users/{user_id}/tasks';

export const accountHandlers: Readonly<Record<string, Handler>> = {
	'GET /me': me,
	'GET /me/assigned': myRecords,
	[MY_TASKS]: (context) => tasksOf(MY_TASKS, context, context.actor),
	[USER_TASKS]: (context) =>
		tasksOf(USER_TASKS, context, findOrFail(context.store, 'user', context.parameters.user_id)),
};
