import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Step, Steps } from '../schema/types';
import { readPages } from '../transport/pages';
import { isObject } from '../transport/json';
import { ask, limitOf, settingsOf } from './common';

/** Gives the rows of a saved report as items, keyed by the titles of its columns. */
export const readReport: Steps = async (step) => {
	const rows = step.request.query.view === 'pivot' ? await pivotRows(step) : await listRows(step);
	return rows.slice(0, limitOf(step)).map((json): INodeExecutionData => ({ json }));
};

type Show = (cell: IDataObject) => IDataObject[string];

/** What stands for a cell: its text, or all that Aha! tells about it. */
const shownAs = (step: Step): Show =>
	settingsOf(step).simplify === true ? ({ plain_value }) => plain_value : withoutRefs;

const withoutRefs: Show = ({ id, plain_value, html_value, rich_value }) => ({
	id,
	plain_value,
	html_value,
	rich_value,
});

/** `List`: one item a row. */
async function listRows(step: Step): Promise<IDataObject[]> {
	const show = shownAs(step);
	const rows: IDataObject[] = [];
	for await (const body of readPages(step.client, step.request, limitOf(step))) {
		const page = body as { columns: IDataObject[]; rows: IDataObject[][] };
		const titles = distinct(page.columns.map(({ title }) => String(title)));
		rows.push(
			...page.rows.map((cells) =>
				Object.fromEntries(cells.map((cell, column) => [titles[column], show(cell)])),
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
async function pivotRows(step: Step): Promise<IDataObject[]> {
	const show = shownAs(step);
	const pivot = (await ask(step, step.request)) as unknown as Pivot;
	return entries(pivot.cells).map((fields) => {
		const [{ row_ref, column_ref }] = fields;
		const headed = [...headings(pivot.rows, row_ref), ...headings(pivot.columns, column_ref)];
		const cells = [...headed, ...fields];
		const titles = distinct(cells.map((cell) => titleOf(pivot, cell)));
		return Object.fromEntries(cells.map((cell, index) => [titles[index], show(cell)]));
	});
}

const titleOf = ({ field_definitions }: Pivot, { field_definition_ref }: IDataObject): string =>
	String(field_definitions[String(field_definition_ref)]?.title ?? field_definition_ref);

/** A heading with those that it stands under, the outermost first. */
function headings(all: Pivot['rows'], ref: unknown): IDataObject[] {
	const heading = all[String(ref)];
	return heading ? [...headings(all, heading.parent_ref), heading] : [];
}

/** The innermost lists of cells: each holds the fields of one record. */
function entries(cells: readonly unknown[]): IDataObject[][] {
	if (cells.length > 0 && cells.every(isObject)) return [[...cells]];
	return cells.flatMap((inner) => (Array.isArray(inner) ? entries(inner) : []));
}
