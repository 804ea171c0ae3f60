import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RequestContext, RequestHandler } from '../schema/handler';
import { readPages } from '../transport/pages';
import { isObject } from '../transport/json';
import { isList, partOf, requestJson } from './common';

interface ReportSettings {
	readonly output: string | number | boolean;
}

type ReportContext = RequestContext<ReportSettings>;

/** Returns the rows of a saved report as items, keyed by the titles of its columns. */
export const readReport: RequestHandler<ReportSettings> = async (item) => {
	const rows = item.request.query.view === 'pivot' ? await pivotRows(item) : await listRows(item);
	return rows.slice(0, item.limit).map((json): INodeExecutionData => ({ json }));
};

type CellValue = (cell: IDataObject) => IDataObject[string];

/** The value of a cell: its text, or everything that Aha! knows about it. */
const cellValueOf = ({ settings }: ReportContext): CellValue =>
	settings.output === 'raw' ? withoutRefs : ({ plain_value }) => plain_value;

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
		const columns = partOf(item, body, 'columns', isList);
		const titles = distinct(columns.map(({ title }) => String(title)));
		rows.push(
			...partOf(item, body, 'rows', isTable).map((cells) =>
				Object.fromEntries(cells.map((cell, column) => [titles[column], valueOf(cell)])),
			),
		);
	}
	return rows;
}

const isTable = (value: unknown): value is IDataObject[][] =>
	Array.isArray(value) && value.every(isList);

/** Titles with a number where two columns have the same. */
export function distinct(titles: readonly string[]): string[] {
	const taken = new Map<string, number>();
	return titles.map((title) => {
		const times = (taken.get(title) ?? 0) + 1;
		taken.set(title, times);
		return times === 1 ? title : `${title} (${times})`;
	});
}

/** Parts of a pivot report by their `ref`. */
type ByRef = Readonly<Record<string, IDataObject>>;

const isByRef = (value: unknown): value is ByRef =>
	isObject(value) && Object.values(value).every(isObject);

/** `Pivot`: one item for each record in a cell, with the headings of its row and its column. */
async function pivotRows(item: ReportContext): Promise<IDataObject[]> {
	const valueOf = cellValueOf(item);
	const body = await requestJson(item, item.request);
	const byRef = (key: string) => partOf(item, body, key, isByRef);
	const [rows, columns, fields] = [byRef('rows'), byRef('columns'), byRef('field_definitions')];
	return recordCells(partOf(item, body, 'cells', Array.isArray)).map((record) => {
		const [{ row_ref, column_ref }] = record;
		const cells = [...headings(rows, row_ref), ...headings(columns, column_ref), ...record];
		const titles = distinct(cells.map((cell) => columnTitle(fields, cell)));
		return Object.fromEntries(cells.map((cell, index) => [titles[index], valueOf(cell)]));
	});
}

const columnTitle = (fields: ByRef, { field_definition_ref }: IDataObject): string =>
	String(fields[String(field_definition_ref)]?.title ?? field_definition_ref);

/** A heading with those that it stands under, the outermost first. */
function headings(all: ByRef, ref: unknown): IDataObject[] {
	const heading = all[String(ref)];
	return heading ? [...headings(all, heading.parent_ref), heading] : [];
}

/** The innermost lists of cells: each holds the fields of one record. */
function recordCells(cells: readonly unknown[]): IDataObject[][] {
	if (cells.length > 0 && cells.every(isObject)) return [[...cells]];
	return cells.flatMap((inner) => (Array.isArray(inner) ? recordCells(inner) : []));
}
