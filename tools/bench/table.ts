import Table from 'cli-table3';

import type { Report } from './report';
import type { RowResult, Series } from './results';

const HEAD = ['Work', 'Measured', 'Min', 'Median', 'Max', 'Runs', 'Goals'];

/** Formats a number with three significant digits. */
const digits = (value: number): string => {
	if (!Number.isFinite(value)) return '–';
	const places = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
	return value.toFixed(places);
};

const cellsOf = ({ name, unit, values, spread }: Series): string[] => [
	name,
	...[spread.min, spread.median, spread.max].map((value) => `${digits(value)} ${unit}`),
	String(values.length),
];

/** The lines of a row. If it was not measured, one line says why. */
const linesOf = ({ series, failure }: RowResult): string[][] =>
	failure === undefined ? series.map(cellsOf) : [[`not measured: ${failure}`, '', '', '', '']];

const goalsOf = ({ goals }: RowResult): string[] =>
	goals.map(
		({ goal, measured, reached }) => `${reached ? 'reached' : 'MISSED'}: ${goal} (${measured})`,
	);

const workOf = ({ work, limits }: RowResult): string =>
	`${work}; ${limits === 'none' ? 'no limits' : `limits: ${limits}`}`;

/** The table for a terminal. */
export function tableOf(rows: readonly RowResult[]): string {
	const table = new Table({
		head: HEAD,
		colWidths: [30, 34, 13, 13, 13, 6, 44],
		wordWrap: true,
		style: { head: [], border: [] },
	});
	for (const row of rows) {
		const [first, ...others] = linesOf(row);
		const rowSpan = 1 + others.length;
		table.push([
			{ content: workOf(row), rowSpan },
			...first,
			{ content: goalsOf(row).join('\n'), rowSpan },
		]);
		for (const cells of others) table.push(cells);
	}
	return table.toString();
}

/** The table in Markdown. */
export function markdownOf({ rows }: Report): string {
	const lines = rows.flatMap((row) =>
		linesOf(row).map((cells, index) => {
			const isFirst = index === 0;
			const goals = isFirst ? goalsOf(row).join('<br>') : '';
			return [isFirst ? workOf(row) : '', ...cells, goals];
		}),
	);
	return [HEAD, HEAD.map(() => '---'), ...lines]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
