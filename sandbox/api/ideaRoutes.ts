import { create, remove, update } from './changes';
import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { inputIn } from './crud';
import { responderFor } from './response';
import { invalid } from './errors';
import { findByText } from './input';
import { kindOf } from './kinds';
import { isObject, without } from './shapes';
import type { Entity, Store } from './store';
import { Ref, refTo } from './store';

const VOTE = kindOf('idea_endorsement');

/** Votes for an idea as the current user or on behalf of someone else. */
const createVote: Handler = (context) => {
	const { store, actor, parameters, query, body } = context;
	const idea = findOrFail(store, 'idea', parameters.idea_id);
	const given = isObject(body.idea_endorsement) ? body.idea_endorsement : body;
	const email = String(given.email ?? '');
	const { idea_organization_id: organizationId } = given;
	const rest = without(given, 'email', 'idea_organization_id');
	const voter = email ? findOrAddPortalUser(store, email, query.idea_portal_id) : undefined;
	const input = inputIn({ ...context, body: rest }, VOTE);
	const creator = input.values.created_by_user ?? refTo(actor);
	const values = without(input.values, 'created_by_user');
	const person = voter
		? {
				endorsed_by_portal_user: refTo(voter),
				endorsed_by_idea_user: voter.data.idea_user,
			}
		: { endorsed_by_user: creator };
	const old = voter ? undefined : [...store.referrers(idea, VOTE.name)].find(isVoteOf(creator));
	if (old && query.multiple_endorsements !== 'true') remove(store, actor, old);
	const made = create(
		store,
		actor,
		VOTE.name,
		{ ...input, values },
		{
			idea: refTo(idea),
			weight: Number(given.weight ?? 1),
			proxy: voter !== undefined || organizationId !== undefined,
			...person,
			...organizationFor(store, organizationId, voter),
		},
	);
	return responderFor('POST /ideas/{idea_id}/endorsements', VOTE.name)(context, made);
};

const isVoteOf =
	(person: unknown) =>
	({ data }: Entity): boolean =>
		data.proxy !== true &&
		data.endorsed_by_user instanceof Ref &&
		data.endorsed_by_user.id === (person as Ref).id;

function organizationFor(
	store: Store,
	id: unknown,
	voter: Entity | undefined,
): Record<string, unknown> {
	if (id === undefined || id === null || id === '') {
		const user = store.resolve(voter?.data.idea_user);
		const [own] = (user?.data.idea_organizations as Ref[] | undefined) ?? [];
		return own ? { idea_organization: own } : {};
	}
	const found = store.find('idea_organization', String(id as string));
	if (!found) throw invalid('Idea organization must exist');
	return { idea_organization: refTo(found) };
}

/** Voters and subscribers become users of the portal. */
function findOrAddPortalUser(store: Store, email: string, portalId: string | undefined): Entity {
	if (!email.includes('@')) throw invalid('Email is invalid');
	const known = findByText(store, 'portal_user', email);
	if (known) return known;
	const user =
		findByText(store, 'idea_user', email) ?? store.add('idea_user', { name: email, email });
	const portal = portalId ? findOrFail(store, 'idea_portal', portalId) : store.first('idea_portal');
	return store.add('portal_user', {
		email,
		first_name: null,
		last_name: null,
		enabled: true,
		verified: false,
		employee: false,
		unsubscribed: false,
		idea_user: refTo(user),
		...(portal && { idea_portal: refTo(portal) }),
	});
}

const subscribe: Handler = (context) => {
	const { store, actor, parameters, body } = context;
	const idea = findOrFail(store, 'idea', parameters.idea_id);
	const given = isObject(body.idea_subscription) ? body.idea_subscription : body;
	if (!given.email) throw invalid("Email can't be blank");
	const portalId = given.idea_portal_id;
	const user = findOrAddPortalUser(
		store,
		String(given.email),
		portalId ? String(portalId) : undefined,
	);
	const made = create(
		store,
		actor,
		'idea_subscription',
		{ values: {}, notes: {}, custom: {} },
		{ idea: refTo(idea), portal_user: refTo(user) },
	);
	return responderFor('POST /ideas/{idea_id}/subscriptions', 'idea_subscription')(context, made);
};

/** Comments as the current user or on behalf of someone else. */
const createIdeaComment: Handler = (context) => {
	const { store, actor, parameters } = context;
	const input = inputIn(context, kindOf('idea_comment'));
	const { user, ...values } = input.values;
	const made = create(
		store,
		actor,
		'idea_comment',
		{ ...input, values },
		{
			idea: refTo(findOrFail(store, 'idea', parameters.idea_id)),
			idea_commenter_user: user ?? refTo(actor),
		},
	);
	return responderFor('POST /ideas/{idea_id}/idea_comments', 'idea_comment')(context, made);
};

const commentOn =
	(segment: string, name: string): Handler =>
	(context) => {
		const { store, actor, parameters } = context;
		const record = findOrFail(store, name, parameters[`${name}_id`]);
		const references = { commentable: refTo(record), user: refTo(actor) };
		const made = create(store, actor, 'comment', inputIn(context, kindOf('comment')), references);
		return responderFor(`POST /${segment}/{${name}_id}/comments`, 'comment')(context, made);
	};

const COMMENTED = [
	'feature',
	'epic',
	'requirement',
	'page',
	'idea',
	'initiative',
	'goal',
	'release',
	'release_phase',
	'task',
];

const createPortalUser: Handler = (context) => {
	const { store, actor, parameters } = context;
	const portal = findOrFail(store, 'idea_portal', parameters.idea_portal_id);
	const input = inputIn(context, kindOf('portal_user'));
	const email = String(input.values.email ?? '');
	const user = findByText(store, 'idea_user', email) ?? store.add('idea_user', { ...input.values });
	const made = create(store, actor, 'portal_user', input, {
		idea_portal: refTo(portal),
		idea_user: refTo(user),
	});
	const route = 'POST /idea_portals/{idea_portal_id}/portal_users';
	return responderFor(route, 'portal_user')(context, made);
};

const portalUser = ({ store, parameters }: RequestContext): Entity => {
	findOrFail(store, 'idea_portal', parameters.idea_portal_id);
	return findOrFail(store, 'portal_user', parameters.portal_user_id);
};

const preferencesOf = ({ data }: Entity): unknown => ({
	portal_user_subscriptions: { preferences: data.preferences ?? [] },
});

const getPreferences: Handler = (context) => {
	const user = portalUser(context);
	const { store } = context;
	if (user.data.preferences) return preferencesOf(user);
	const portal = store.resolve(user.data.idea_portal);
	return {
		portal_user_subscriptions: {
			preferences: portal ? [{ type: 'IdeaPortal', id: portal.id }] : [],
		},
	};
};

const setPreferences: Handler = (context) => {
	const user = portalUser(context);
	const { portal_user_subscriptions: given } = context.body;
	if (!isObject(given) || !Array.isArray(given.preferences)) {
		throw invalid("Preferences can't be blank");
	}
	update(context.store, context.actor, user, {
		values: { preferences: given.preferences },
		notes: {},
		custom: {},
	});
	return preferencesOf(user);
};

const subscribeToAll: Handler = (context) => {
	const user = portalUser(context);
	const preferences = [...context.store.all('idea_portal')].map(({ id }) => ({
		type: 'IdeaPortal',
		id,
	}));
	context.store.set(user, { preferences, unsubscribed: false });
	return undefined;
};

const PREFERENCES =
	'/idea_portals/{idea_portal_id}/portal_users/{portal_user_id}/portal_user_subscriptions';

export const ideaHandlers: Readonly<Record<string, Handler>> = {
	...Object.fromEntries(
		COMMENTED.map((name) => {
			const segment = kindOf(name).plural;
			return [`POST /${segment}/{${name}_id}/comments`, commentOn(segment, name)];
		}),
	),
	'POST /ideas/{idea_id}/endorsements': createVote,
	'POST /ideas/{idea_id}/subscriptions': subscribe,
	'POST /ideas/{idea_id}/idea_comments': createIdeaComment,
	'POST /idea_portals/{idea_portal_id}/portal_users': createPortalUser,
	[`GET ${PREFERENCES}`]: getPreferences,
	[`POST ${PREFERENCES}`]: setPreferences,
	[`POST ${PREFERENCES}/subscribe_to_all`]: subscribeToAll,
};
