import type { Handler } from './engine';
import { snake } from './kinds';
import { render } from './render';
import { fullShape } from './shapes';
import type { Entity, Store } from './store';
import { Ref } from './store';
import { valueOf } from './values';

/** Who is signed in, with the account and what the person may do where. */
export const me: Handler = ({ store, by }) => {
	const user = render(store, by, fullShape('user'));
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

/** The open records of whoever is signed in. */
export const myRecords: Handler = ({ store, by, query }) => ({
	assigned: ASSIGNABLE.filter(
		(kind) => !query.record_type || sameType(store, kind, query.record_type),
	)
		.flatMap((kind) => [...store.pointingTo(by, kind)])
		.filter((entity) => isOpen(store, entity, by))
		.map((entity) => ({
			record_type: entity.kind.type,
			id: entity.id,
			name: entity.data.name,
			reference_num: entity.data.reference_num,
			workflow_status: statusShown(store, entity),
		})),
});

const sameType = (_: Store, kind: string, type: string): boolean =>
	snake(type).replace(/^.*\//, '') === kind;

const isOpen = (store: Store, { data }: Entity, by: Entity): boolean =>
	[data.assigned_to_user, data.owner].some((ref) => ref instanceof Ref && ref.id === by.id) &&
	store.at(data.workflow_status)?.data.complete !== true;

function statusShown(store: Store, entity: Entity): unknown {
	const status = store.at(entity.data.workflow_status);
	return status ? render(store, status, fullShape('workflow_status')) : null;
}

/** The to-dos of whoever is signed in, or of another person. */
export const tasksOf = (store: Store, person: Entity): Entity[] =>
	[...store.all('task')].filter((task) =>
		(valueOf(store, task, 'assignees') as Array<{ user: Ref }> | undefined)?.some(
			({ user }) => user.id === person.id,
		),
	);
