import type { Handler } from './context';
import { findOrFail } from './context';
import { invalid, notFound } from './errors';
import { fieldChange, logChange } from './history';
import { kindAt, kindOfType } from './kinds';
import { render } from './render';
import { elementShape, isObject, recordedBody } from './shapes';
import type { Entity, Store, Ref } from './store';
import { refTo } from './store';

/** Names of the types of links by Aha!'s numbers. */
export const LINK_TYPES: Readonly<Record<number, string>> = {
	10: 'Relates to',
	20: 'Depends on',
	30: 'Duplicates',
	40: 'Contains',
	50: 'Impacts',
	60: 'Blocks',
};

const LIST = 'GET /features/{id}/record_links';
const listed = recordedBody(LIST);
const LINK = elementShape(isObject(listed) ? listed.record_links : undefined, 'record_link');

/** Renders a link as seen from one of its records. */
const renderLink = (store: Store, link: Entity, end: Entity | undefined): unknown => ({
	...render(store, link, LINK),
	...endsOf(store, link, end),
});

function endsOf(store: Store, { data }: Entity, end: Entity | undefined): Record<string, unknown> {
	const [parent, child] = [data.parent_record as Ref, data.child_record as Ref];
	return {
		parent_record_type: typeOf(store.resolve(parent)),
		parent_record_id: parent.id,
		child_record_type: typeOf(store.resolve(child)),
		child_record_id: child.id,
		parent: end === undefined || parent.id === end.id,
	};
}

const typeOf = (entity: Entity | undefined): string | null =>
	entity ? (entity.kind.name === 'epic' ? 'master_feature' : entity.kind.name) : null;

const list: Handler = ({ store, parameters, query }) => {
	const feature = findOrFail(store, 'feature', parameters.id);
	const isBoth = query.parent_and_child_links === 'true';
	const links = [...store.referrers(feature, 'record_link')].filter(
		({ data }) => isBoth || (data.parent_record as Ref).id === feature.id,
	);
	return { record_links: links.map((link) => renderLink(store, link, feature)) };
};

const get: Handler = ({ store, parameters }) => ({
	record_link: renderLink(store, findOrFail(store, 'record_link', parameters.id), undefined),
});

const create: Handler = ({ store, actor, parameters, body }) => {
	const kind = kindAt(parameters.record_type) ?? kindOfType(parameters.record_type);
	if (!kind) throw notFound();
	const parent = findOrFail(store, kind.name, parameters.id);
	const given = isObject(body.record_link) ? body.record_link : body;
	const type = Number(given.link_type);
	if (!LINK_TYPES[type]) throw invalid('Link type is not included in the list');
	const childKind = kindOfType(String(given.record_type ?? ''));
	const child = childKind && store.find(childKind.name, String(given.record_id));
	if (!child) throw invalid('Record must exist');
	const link = store.add('record_link', {
		link_type: LINK_TYPES[type],
		link_type_id: type,
		parent_record: refTo(parent),
		child_record: refTo(child),
	});
	const name = String(child.data.reference_num ?? child.id);
	const made = fieldChange('Record link', '', `${LINK_TYPES[type]} ${name}`);
	logChange(store, actor, 'create', parent, [made], { type: 'record_link', id: link.id });
	return undefined;
};

const remove: Handler = ({ store, actor, parameters }) => {
	const link = findOrFail(store, 'record_link', parameters.id);
	const parent = store.resolve(link.data.parent_record);
	store.delete(link);
	if (parent) {
		const gone = fieldChange('Record link', String(link.data.link_type), '');
		logChange(store, actor, 'destroy', parent, [gone], { type: 'record_link', id: link.id });
	}
	return undefined;
};

export const linkHandlers: Readonly<Record<string, Handler>> = {
	[LIST]: list,
	'GET /record_links/{id}': get,
	'DELETE /record_links/{id}': remove,
	'POST /{record_type}/{id}/record_links': create,
};
