import { create, update } from './changes';
import type { Handler, Visit } from './engine';
import { answerOf, inputOf, the } from './engine';
import { Failure, invalid } from './failures';
import { kindOf } from './kinds';
import { pageOf, timeIn } from './lists';
import { render } from './render';
import { elementShape, isObject, recordedBody, without } from './shapes';
import type { Entity, Store } from './store';
import { Ref, refTo } from './store';

/** A theme belongs to the workspace that is named beside it. */
const createTheme: Handler = (visit) => {
	const { store, by, body } = visit;
	if (!body.product_id) throw invalid('Product must exist');
	const product = the(store, 'product', String(body.product_id as string));
	const input = inputOf({ ...visit, body: without(body, 'product_id') }, kindOf('idea_theme'));
	const place = { project: refTo(product) };
	return answerOf('POST /idea_themes', 'idea_theme')(
		visit,
		create(store, by, 'idea_theme', input, place),
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
		const product = the(store, 'product', parameters.product_id);
		if (!Array.isArray(body.idea_portal_ids)) throw invalid("Idea portal ids can't be blank");
		const given = body.idea_portal_ids.map((id) => the(store, 'idea_portal', String(id)));
		const gone = method === 'PUT' ? [...store.pointingTo(product, 'idea_portal')] : [];
		for (const portal of gone) link(store, portal, product, false);
		for (const portal of given) link(store, portal, product, true);
		const recorded = recordedBody({ method, path: PORTALS });
		const shape = elementShape(
			isObject(recorded) ? recorded.idea_portals : undefined,
			'idea_portal',
		);
		const { records } = pageOf([...store.pointingTo(product, 'idea_portal')], {
			...query,
			per_page: '200',
		});
		return { idea_portals: records.map((portal) => render(store, portal, shape)) };
	};

/** Who asked the assistant how often. Nobody does here but the first few. */
const listAssistantUsers: Handler = ({ store, query }) => {
	const [start, end] = [timeIn(query, 'start_at'), timeIn(query, 'end_at')];
	if (start !== undefined && end !== undefined && end <= start) {
		throw new Failure(422, { error: 'end_at must be after start_at' });
	}
	const users = store.all('user').slice(0, 3);
	const { records, pagination } = pageOf(
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

const published = ({ store, by, parameters }: Visit, publishing_status: string): Entity => {
	const page = the(store, 'page', parameters.id);
	update(store, by, page, { values: { publishing_status }, notes: {}, custom: {} });
	return page;
};

const publish: Handler = (visit) =>
	answerOf('POST /pages/{id}/publish', 'page')(visit, published(visit, 'Published'));

/** Aha! answers 200 without a body. */
const unpublish: Handler = async (visit) => {
	published(visit, 'Unpublished');
	await visit.reply.code(200).header('content-type', 'application/json').send();
};

export const newerHandlers: Readonly<Record<string, Handler>> = {
	'POST /idea_themes': createTheme,
	[`POST ${PORTALS}`]: linkPortals('POST'),
	[`PUT ${PORTALS}`]: linkPortals('PUT'),
	'GET /usage/assistant_users': listAssistantUsers,
	'POST /pages/{id}/publish': publish,
	'POST /pages/{id}/unpublish': unpublish,
};
