import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { recipes } from '../docs/recipes';
import type { WorkflowFile } from '../runtime/n8nClient';
import { ROOT } from '../runtime/places';

/** What the pictures were made of, beside the pictures. */
export const FINGERPRINTS = join(ROOT, 'docs', 'images', 'recipes', 'made-of.json');

/** What the canvas shows of a workflow: notes, and nodes with their subtitles. */
const shownOf = ({ nodes, connections }: WorkflowFile) => ({
	nodes: nodes.map(({ name, type, position, parameters }) => {
		const { resource, operation, events } = parameters;
		const isNote = type === 'n8n-nodes-base.stickyNote';
		return [name, type, position, isNote ? parameters : { resource, operation, events }];
	}),
	connections,
});

/** A digest of each recipe, by which a picture that is older than its recipe is noticed. */
export const fingerprints = (): Record<string, string> =>
	Object.fromEntries(
		recipes.map(({ slug, workflow }) => {
			const shown = JSON.stringify(shownOf(workflow));
			return [slug, createHash('sha256').update(shown).digest('hex').slice(0, 16)];
		}),
	);
