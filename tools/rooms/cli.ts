import { updateSection } from '../docs/section';
import { readArrows, withoutShortcuts } from './graph';
import { mermaidOf } from './mermaid';

/** Draws the rooms in CONTRIBUTING.md. With `--check`, fails if the picture is out of date. */
async function main(): Promise<void> {
	const picture = mermaidOf(withoutShortcuts(await readArrows()));
	await updateSection(
		{ file: 'CONTRIBUTING.md', name: 'rooms' },
		`\`\`\`mermaid\n${picture}\n\`\`\``,
		'npm run rooms',
	);
}

void main();
