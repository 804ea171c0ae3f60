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

/** Parameters that name something else than the part of the path before them. */
const KINDS: Readonly<Record<string, string>> = {
	report_id: 'saved_report',
	project_id: 'product',
	product_id: 'product',
	master_feature_id: 'epic',
	custom_field_id: 'note',
	custom_field_value_id: 'note',
	release_id: 'release',
};

const pointsTo = (entity: Entity, other: Entity): boolean =>
	Object.values(entity.data).some((value) => value instanceof Ref && value.id === other.id);

/** A path with its parameters filled in with records that belong together. */
export function filled(store: Store, path: string): string {
	const parts = path.split('/');
	let above: Entity | undefined;
	return parts
		.map((part, index) => {
			const [, name, rest = ''] = /^\{(\w+)\}(.*)$/.exec(part) ?? [];
			if (!name) return part;
			if (name === 'field_value') return valueFor(store, parts[1]);
			if (FIXED[name] !== undefined) return FIXED[name];
			const kind = KINDS[name] ?? kindAt(parts[index - 1])?.name ?? 'feature';
			if (parts[index - 1] === 'deletions') return [...store.deletions.keys()][0];
			const owner = above;
			const found =
				(owner && store.first(kind, (entity) => pointsTo(entity, owner))) ?? store.first(kind);
			above = found;
			return `${found?.id ?? name}${rest}`;
		})
		.join('/')
		.replace(/\{(\w+)_id\}/g, (_, kind: string) => String(store.first(kind)?.id));
}

/** A value that a record of a kind holds in its field `key`. */
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

/** A body in which `@kind` stands for the id of the first record of that kind. */
export function filledBody(store: Store, body: unknown): unknown {
	if (typeof body === 'string' && body.startsWith('@')) return store.first(body.slice(1))?.id;
	if (Array.isArray(body)) return body.map((element) => filledBody(store, element));
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(
		Object.entries(body).map(([key, value]) => [key, filledBody(store, value)]),
	);
}
