import { recorded } from '../../../sandbox/aha-api';
import { jsonOf, runNode } from '../runNode';

const REPORT = 'GET /bookmarks/custom_pivots/{report_id}';

const cell = (id: number | null, text: string | null) => ({
	id,
	plain_value: text,
	html_value: text && `<b>${text}</b>`,
	rich_value: text,
});

const list = (rows: unknown[], page = 1, pages = 1) => ({
	pagination: [{ total_records: rows.length * pages, total_pages: pages, current_page: page }],
	columns: [
		{ table: 'features', field: 'name', title: 'Name' },
		{ table: 'releases', field: 'name', title: 'Name' },
		{ table: 'features', field: 'status', title: 'Feature status' },
	],
	rows,
});

const parameters = {
	resource: 'savedReport',
	operation: 'getRows',
	record: { __rl: true, mode: 'id', value: '801750833' },
	view: 'list',
	output: 'simple',
	returnAll: true,
};

test('rows of a list are keyed by column title, and equal titles are told apart', async () => {
	const result = await runNode(parameters, () => ({
		body: list([[cell(1, 'Feature 1'), cell(2, 'Release 1'), cell(null, null)]]),
	}));
	expect(jsonOf(result)).toEqual([
		{ Name: 'Feature 1', 'Name (2)': 'Release 1', 'Feature status': null },
	]);
	expect(result.sent[0].qs.view).toBe('list');
});

test('all pages of a list are read', async () => {
	const result = await runNode(parameters, ({ qs }) => ({
		body: list(
			[[cell(1, `Row ${String(qs.page)}`), cell(2, 'R'), cell(3, 'New')]],
			Number(qs.page),
			3,
		),
	}));
	expect(jsonOf(result).map(({ Name }) => Name)).toEqual(['Row 1', 'Row 2', 'Row 3']);
});

test('the raw cells carry the ids', async () => {
	const result = await runNode({ ...parameters, output: 'raw' }, () => ({
		body: list([[cell(1, 'Feature 1'), cell(2, 'Release 1'), cell(null, null)]]),
	}));
	expect(jsonOf(result)[0].Name).toEqual(cell(1, 'Feature 1'));
});

test('a pivot gives one item a record, with the headings of its row and column', async () => {
	const result = await runNode({ ...parameters, view: 'pivot' }, () => ({
		body: recorded[REPORT].body,
	}));
	expect(jsonOf(result)[0]).toMatchObject({
		'Release name': 'Release 1',
		'Workspace name': 'Project 1',
	});
	expect(Object.keys(jsonOf(result)[0]).length).toBeGreaterThan(2);
	expect(result.sent).toHaveLength(1);
});

test('a heading below others shows them too', async () => {
	const definitions = {
		1: { title: 'Goal' },
		2: { title: 'Release' },
		3: { title: 'Team' },
		4: { title: 'Feature' },
	};
	const result = await runNode({ ...parameters, view: 'pivot' }, () => ({
		body: {
			top_level_columns: [20],
			columns: { 20: { ...cell(5, 'Red'), ref: 20, parent_ref: null, field_definition_ref: 3 } },
			top_level_rows: [10],
			rows: {
				10: { ...cell(6, 'Grow'), ref: 10, parent_ref: null, field_definition_ref: 1 },
				11: { ...cell(7, 'R1'), ref: 11, parent_ref: 10, field_definition_ref: 2 },
			},
			cells: [[[[{ ...cell(8, 'F1'), row_ref: 11, column_ref: 20, field_definition_ref: 4 }]], []]],
			field_definitions: definitions,
		},
	}));
	expect(jsonOf(result)).toEqual([{ Goal: 'Grow', Release: 'R1', Team: 'Red', Feature: 'F1' }]);
});
