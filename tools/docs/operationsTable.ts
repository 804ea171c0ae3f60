import type { Resource } from '../../nodes/Aha/schema/types';

const START = '<!-- operations: made by "npm run docs" -->';
const END = '<!-- /operations -->';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** The resources and operations of the node as a Markdown table, in the order of the editor. */
export function operationsTable(resources: readonly Resource[]): string {
	const rows = [...resources].sort(byName).map(({ name, operations }) => {
		const names = [...operations].sort(byName).map((operation) => operation.name);
		return `| ${name} | ${names.join(', ')} |`;
	});
	const count = resources.reduce((sum, { operations }) => sum + operations.length, 0);
	return [
		`${resources.length} resources, ${count} operations:`,
		'',
		'| Resource | Operations |',
		'| --- | --- |',
		...rows,
	].join('\n');
}

/**
 * The text with a new table between its two marks.
 *
 * @throws Error when a mark is missing
 */
export function withTable(text: string, table: string): string {
	const start = text.indexOf(START);
	const end = text.indexOf(END);
	if (start === -1 || end < start) throw new Error(`The marks ${START} and ${END} are missing`);
	return `${text.slice(0, start + START.length)}\n\n${table}\n\n${text.slice(end)}`;
}
