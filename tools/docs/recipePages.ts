import { aboutOf, type Recipe } from './recipes';

const YOURS = '**With your own account:** ';

/** A page about a recipe, in Markdown. */
export function recipePage(recipe: Recipe): string {
	const { slug, file, workflow } = recipe;
	const about = aboutOf(recipe);
	const yours = about.find((paragraph) => paragraph.startsWith(YOURS)) ?? '';
	return [
		`# ${workflow.name}`,
		...about.filter((paragraph) => paragraph !== yours),
		`![The canvas of the workflow](../images/recipes/${slug}.png)`,
		'## Use it',
		`1. Copy the JSON below, open a new workflow in n8n and paste it onto the canvas. Or download [the file](../../${file}) and choose **Import from file** in the menu of the workflow.
2. ${sentence(yours.slice(YOURS.length))}
3. Run it as described above.`,
		'## Its Aha! nodes',
		ahaNodes(recipe),
		`<details>
<summary>JSON</summary>

\`\`\`json
${JSON.stringify(workflow, null, '\t')}
\`\`\`

</details>`,
		'[All recipes](README.md)',
		'',
	].join('\n\n');
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function ahaNodes({ workflow }: Recipe): string {
	const rows = workflow.nodes
		.filter(({ type }) => type.startsWith('n8n-nodes-aha.'))
		.map(({ name, parameters, type }) => {
			const { resource, operation } = parameters;
			const what = type.endsWith('Trigger') ? 'Aha! Trigger' : `\`${resource}: ${operation}\``;
			return `| ${name} | ${what} |`;
		});
	return ['| Node | Resource and operation |', '| --- | --- |', ...rows].join('\n');
}

/** The list of recipes, in Markdown. */
export function recipeList(recipes: readonly Recipe[]): string {
	return [
		'# Recipes',
		'Workflows to import as they are. Each runs in our tests, in a real n8n against a simulated account, and its result is checked. `npm start` opens an n8n with all of them.',
		...recipes.map((recipe) => {
			const { slug, workflow } = recipe;
			return `## [${workflow.name}](${slug}.md)\n\n${aboutOf(recipe)[0]}\n\n[![The canvas](../images/recipes/${slug}.png)](${slug}.md)`;
		}),
		'',
	].join('\n\n');
}
