import type { Resource } from '../../nodes/Aha/schema/types';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** The resources and operations of the node as a Markdown table, in the order of the editor. */
export function operationsTable(resources: readonly Resource[]): string {
	const rows = resources.map(({ name, operations }) => {
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
