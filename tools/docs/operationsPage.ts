import type { Operation, Resource } from '../../nodes/Aha/schema/types';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** All operations of the node with their descriptions, in Markdown, in the order of the editor. */
export function operationsPage(resources: readonly Resource[]): string {
	const count = resources.reduce((sum, { operations }) => sum + operations.length, 0);
	return [
		'# Operations',
		`The node has ${resources.length} resources with ${count} operations. This page is written by \`npm run docs\`.`,
		resources.map(({ name }) => `[${name}](#${anchorOf(name)})`).join(' · '),
		...resources.flatMap(section),
		'',
	].join('\n\n');
}

const anchorOf = (name: string): string => name.toLowerCase().replace(/ /g, '-');

const section = ({ name, operations, simple }: Resource): string[] => [
	`## ${name}`,
	['| Operation | What it does |', '| --- | --- |', ...[...operations].sort(byName).map(row)].join(
		'\n',
	),
	...(simple && simple.length > 0
		? [`**Output: Simplified** has ${simple.map((field) => `\`${String(field)}\``).join(', ')}.`]
		: []),
];

const row = (operation: Operation): string =>
	`| ${operation.name} | ${[operation.action, operation.description].filter(Boolean).join('. ')} |`;
