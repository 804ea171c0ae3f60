import { resources } from '../../nodes/Aha/resources';
import { outdatedPictures } from '../pictures/fingerprints';
import { updateAddress } from './address';
import { updateFile } from './file';
import { operationsPage } from './operationsPage';
import { recipeList, recipePage } from './recipePages';
import { recipes } from './recipes';

const COMMAND = 'npm run docs';

/**
 * Writes the pages that follow from the code, and the repository's address of package.json into the
 * files that need it. With `--check`, fails if they or the pictures are out of date.
 */
async function main(): Promise<void> {
	await updateFile('docs/operations.md', operationsPage(resources), COMMAND);
	await updateFile('docs/recipes/README.md', recipeList(recipes), COMMAND);
	for (const recipe of recipes) {
		await updateFile(`docs/recipes/${recipe.slug}.md`, recipePage(recipe), COMMAND);
	}
	const check = process.argv.includes('--check');
	const outdated = await updateAddress(check);
	if (!check) return;
	complain('Another address of the repository', outdated, COMMAND);
	complain('Pictures of an older product', outdatedPictures(), 'npm run pictures');
}

function complain(about: string, files: readonly string[], command: string): void {
	if (files.length === 0) return;
	console.error(`${about}: ${files.join(', ')}. Run "${command}".`);
	process.exitCode = 1;
}

void main();
