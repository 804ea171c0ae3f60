import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { recipes } from '../docs/recipes';
import { ROOT } from '../runtime/places';

/** What the pictures were made of, beside the pictures. */
export const FINGERPRINTS = join(ROOT, 'docs', 'images', 'recipes', 'made-of.json');

/** A digest of each recipe, by which a picture that is older than its recipe is noticed. */
export const fingerprints = (): Record<string, string> =>
	Object.fromEntries(
		recipes.map(({ slug, workflow }) => [
			slug,
			createHash('sha256').update(JSON.stringify(workflow)).digest('hex').slice(0, 16),
		]),
	);
