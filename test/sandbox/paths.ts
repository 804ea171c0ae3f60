import type { Store } from '../../sandbox/api';
import { kindAt } from '../../sandbox/api/kinds';
import type { Entity } from '../../sandbox/api/store';
import { Ref } from '../../sandbox/api/store';

const FIXED: Readonly<Record<string, string>> = {
	key: 'customers',
	service_name: 'jira',
	field_name: 'key',
	record_type: 'features',
	token: 'sandbox-callback-token',
};

/** The kinds of parameters that do not follow from the path before them. */
const KINDS: Readonly<Record<string, string>> = {
	report_id: 'saved_report',
	project_id: 'product',
	product_id: 'product',
	master_feature_id: 'epic',
	custom_field_id: 'note',
	custom_field_value_id: 'note',
	release_id: 'release',
};

const refersTo = (entity: Entity, other: Entity): boolean =>
	Object.values(entity.data).some((value) => value instanceof Ref && value.id === other.id);

/** Fills in the parameters of a path with the ids of related records. */
export function fillPath(store: Store, path: string): string {
	const parts = path.split('/');
	let parent: Entity | undefined;
	return parts
		.map((part, index) => {
			const [, name, rest = ''] = /^\{(\w+)\}(.*)$/.exec(part) ?? [];
			if (!name) return part;
			if (name === 'field_value') return valueFor(store, parts[1]);
			if (FIXED[name] !== undefined) return FIXED[name];
			const kind = KINDS[name] ?? kindAt(parts[index - 1])?.name ?? 'feature';
			if (parts[index - 1] === 'deletions') return [...store.deletions.keys()][0];
			const owner = parent;
			const found =
				(owner && store.first(kind, (entity) => refersTo(entity, owner))) ?? store.first(kind);
			parent = found;
			return `${found?.id ?? name}${rest}`;
		})
		.join('/')
		.replace(/\{(\w+)_id\}/g, (_, kind: string) => String(store.first(kind)?.id));
}

/** The value of the integration field `key` of a record. */
function valueFor(store: Store, segment: string): string {
	const kind = kindAt(segment)?.name;
	const held = store.first(
		'integration_field',
		({ data }) =>
			data.name === 'key' &&
			(kind === 'integration' ? 'feature' : kind) === (data.integratable as Ref).kind,
	);
	return String(held?.data.value ?? 'none');
}

/** Replaces `@kind` in a body by the id of the first record of that kind. */
export function fillBody(store: Store, body: unknown): unknown {
	if (typeof body === 'string' && body.startsWith('@')) return store.first(body.slice(1))?.id;
	if (Array.isArray(body)) return body.map((element) => fillBody(store, element));
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [key, fillBody(store, value)]),
	);
}
