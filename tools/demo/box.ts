import Table from 'cli-table3';

const WIDTH = 62;

/** A box with a title and lines of names and values. */
export function box(title: string, lines: ReadonlyArray<readonly [string, string]>): string {
	const table = new Table({
		colWidths: [11, WIDTH],
		wordWrap: true,
		style: { head: [], border: [], compact: true },
	});
	table.push([{ colSpan: 2, content: title }], ...lines.map((line) => [...line]));
	return table.toString();
}
