import type { Operation, Resource } from '../../nodes/Aha/schema/types';
import { simplifiedFields } from './simplifiedFields';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** All operations of the node with their descriptions, in Markdown, in the order of the editor. */
export function operationsPage(resources: readonly Resource[]): string {
	const count = resources.reduce((sum, { operations }) => sum + operations.length, 0);
	return [
		'# Operations',
		`The node has ${resources.length} resources with ${count} operations. This page is written by \`npm run docs\`; the examples are from Aha!'s documentation of its API.`,
		'More: [how-tos](how-to.md), [triggers](triggers.md), [recipes](recipes/README.md), [questions and problems](faq.md), [permissions and plans](permissions.md).',
		resources.map(({ name }) => `[${name}](#${anchorOf(name)})`).join(' · '),
		...resources.flatMap(section),
		'',
	].join('\n\n');
}

const anchorOf = (name: string): string => name.toLowerCase().replace(/ /g, '-');

const section = (resource: Resource): string[] => [
	`## ${resource.name}`,
	[
		'| Operation | What it does |',
		'| --- | --- |',
		...[...resource.operations].sort(byName).map(row),
	].join('\n'),
	...simplifiedFields(resource),
];

const row = (operation: Operation): string =>
	`| ${operation.name} | ${[operation.action, operation.description].filter(Boolean).join('. ')} |`;
