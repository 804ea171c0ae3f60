import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RequestContext, RequestHandler } from '../schema/handler';
import { readPages } from '../transport/pages';
import { isObject } from '../transport/json';
import { requestJson } from './common';

type ReportContext = RequestContext<{ simplify: boolean }>;

/** Returns the rows of a saved report as items, keyed by the titles of its columns. */
export const readReport: RequestHandler<{ simplify: boolean }> = async (item) => {
	const rows = item.request.query.view === 'pivot' ? await pivotRows(item) : await listRows(item);
	return rows.slice(0, item.limit).map((json): INodeExecutionData => ({ json }));
};

type CellValue = (cell: IDataObject) => IDataObject[string];

/** The value of a cell: its text, or everything that Aha! knows about it. */
const cellValueOf = ({ settings }: ReportContext): CellValue =>
	settings.simplify ? ({ plain_value }) => plain_value : withoutRefs;

const withoutRefs: CellValue = ({ id, plain_value, html_value, rich_value }) => ({
	id,
	plain_value,
	html_value,
	rich_value,
});

/** `List`: one item a row. */
async function listRows(item: ReportContext): Promise<IDataObject[]> {
	const { client, request, limit } = item;
	const valueOf = cellValueOf(item);
	const rows: IDataObject[] = [];
	for await (const body of readPages(client, request, limit)) {
		const page = body as { columns: IDataObject[]; rows: IDataObject[][] };
		const titles = distinct(page.columns.map(({ title }) => String(title)));
		rows.push(
			...page.rows.map((cells) =>
				Object.fromEntries(cells.map((cell, column) => [titles[column], valueOf(cell)])),
			),
		);
	}
	return rows;
}

/** Titles with a number where two columns have the same. */
export function distinct(titles: readonly string[]): string[] {
	const taken = new Map<string, number>();
	return titles.map((title) => {
		const times = (taken.get(title) ?? 0) + 1;
		taken.set(title, times);
		return times === 1 ? title : `${title} (${times})`;
	});
}

interface Pivot {
	readonly columns: Readonly<Record<string, IDataObject>>;
	readonly rows: Readonly<Record<string, IDataObject>>;
	readonly cells: unknown[];
	readonly field_definitions: Readonly<Record<string, IDataObject>>;
}

/** `Pivot`: one item for each record in a cell, with the headings of its row and its column. */
async function pivotRows(item: ReportContext): Promise<IDataObject[]> {
	const valueOf = cellValueOf(item);
	const pivot = (await requestJson(item, item.request)) as unknown as Pivot;
	return recordCells(pivot.cells).map((fields) => {
		const [{ row_ref, column_ref }] = fields;
		const headed = [...headings(pivot.rows, row_ref), ...headings(pivot.columns, column_ref)];
		const cells = [...headed, ...fields];
		const titles = distinct(cells.map((cell) => columnTitle(pivot, cell)));
		return Object.fromEntries(cells.map((cell, index) => [titles[index], valueOf(cell)]));
	});
}

const columnTitle = ({ field_definitions }: Pivot, { field_definition_ref }: IDataObject): string =>
	String(field_definitions[String(field_definition_ref)]?.title ?? field_definition_ref);

/** A heading with those that it stands under, the outermost first. */
function headings(all: Pivot['rows'], ref: unknown): IDataObject[] {
	const heading = all[String(ref)];
	return heading ? [...headings(all, heading.parent_ref), heading] : [];
}

/** The innermost lists of cells: each holds the fields of one record. */
function recordCells(cells: readonly unknown[]): IDataObject[][] {
	if (cells.length > 0 && cells.every(isObject)) return [[...cells]];
	return cells.flatMap((inner) => (Array.isArray(inner) ? recordCells(inner) : []));
}
