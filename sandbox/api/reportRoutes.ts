import type { Handler } from './context';
import { findOrFail } from './context';
import { paginate } from './lists';
import type { Entity, Store } from './store';
import { addressOf } from './values';

/** The columns of the saved report about features. */
const COLUMNS = [
	{ table: 'projects', field: 'name', title: 'Workspace name' },
	{ table: 'releases', field: 'name', title: 'Release name' },
	{ table: 'features', field: 'name', title: 'Feature name' },
	{ table: 'features', field: 'reference_num', title: 'Feature reference #' },
	{ table: 'features', field: 'status', title: 'Feature status' },
	{ table: 'ideas', field: 'created_by_user_id', title: 'Idea created by' },
];

interface Cell {
	readonly id: string | null;
	readonly plain_value: string | null;
	readonly html_value: string | null;
	readonly rich_value: unknown;
}

const NO_CELL: Cell = { id: null, plain_value: null, html_value: null, rich_value: null };

function cell(entity: Entity | undefined, field: string, rich?: unknown): Cell {
	if (!entity) return NO_CELL;
	const { id, kind, data } = entity;
	const text = String(data[field]);
	const address = `/${kind.page}/${addressOf(entity)}`;
	return {
		id,
		plain_value: text,
		html_value: `<a data-drawer-url="${address}" href="${address}">${text}</a>`,
		rich_value: rich ?? text,
	};
}

function rowOf(store: Store, feature: Entity): Cell[] {
	const status = store.resolve(feature.data.workflow_status);
	const { name, color } = status?.data ?? {};
	return [
		cell(store.resolve(feature.data.project), 'name'),
		cell(store.resolve(feature.data.release), 'name'),
		cell(feature, 'name'),
		cell(feature, 'reference_num'),
		{
			id: feature.id,
			plain_value: String(name),
			html_value: `<span class="status-pill" title="${String(name)}">${String(name)}</span>`,
			rich_value: { id: status?.id, name, color: String(color).replace('#', '') },
		},
		NO_CELL,
	];
}

function list(store: Store, query: Parameters<typeof paginate>[1]): unknown {
	const { records, pagination } = paginate([...store.all('feature')], query);
	const rows = records.map((feature) => rowOf(store, feature));
	return { pagination: [pagination], columns: COLUMNS, rows };
}

/** A pivot table with workspaces as columns, releases as rows and features in the cells. */
function pivot(store: Store): unknown {
	const products = [...store.all('product')];
	const releases = [...store.all('release')];
	const columnRef = new Map(products.map(({ id }, index) => [id, index + 1]));
	const rowRef = new Map(releases.map(({ id }, index) => [id, products.length + index + 1]));
	const [column, row, ...shown] = COLUMNS.map((definition, index) => ({
		ref: products.length + releases.length + index + 1,
		...definition,
	}));
	const headings = (entities: Entity[], refs: Map<string, number>, definition: number) =>
		Object.fromEntries(
			entities.map((entity) => {
				const ref = refs.get(entity.id) as number;
				const tree = { ref, parent_ref: null, child_refs: [] };
				return [ref, { ...tree, ...cell(entity, 'name'), field_definition_ref: definition }];
			}),
		);
	const entriesIn = (product: Entity, release: Entity) =>
		[...store.referrers(release, 'feature')]
			.filter(({ data }) => store.resolve(data.project) === product)
			.map((feature) =>
				rowOf(store, feature)
					.slice(2, 4)
					.map((value, index) => ({
						...value,
						row_ref: rowRef.get(release.id),
						column_ref: columnRef.get(product.id),
						field_definition_ref: shown[index].ref,
					})),
			);
	return {
		top_level_columns: [...columnRef.values()],
		columns: headings(products, columnRef, column.ref),
		top_level_rows: [...rowRef.values()],
		rows: headings(releases, rowRef, row.ref),
		cells: releases.map((release) => products.map((product) => entriesIn(product, release))),
		field_definitions: Object.fromEntries(
			[column, row, ...shown].map((definition) => [definition.ref, definition]),
		),
	};
}

const report: Handler = ({ store, parameters, query }) => {
	findOrFail(store, 'saved_report', parameters.report_id);
	return query.view === 'pivot' ? pivot(store) : list(store, query);
};

export const reportHandlers: Readonly<Record<string, Handler>> = {
	'GET /bookmarks/custom_pivots/{report_id}': report,
};
