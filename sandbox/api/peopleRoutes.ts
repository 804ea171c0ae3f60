import { create, update } from './changes';
import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { inputIn } from './crud';
import { responderFor } from './response';
import { invalid, notFound } from './errors';
import { findByText, readInput } from './input';
import { kindOf } from './kinds';
import { paginate } from './lists';
import { userOf } from './history';
import { render } from './render';
import { fullShape, isObject, without } from './shapes';
import type { Entity, Store } from './store';
import { refTo } from './store';
import type { Role } from './values';
import { renderRole, valueOf } from './values';

/** Aha!'s numbers of the roles in a workspace. */
const ROLES: Readonly<Record<string, number>> = {
	product_owner: 20,
	contributor: 30,
	reviewer: 15,
	viewer: 10,
};

const rolesOf = ({ data }: Entity): Role[] => (data.roles as Role[] | undefined) ?? [];

function parseRole(given: unknown): number {
	const role = ROLES[String(given as string)];
	if (role === undefined) throw invalid('Role is not included in the list');
	return role;
}

function setRole(store: Store, user: Entity, product: Entity, role: number | undefined): void {
	const others = rolesOf(user).filter((other) => other.product.id !== product.id);
	const own = role === undefined ? [] : [{ product: refTo(product), role }];
	store.set(user, { roles: [...others, ...own] });
}

const listProjectUsers: Handler = ({ store, parameters, query }) => {
	const product = findOrFail(store, 'product', parameters.product_id);
	const all = [...store.all('user')].flatMap((user) =>
		rolesOf(user)
			.filter((other) => other.product.id === product.id)
			.map(({ role }) => ({ ...renderRole(role), user: userOf(user) })),
	);
	const { records, pagination } = paginate(all, query);
	return { project_users: records, pagination };
};

const createUser: Handler = (context) => {
	const { store, actor, parameters, body } = context;
	const product = findOrFail(store, 'product', parameters.product_id);
	const given = isObject(body.user) ? body.user : body;
	const role = parseRole(given.role);
	const input = readInput(store, kindOf('user'), without(given, 'role'));
	const known = findByText(store, 'user', String(given.email ?? ''));
	if (!known) assertNames(given);
	const user =
		known ?? create(store, actor, 'user', { ...input, values: { enabled: true, ...input.values } });
	setRole(store, user, product, role);
	return { ...renderRole(role), user: userOf(user) };
};

function assertNames(given: Record<string, unknown>): void {
	if (!given.first_name) throw invalid("First name can't be blank");
	if (!given.last_name) throw invalid("Last name can't be blank");
}

const updateUser: Handler = (context) => {
	const { store, actor, parameters } = context;
	const user = findOrFail(store, 'user', parameters.id);
	update(store, actor, user, inputIn(context, kindOf('user')));
	return responderFor('PUT /users/{id}', 'user')(context, user);
};

const listRoles: Handler = ({ store, parameters, query }) => {
	const user = findOrFail(store, 'user', parameters.id);
	const { records, pagination } = paginate(
		valueOf(store, user, 'product_roles') as unknown[],
		query,
	);
	return { product_roles: records, pagination };
};

const addRole: Handler = ({ store, parameters, body }) => {
	const user = findOrFail(store, 'user', parameters.id);
	const given = isObject(body.product_role) ? body.product_role : body;
	const product = findOrFail(store, 'product', String(given.product_id));
	const role = parseRole(given.role);
	setRole(store, user, product, role);
	return { ...renderRole(role), product_id: product.id, product_name: product.data.name };
};

const removeRole: Handler = ({ store, parameters }) => {
	const user = findOrFail(store, 'user', parameters.id);
	setRole(store, user, findOrFail(store, 'product', parameters.product_id), undefined);
	return undefined;
};

interface CustomRole extends Record<string, unknown> {
	readonly scope: { readonly type: string; readonly name: unknown; readonly id: string };
}

const customRolesOf = ({ data }: Entity): CustomRole[] =>
	(data.user_roles as CustomRole[] | undefined) ?? [];

const listCustomRoles: Handler = ({ store, parameters, query }) => {
	const { records, pagination } = paginate(
		customRolesOf(findOrFail(store, 'user', parameters.id)),
		query,
	);
	return { user_roles: records, pagination };
};

const addCustomRole: Handler = ({ store, parameters, body }) => {
	const user = findOrFail(store, 'user', parameters.id);
	const given = isObject(body.user_role) ? body.user_role : body;
	const product = findOrFail(store, 'product', String(given.product_id));
	if (!given.custom_role_id) throw invalid("Custom role can't be blank");
	const role: CustomRole = {
		role_id: String(given.custom_role_id as string),
		name: 'Custom role',
		scope: { type: 'project', name: product.data.name, id: product.id },
	};
	const others = customRolesOf(user).filter(({ scope }) => scope.id !== product.id);
	store.set(user, { user_roles: [...others, role] });
	return role;
};

const removeCustomRole: Handler = ({ store, parameters }) => {
	const user = findOrFail(store, 'user', parameters.id);
	const product = findOrFail(store, 'product', parameters.product_id);
	const left = customRolesOf(user).filter(({ scope }) => scope.id !== product.id);
	if (left.length === customRolesOf(user).length) throw notFound();
	store.set(user, { user_roles: left });
	return undefined;
};

const SEATS = fullShape('paid_seat_group');

const changeSeats =
	(change: (context: RequestContext, group: Entity) => void): Handler =>
	(context) => {
		const group = findOrFail(context.store, 'paid_seat_group', context.parameters.id);
		change(context, group);
		return render(context.store, group, SEATS);
	};

function moveUser({ store, body }: RequestContext, group: Entity): void {
	const user = findOrFail(store, 'user', String(body.user_id as string));
	const members = ((group.data.members as string[] | undefined) ?? []).filter(
		(id) => id !== user.id,
	);
	const now = body.remove ? members : [...members, user.id];
	store.set(group, { members: now, allocated_seats: now.length });
}

export const peopleHandlers: Readonly<Record<string, Handler>> = {
	'GET /products/{product_id}/users': listProjectUsers,
	'POST /products/{product_id}/users': createUser,
	'PUT /users/{id}': updateUser,
	'GET /users/{id}/product_roles': listRoles,
	'POST /users/{id}/product_roles': addRole,
	'DELETE /users/{id}/product_roles/{product_id}': removeRole,
	'GET /users/{id}/user_roles': listCustomRoles,
	'POST /users/{id}/user_roles': addCustomRole,
	'DELETE /users/{id}/user_roles/{product_id}': removeCustomRole,
	'PUT /paid_seat_groups/{id}': changeSeats((context, group) => {
		update(context.store, context.actor, group, inputIn(context, kindOf('paid_seat_group')));
	}),
	'POST /paid_seat_groups/{id}/modify_user': changeSeats(moveUser),
};
