import { restore, create, remove, setCustom, update } from './changes';
import type { Handler, RequestContext } from './context';
import { findOrFail } from './context';
import { responderFor } from './response';
import { invalid, notFound } from './errors';
import { kindOfType } from './kinds';
import type { Input } from './input';
import { paginate } from './lists';
import { render } from './render';
import { elementShape, isObject, without } from './shapes';
import type { Deletion, Entity, Store, Ref } from './store';
import { refTo } from './store';

const NOTHING: Input = { values: {}, notes: {}, custom: {} };

/** Copies values and the description of a record for a new one. */
function copyInput(store: Store, { data }: Entity, keys: readonly string[]): Input {
	const values = Object.fromEntries(
		keys.filter((key) => key in data).map((key) => [key, data[key]]),
	);
	const description = store.resolve(data.description)?.data.body;
	return { ...NOTHING, values, notes: { description: String(description ?? '') } };
}

const KEPT_KEYS = [
	'name',
	'release',
	'project',
	'assigned_to_user',
	'tags',
	'due_date',
	'start_date',
];

/** Replaces a record by one of another kind. */
const convertHandler =
	(route: string, from: string, to: string): Handler =>
	(context) => {
		const { store, actor, parameters } = context;
		const old = findOrFail(store, from, parameters.id);
		const made = create(store, actor, to, copyInput(store, old, KEPT_KEYS));
		const response = responderFor(route, to)(context, made);
		remove(store, actor, old);
		return response;
	};

const duplicateRelease: Handler = (context) => {
	const { store, actor, parameters } = context;
	const old = findOrFail(store, 'release', parameters.id);
	const input = copyInput(store, old, ['project', 'owner', 'start_date', 'release_date', 'goals']);
	const values = { ...input.values, name: `[Copy] ${String(old.data.name)}` };
	const made = create(store, actor, 'release', { ...NOTHING, values });
	for (const feature of store.referrers(old, 'feature')) {
		const copy = copyInput(store, feature, ['name', 'assigned_to_user', 'tags', 'workflow_kind']);
		create(store, actor, 'feature', copy, { release: refTo(made), project: made.data.project });
	}
	return { release: { id: made.id, name: made.data.name } };
};

/** What an idea can be promoted to. */
const PROMOTABLE: Readonly<Record<string, string>> = {
	feature: 'feature',
	requirement: 'requirement',
	epic: 'epic',
	master_feature: 'epic',
	initiative: 'initiative',
};

const promote: Handler = (context) => {
	const { store, actor, parameters } = context;
	const body = isObject(context.body.idea) ? context.body.idea : context.body;
	const idea = findOrFail(store, 'idea', parameters.id);
	const type = kindOfType(String(body.promotable_type ?? 'feature'))?.name ?? '';
	const name = PROMOTABLE[type];
	if (!name) throw invalid('Promotable type is not included in the list');
	const made = create(store, actor, name, copyInput(store, idea, ['name', 'tags']), {
		project: idea.data.project,
		...parentFor(context, name, body, idea),
	});
	update(store, actor, idea, { ...NOTHING, values: { [name]: refTo(made) } });
	return responderFor('PUT /ideas/{id}/promote', 'idea')(context, idea);
};

/** The parent for a promoted idea: the given one, or the first release of its workspace. */
function parentFor(
	{ store }: RequestContext,
	name: string,
	body: Record<string, unknown>,
	{ data }: Entity,
): Record<string, unknown> {
	const parent = { feature: 'release', epic: 'release', requirement: 'feature' }[name];
	if (!parent) return {};
	const parentId = body[`${parent}_id`];
	if (parentId !== undefined && parentId !== null) {
		const found = store.find(parent, String(parentId as string));
		if (!found) throw invalid(`${parent === 'release' ? 'Release' : 'Feature'} must exist`);
		return { [parent]: refTo(found), project: found.data.project };
	}
	if (parent === 'feature') throw invalid("Feature can't be blank");
	const product = body.product_id ? store.find('product', String(body.product_id)) : undefined;
	const wanted = product?.id ?? (data.project as Ref).id;
	const first = store.first('release', (release) => (release.data.project as Ref).id === wanted);
	return first ? { release: refTo(first), project: first.data.project } : {};
}

const renderDeletion = (
	{ id, entity, deletedBy, deletedAt }: Deletion,
	status: string,
): unknown => ({
	status,
	record: {
		name: entity.data.name ?? null,
		type: entity.kind.type,
		reference_num: entity.data.reference_num ?? null,
	},
	deleted_by: deletedBy && {
		id: deletedBy.id,
		name: deletedBy.data.name,
		email: deletedBy.data.email,
	},
	id,
	deleted_at: deletedAt,
});

const listDeletions: Handler = ({ store, query }) => {
	const all = [...store.deletions.values()].reverse();
	const { records, pagination } = paginate(all, query);
	return {
		deletions: records.map((deletion) => renderDeletion(deletion, 'deleted')),
		// The one list where Aha! returns the page as text.
		pagination: { ...pagination, current_page: String(pagination.current_page) },
	};
};

const restoreDeletion: Handler = ({ store, actor, parameters }) => {
	const deletion = store.deletions.get(parameters.id);
	if (!deletion) throw notFound();
	restore(store, actor, parameters.id);
	return { deletion: renderDeletion(deletion, 'restore_in_progress') };
};

/** Finds ideas with a word of the query in their names. */
const relatedIdeas: Handler = ({ store, query }) => {
	const words = String(query.q ?? '')
		.toLowerCase()
		.split(/\W+/)
		.filter((word) => word.length > 3);
	const shape = elementShape(undefined, 'idea');
	const found = [...store.all('idea')].filter(({ data }) =>
		words.some((word) => String(data.name).toLowerCase().includes(word)),
	);
	const { records, pagination } = paginate(found, query);
	return { ideas: records.map((idea) => render(store, idea, shape)), pagination };
};

/** Adds support for links to custom table records, which have the same body for all kinds. */
export function withTableLinks(route: string, kind: string, otherwise: Handler): Handler {
	return (context) => {
		const { store, actor, parameters, body } = context;
		const given = body.custom_object_record;
		if (!isObject(given)) return otherwise(context);
		const entity = findOrFail(store, kind, parameters.id);
		setLinks(store, actor, entity, given.custom_object_links);
		if (kind === 'custom_object_record') {
			const custom_object_record = without(given, 'custom_object_links');
			return otherwise({ ...context, body: { custom_object_record } });
		}
		return responderFor(route, kind)(context, entity);
	};
}

function setLinks(store: Store, actor: Entity, entity: Entity, links: unknown): void {
	if (!isObject(links)) return;
	const custom_object_links = Object.entries(links).map(([key, ids]) => ({
		key,
		name: key.replace(/_/g, ' '),
		record_type: 'CustomObjectRecord',
		record_ids: (Array.isArray(ids) ? ids : [ids]).map(String),
	}));
	update(store, actor, entity, { ...NOTHING, values: { custom_object_links } });
}

const createTableRecord: Handler = (context) => {
	const { store, actor, parameters, body } = context;
	const given = isObject(body.custom_object_record) ? body.custom_object_record : {};
	const record = create(store, actor, 'custom_object_record', NOTHING, {
		project: refTo(findOrFail(store, 'product', parameters.product_id)),
		key: parameters.key,
		created_by_user: refTo(actor),
	});
	setCustom(store, record, isObject(given.custom_fields) ? given.custom_fields : {});
	setLinks(store, actor, record, given.custom_object_links);
	const route = 'POST /products/{product_id}/custom_objects/{key}/records';
	return responderFor(route, 'custom_object_record')(context, record);
};

const listTableRecords: Handler = ({ store, parameters, query }) => {
	const product = findOrFail(store, 'product', parameters.product_id);
	const all = [...store.referrers(product, 'custom_object_record')].filter(
		({ data }) => data.key === parameters.key,
	);
	const { records, pagination } = paginate(all, query);
	const shape = elementShape(undefined, 'custom_object_record');
	return {
		custom_object_records: records.map((record) => render(store, record, shape)),
		pagination,
	};
};

const CONVERT_FEATURE = 'POST /features/{id}/convert_to_epic';
const CONVERT_REQUIREMENT = 'POST /requirements/{id}/convert_to_feature';

export const conversionHandlers: Readonly<Record<string, Handler>> = {
	[CONVERT_FEATURE]: (context) => convertHandler(CONVERT_FEATURE, 'feature', 'epic')(context),
	[CONVERT_REQUIREMENT]: (context) =>
		convertHandler(CONVERT_REQUIREMENT, 'requirement', 'feature')(context),
	'POST /releases/{id}/duplicate': duplicateRelease,
	'PUT /ideas/{id}/promote': promote,
	'GET /ideas/related': relatedIdeas,
	'GET /deletions': listDeletions,
	'POST /deletions/{id}/restore': restoreDeletion,
	'POST /products/{product_id}/custom_objects/{key}/records': createTableRecord,
	'GET /products/{product_id}/custom_objects/{key}/records': listTableRecords,
};
