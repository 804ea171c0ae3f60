import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

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
		await Promise.race([shootAll(studio), tooLate()]);
	} finally {
		await studio.close();
	}
	await writeFile(FINGERPRINTS, `${JSON.stringify(fingerprints(), null, '\t')}\n`);
	console.log(`All pictures in ${Math.round((Date.now() - started) / 1_000)} s`);
}

/** Something in the browser may never come. It takes four minutes on a busy machine. */
async function tooLate(): Promise<never> {
	await sleep(15 * 60_000, undefined, { ref: false });
	throw new Error('The pictures were not ready after 15 minutes');
}

async function shootAll(studio: Studio): Promise<void> {
	await shootRecipes(studio);
	await shootEditor(studio, join(IMAGES, 'editor.png'));
	await shootBoard(studio);
	await writeFile(join(IMAGES, 'story.webp'), await tellStory(studio));
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

main().catch((error) => {
	console.error(error);
	// What was waited for in vain must not keep this process.
	process.exit(1);
});
