import { updateSection } from '../docs/section';
import { behindIn, compare, comparisonTable } from './comparison';

/**
 * Writes the comparison of forms into its page. With `--check`, fails if it is out of date. Fails
 * where a node of n8n says more than this one.
 */
async function main(): Promise<void> {
	const compared = compare();
	const section = { file: 'docs/forms.md', name: 'comparison' };
	await updateSection(section, comparisonTable(compared), 'npm run docs:forms');
	const behind = behindIn(compared);
	if (behind.length === 0) return;
	console.error(`A node of n8n has more of: ${behind.join(', ')}`);
	process.exitCode = 1;
}

void main();
