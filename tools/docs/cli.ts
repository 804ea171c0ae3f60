import { resources } from '../../nodes/Aha/resources';
import { updateFile } from './file';
import { operationsPage } from './operationsPage';
import { recipeList, recipePage } from './recipePages';
import { recipes } from './recipes';

const COMMAND = 'npm run docs';

/** Writes the pages that follow from the code. With `--check`, fails if one is out of date. */
async function main(): Promise<void> {
	await updateFile('docs/operations.md', operationsPage(resources), COMMAND);
	await updateFile('docs/recipes/README.md', recipeList(recipes), COMMAND);
	for (const recipe of recipes) {
		await updateFile(`docs/recipes/${recipe.slug}.md`, recipePage(recipe), COMMAND);
	}
}

void main();
