import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { recipes } from '../docs/recipes';
import { shootEditor } from './editor';
import { fingerprints, FINGERPRINTS, IMAGES } from './fingerprints';
import { tellStory } from './story';
import { openCanvas, openStudio, workflowId, type Studio } from './studio';

/** Makes the pictures of docs/images, except those of the benchmark, from the running product. */
async function main(): Promise<void> {
	await mkdir(join(IMAGES, 'recipes'), { recursive: true });
	const started = Date.now();
	const studio = await openStudio();
	try {
		await shootRecipes(studio);
		await shootEditor(studio, join(IMAGES, 'editor.png'));
		await shootBoard(studio);
		await writeFile(join(IMAGES, 'story.webp'), await tellStory(studio));
	} finally {
		await studio.close();
	}
	await writeFile(FINGERPRINTS, `${JSON.stringify(fingerprints(), null, '\t')}\n`);
	console.log(`All pictures in ${Math.round((Date.now() - started) / 1_000)} s`);
}

async function shootRecipes(studio: Studio): Promise<void> {
	const { page } = studio;
	await page.setViewportSize({ width: 1600, height: 760 });
	for (const { workflow, slug } of recipes) {
		await openCanvas(studio, await workflowId(studio, workflow.name));
		const canvas = page.locator('[data-test-id=canvas-wrapper]');
		await canvas.screenshot({ path: join(IMAGES, 'recipes', `${slug}.png`) });
		console.log(slug);
	}
}

async function shootBoard({ page }: Studio): Promise<void> {
	await page.setViewportSize({ width: 1600, height: 760 });
	await page.goto('https://mycompany.aha.io/');
	await page.locator('article').first().waitFor();
	await page.screenshot({ path: join(IMAGES, 'board.png') });
}

void main();
