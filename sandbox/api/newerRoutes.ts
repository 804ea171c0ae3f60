import { create, update } from './changes';
import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { inputIn } from './crud';
import { responderFor } from './response';
import { ApiError, invalid } from './errors';
import { kindOf } from './kinds';
import { paginate, parseTime } from './lists';
import { render } from './render';
import { elementShape, isObject, recordedBody, without } from './shapes';
import type { Entity, Store } from './store';
import { Ref, refTo } from './store';

/** A theme belongs to the workspace that is named beside it. */
const createTheme: Handler = (context) => {
	const { store, actor, body } = context;
	if (!body.product_id) throw invalid('Product must exist');
	const product = findOrFail(store, 'product', String(body.product_id as string));
	const input = inputIn({ ...context, body: without(body, 'product_id') }, kindOf('idea_theme'));
	const place = { project: refTo(product) };
	return responderFor('POST /idea_themes', 'idea_theme')(
		context,
		create(store, actor, 'idea_theme', input, place),
	);
};

const PORTALS = '/products/{product_id}/idea_portals';

/** The workspaces that ideas of a portal go to; the first is the one it was made in. */
const workspacesOf = ({ data }: Entity): Ref[] => [
	...(data.project instanceof Ref ? [data.project] : []),
	...((data.linked_projects as Ref[] | undefined) ?? []),
];

function link(store: Store, portal: Entity, product: Entity, isLinked: boolean): void {
	const others = workspacesOf(portal).filter(({ id }) => id !== product.id);
	const [project = null, ...linked_projects] = isLinked ? [...others, refTo(product)] : others;
	store.set(portal, { project, linked_projects });
}

/** Gives a workspace more portals, or these and no others. */
const linkPortals =
	(method: 'POST' | 'PUT'): Handler =>
	({ store, parameters, body, query }) => {
		const product = findOrFail(store, 'product', parameters.product_id);
		if (!Array.isArray(body.idea_portal_ids)) throw invalid("Idea portal ids can't be blank");
		const given = body.idea_portal_ids.map((id) => findOrFail(store, 'idea_portal', String(id)));
		const gone = method === 'PUT' ? [...store.referrers(product, 'idea_portal')] : [];
		for (const portal of gone) link(store, portal, product, false);
		for (const portal of given) link(store, portal, product, true);
		const recorded = recordedBody(`${method} ${PORTALS}`);
		const shape = elementShape(
			isObject(recorded) ? recorded.idea_portals : undefined,
			'idea_portal',
		);
		const { records } = paginate([...store.referrers(product, 'idea_portal')], {
			...query,
			per_page: '200',
		});
		return { idea_portals: records.map((portal) => render(store, portal, shape)) };
	};

/** Who asked the assistant how often. Nobody does here but the first few. */
const listAssistantUsers: Handler = ({ store, query }) => {
	const [start, end] = [parseTime(query, 'start_at'), parseTime(query, 'end_at')];
	if (start !== undefined && end !== undefined && end <= start) {
		throw new ApiError(422, { error: 'end_at must be after start_at' });
	}
	const users = store.all('user').slice(0, 3);
	const { records, pagination } = paginate(
		users.map(({ id, data }, index) => ({
			id,
			name: data.name,
			email: data.email,
			message_count: users.length - index,
		})),
		query,
	);
	return { users: records, pagination };
};

const published = (
	{ store, actor, parameters }: RequestContext,
	publishing_status: string,
): Entity => {
	const page = findOrFail(store, 'page', parameters.id);
	update(store, actor, page, { values: { publishing_status }, notes: {}, custom: {} });
	return page;
};

const publish: Handler = (context) =>
	responderFor('POST /pages/{id}/publish', 'page')(context, published(context, 'Published'));

/** Aha! answers 200 without a body. */
const unpublish: Handler = async (context) => {
	published(context, 'Unpublished');
	await context.reply.code(200).header('content-type', 'application/json').send();
};

export const newerHandlers: Readonly<Record<string, Handler>> = {
	'POST /idea_themes': createTheme,
	[`POST ${PORTALS}`]: linkPortals('POST'),
	[`PUT ${PORTALS}`]: linkPortals('PUT'),
	'GET /usage/assistant_users': listAssistantUsers,
	'POST /pages/{id}/publish': publish,
	'POST /pages/{id}/unpublish': unpublish,
};
