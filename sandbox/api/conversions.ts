import { bringBack, create, remove, setCustom, update } from './changes';
import type { Handler, Visit } from './engine';
import { answerOf, the } from './engine';
import { invalid, notFound } from './failures';
import { kindOfType } from './kinds';
import type { Input } from './input';
import { pageOf } from './lists';
import { render } from './render';
import { elementShape, isObject, without } from './shapes';
import type { Deletion, Entity, Store, Ref } from './store';
import { refTo } from './store';

const NOTHING: Input = { values: {}, notes: {}, custom: {} };

/** What a record takes along when it becomes another. */
function copied(store: Store, { data }: Entity, keys: readonly string[]): Input {
	const values = Object.fromEntries(
		keys.filter((key) => key in data).map((key) => [key, data[key]]),
	);
	const description = store.at(data.description)?.data.body;
	return { ...NOTHING, values, notes: { description: String(description ?? '') } };
}

const KEPT = ['name', 'release', 'project', 'assigned_to_user', 'tags', 'due_date', 'start_date'];

/** Makes a record of another kind, and lets the old one go. */
const converting =
	(route: string, from: string, to: string): Handler =>
	(visit) => {
		const { store, by, parameters } = visit;
		const old = the(store, from, parameters.id);
		const made = create(store, by, to, copied(store, old, KEPT));
		const answer = answerOf(route, to)(visit, made);
		remove(store, by, old);
		return answer;
	};

const duplicateRelease: Handler = (visit) => {
	const { store, by, parameters } = visit;
	const old = the(store, 'release', parameters.id);
	const input = copied(store, old, ['project', 'owner', 'start_date', 'release_date', 'goals']);
	const values = { ...input.values, name: `[Copy] ${String(old.data.name)}` };
	const made = create(store, by, 'release', { ...NOTHING, values });
	for (const feature of store.pointingTo(old, 'feature')) {
		const copy = copied(store, feature, ['name', 'assigned_to_user', 'tags', 'workflow_kind']);
		create(store, by, 'feature', copy, { release: refTo(made), project: made.data.project });
	}
	return { release: { id: made.id, name: made.data.name } };
};

/** Where an idea can go, and what it needs there. */
const PROMOTABLE: Readonly<Record<string, string>> = {
	feature: 'feature',
	requirement: 'requirement',
	epic: 'epic',
	master_feature: 'epic',
	initiative: 'initiative',
};

const promote: Handler = (visit) => {
	const { store, by, parameters } = visit;
	const body = isObject(visit.body.idea) ? visit.body.idea : visit.body;
	const idea = the(store, 'idea', parameters.id);
	const type = kindOfType(String(body.promotable_type ?? 'feature'))?.name ?? '';
	const name = PROMOTABLE[type];
	if (!name) throw invalid('Promotable type is not included in the list');
	const made = create(store, by, name, copied(store, idea, ['name', 'tags']), {
		project: idea.data.project,
		...placeFor(visit, name, body, idea),
	});
	update(store, by, idea, { ...NOTHING, values: { [name]: refTo(made) } });
	return answerOf('PUT /ideas/{id}/promote', 'idea')(visit, idea);
};

/** The record that a promoted idea goes into: as asked, or the first one in its workspace. */
function placeFor(
	{ store }: Visit,
	name: string,
	body: Record<string, unknown>,
	{ data }: Entity,
): Record<string, unknown> {
	const above = { feature: 'release', epic: 'release', requirement: 'feature' }[name];
	if (!above) return {};
	const asked = body[`${above}_id`];
	if (asked !== undefined && asked !== null) {
		const found = store.find(above, String(asked as string));
		if (!found) throw invalid(`${above === 'release' ? 'Release' : 'Feature'} must exist`);
		return { [above]: refTo(found), project: found.data.project };
	}
	if (above === 'feature') throw invalid("Feature can't be blank");
	const product = body.product_id ? store.find('product', String(body.product_id)) : undefined;
	const wanted = product?.id ?? (data.project as Ref).id;
	const first = store.first('release', (release) => (release.data.project as Ref).id === wanted);
	return first ? { release: refTo(first), project: first.data.project } : {};
}

const deletionShown = (
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
	const { records, pagination } = pageOf(all, query);
	return {
		deletions: records.map((deletion) => deletionShown(deletion, 'deleted')),
		// The one list where Aha! gives back the text that it was asked with.
		pagination: { ...pagination, current_page: String(pagination.current_page) },
	};
};

const restoreDeletion: Handler = ({ store, by, parameters }) => {
	const deletion = store.deletions.get(parameters.id);
	if (!deletion) throw notFound();
	bringBack(store, by, parameters.id);
	return { deletion: deletionShown(deletion, 'restore_in_progress') };
};

/** Ideas with a word of the question in their name. */
const relatedIdeas: Handler = ({ store, query }) => {
	const words = String(query.q ?? '')
		.toLowerCase()
		.split(/\W+/)
		.filter((word) => word.length > 3);
	const shape = elementShape(undefined, 'idea');
	const found = [...store.all('idea')].filter(({ data }) =>
		words.some((word) => String(data.name).toLowerCase().includes(word)),
	);
	const { records, pagination } = pageOf(found, query);
	return { ideas: records.map((idea) => render(store, idea, shape)), pagination };
};

/** Links between custom tables and records: the same body for every kind of record. */
export function linkTables(route: string, kind: string, otherwise: Handler): Handler {
	return (visit) => {
		const { store, by, parameters, body } = visit;
		const given = body.custom_object_record;
		if (!isObject(given)) return otherwise(visit);
		const entity = the(store, kind, parameters.id);
		setLinks(store, by, entity, given.custom_object_links);
		if (kind === 'custom_object_record') {
			const custom_object_record = without(given, 'custom_object_links');
			return otherwise({ ...visit, body: { custom_object_record } });
		}
		return answerOf(route, kind)(visit, entity);
	};
}

function setLinks(store: Store, by: Entity, entity: Entity, links: unknown): void {
	if (!isObject(links)) return;
	const custom_object_links = Object.entries(links).map(([key, ids]) => ({
		key,
		name: key.replace(/_/g, ' '),
		record_type: 'CustomObjectRecord',
		record_ids: (Array.isArray(ids) ? ids : [ids]).map(String),
	}));
	update(store, by, entity, { ...NOTHING, values: { custom_object_links } });
}

const createTableRecord: Handler = (visit) => {
	const { store, by, parameters, body } = visit;
	const given = isObject(body.custom_object_record) ? body.custom_object_record : {};
	const record = create(store, by, 'custom_object_record', NOTHING, {
		project: refTo(the(store, 'product', parameters.product_id)),
		key: parameters.key,
		created_by_user: refTo(by),
	});
	setCustom(store, record, isObject(given.custom_fields) ? given.custom_fields : {});
	setLinks(store, by, record, given.custom_object_links);
	const route = 'POST /products/{product_id}/custom_objects/{key}/records';
	return answerOf(route, 'custom_object_record')(visit, record);
};

const listTableRecords: Handler = ({ store, parameters, query }) => {
	const product = the(store, 'product', parameters.product_id);
	const all = [...store.pointingTo(product, 'custom_object_record')].filter(
		({ data }) => data.key === parameters.key,
	);
	const { records, pagination } = pageOf(all, query);
	const shape = elementShape(undefined, 'custom_object_record');
	return {
		custom_object_records: records.map((record) => render(store, record, shape)),
		pagination,
	};
};

const CONVERT_FEATURE = 'POST /features/{id}/convert_to_epic';
const CONVERT_REQUIREMENT = 'POST /requirements/{id}/convert_to_feature';

export const conversionHandlers: Readonly<Record<string, Handler>> = {
	[CONVERT_FEATURE]: (visit) => converting(CONVERT_FEATURE, 'feature', 'epic')(visit),
	[CONVERT_REQUIREMENT]: (visit) =>
		converting(CONVERT_REQUIREMENT, 'requirement', 'feature')(visit),
	'POST /releases/{id}/duplicate': duplicateRelease,
	'PUT /ideas/{id}/promote': promote,
	'GET /ideas/related': relatedIdeas,
	'GET /deletions': listDeletions,
	'POST /deletions/{id}/restore': restoreDeletion,
	'POST /products/{product_id}/custom_objects/{key}/records': createTableRecord,
	'GET /products/{product_id}/custom_objects/{key}/records': listTableRecords,
};
