import { create, update } from './changes';
import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { inputIn } from './crud';
import { responderFor } from './response';
import { invalid } from './errors';
import { findByText } from './input';
import { kindOf } from './kinds';
import { render } from './render';
import { fullShape, isObject } from './shapes';
import type { Entity, Store } from './store';
import { refTo } from './store';

const ESTIMATE = fullShape('estimate_value');

/** Renders changed and deleted estimates. */
function renderEstimates(store: Store, updated: Entity[], destroyed: Entity[] = []): unknown {
	const shown = (entity: Entity) => render(store, entity, ESTIMATE);
	return { updated: updated.map(shown), destroyed: destroyed.map(shown) };
}

const createEstimates: Handler = ({ store, actor, parameters, body }) => {
	const investment = findOrFail(store, 'capacity_investment', parameters.id);
	const { estimate_values: given } = body;
	const values = isObject(given) ? Object.values(given) : given;
	if (!Array.isArray(values)) throw invalid("Estimate values can't be blank");
	const made = values.filter(isObject).map((value) => {
		const { team_id: teamId, period_start: start, total } = value;
		const team = teamId ? findOrFail(store, 'team', String(teamId as string)) : undefined;
		return store.add('estimate_value', {
			capacity_investment: refTo(investment),
			created_by_user: refTo(actor),
			period_start: start ?? null,
			total: Number(total),
			computed: false,
			ignored: false,
			...(team && { team: refTo(team) }),
		});
	});
	updateTotal(store, investment);
	return renderEstimates(store, made);
};

/** Sets the total of an investment to the sum of its estimates. */
function updateTotal(store: Store, investment: Entity): void {
	const values = [...store.referrers(investment, 'estimate_value')];
	const total = values.reduce((sum, { data }) => sum + Number(data.total ?? 0), 0);
	store.set(investment, { total });
}

const updateEstimate: Handler = ({ store, parameters, body }) => {
	const value = findOrFail(store, 'estimate_value', parameters.id);
	const given = isObject(body.estimate_value) ? body.estimate_value : body;
	if (given.total !== undefined) store.set(value, { total: Number(given.total), computed: false });
	const investment = store.resolve(value.data.capacity_investment);
	if (investment) updateTotal(store, investment);
	return renderEstimates(store, [value]);
};

const removeEstimate: Handler = ({ store, parameters }) => {
	const value = findOrFail(store, 'estimate_value', parameters.id);
	const investment = store.resolve(value.data.capacity_investment);
	store.delete(value);
	if (investment) updateTotal(store, investment);
	const left = investment ? [...store.referrers(investment, 'estimate_value')] : [];
	return renderEstimates(store, left, [value]);
};

const CHANGE = 'POST /schedulable_changes';

/** Reads the change, which may be wrapped while its team is not. */
function changeInputIn(context: RequestContext) {
	const { body } = context;
	const given = isObject(body.schedulable_change) ? body.schedulable_change : body;
	const wrapped = { team_id: body.team_id, ...given };
	return inputIn({ ...context, body: wrapped }, kindOf('schedulable_change'));
}

const createChange: Handler = (context) => {
	const input = changeInputIn(context);
	if (!input.values.team) throw invalid('Team must exist');
	const made = create(context.store, context.actor, 'schedulable_change', input);
	return responderFor(CHANGE, 'schedulable_change')(context, made);
};

const updateChange: Handler = (context) => {
	const change = findOrFail(context.store, 'schedulable_change', context.parameters.id);
	update(context.store, context.actor, change, changeInputIn(context));
	return responderFor('PUT /schedulable_changes/{id}', 'schedulable_change')(context, change);
};

const MEMBERS = 'PUT /schedulable_changes/{schedulable_change_id}/update_team_memberships';

const updateMembers: Handler = (context) => {
	const { store, parameters, body } = context;
	const change = findOrFail(store, 'schedulable_change', parameters.schedulable_change_id);
	const membership = findOrFail(
		store,
		'team_membership',
		String(body.team_membership_id as string),
	);
	const given = isObject(body.team_membership) ? body.team_membership : {};
	store.set(membership, {
		...(isObject(given.schedule) && { planned: given.schedule }),
		...('deleted' in given && { deleted: given.deleted }),
	});
	return responderFor(MEMBERS, 'schedulable_change')(context, change);
};

/** Adds a user or a virtual member to a team. */
const addTeamMember: Handler = (context) => {
	const { store, parameters, body } = context;
	const team = findOrFail(store, 'team', parameters.team_id);
	const given = isObject(body.team_membership) ? body.team_membership : body;
	const member = findOrAddMember(store, given);
	store.add('team_membership', { team: refTo(team), team_member: refTo(member) });
	return undefined;
};

function findOrAddMember(store: Store, given: Record<string, unknown>): Entity {
	if (given.virtual_user_id) return findOrFail(store, 'team_member', String(given.virtual_user_id));
	const user = findByText(store, 'user', String(given.user_id ?? ''));
	if (!user) throw invalid('User must exist');
	const known = [...store.referrers(user, 'team_member')][0];
	const { name, email } = user.data;
	return known ?? store.add('team_member', { name, email, user: refTo(user), virtual: false });
}

const createMember: Handler = (context) => {
	const input = inputIn(context, kindOf('team_member'));
	const values = { virtual: true, user: null, ...input.values };
	const made = create(context.store, context.actor, 'team_member', { ...input, values });
	return responderFor('POST /team_members', 'team_member')(context, made);
};

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 480, w: 2400 };

/** Parses `1d 2h` to minutes; a bare number is in points. */
function parseWork(text: string): { work_done: number; work_units: number } {
	const parts = [...text.matchAll(/([\d.]+)\s*([mhdw])/g)];
	if (parts.length === 0 && Number.isNaN(Number.parseFloat(text))) {
		throw invalid('Work done is not valid');
	}
	if (parts.length === 0) return { work_done: Number.parseFloat(text), work_units: 20 };
	const minutes = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * MINUTES[unit], 0);
	return { work_done: minutes, work_units: 10 };
}

const logWork =
	(segment: string, name: string): Handler =>
	(context) => {
		const { store, actor, body, parameters } = context;
		const record = findOrFail(store, name, parameters[`${name}_id`]);
		const given = isObject(body.time_tracking_event) ? body.time_tracking_event : body;
		const user = given.user_id ? findOrFail(store, 'user', String(given.user_id)) : actor;
		const made = store.add('time_tracking_event', {
			[name]: refTo(record),
			user: refTo(user),
			occurred_on: String(given.occurred_on ?? new Date().toISOString()).slice(0, 10),
			...parseWork(String(given.work_done_text ?? '')),
		});
		const route = `POST /${segment}/{${name}_id}/time_tracking_events`;
		return responderFor(route, 'time_tracking_event')(context, made);
	};

export const planningHandlers: Readonly<Record<string, Handler>> = {
	...Object.fromEntries(
		['feature', 'requirement', 'initiative'].map((name) => [
			`POST /${name}s/{${name}_id}/time_tracking_events`,
			logWork(`${name}s`, name),
		]),
	),
	'POST /capacity_investments/{id}/estimate_values': createEstimates,
	'PUT /estimate_values/{id}': updateEstimate,
	'DELETE /estimate_values/{id}': removeEstimate,
	[CHANGE]: createChange,
	'PUT /schedulable_changes/{id}': updateChange,
	[MEMBERS]: updateMembers,
	'POST /teams/{team_id}/team_memberships': addTeamMember,
	'POST /team_members': createMember,
};
