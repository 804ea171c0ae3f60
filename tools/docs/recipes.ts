import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowFile } from '../runtime/n8nClient';
import { ROOT } from '../runtime/places';

const FOLDER = 'examples';

export interface Recipe {
	/** The names of its page and its picture, such as `04-shipped-feature-tells-everyone`. */
	readonly slug: string;
	/** Relative to the repository. */
	readonly file: string;
	readonly workflow: WorkflowFile;
}

/** The recipes in their order. */
export const recipes: readonly Recipe[] = readdirSync(join(ROOT, FOLDER))
	.sort()
	.map((name) => {
		const file = `${FOLDER}/${name}`;
		const workflow = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as WorkflowFile;
		return { slug: name.replace(/\.json$/, ''), file, workflow };
	});

/** What the first note of a recipe says, as paragraphs without its heading. */
export function aboutOf({ file, workflow }: Recipe): string[] {
	const note = workflow.nodes.find(({ name }) => name === 'About')?.parameters.content;
	if (typeof note !== 'string') throw new Error(`${file} has no note "About"`);
	return note.split('\n\n').map((paragraph) => paragraph.replace(/^## .*\n/, ''));
}
