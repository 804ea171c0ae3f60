import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT } from '../runtime/places';
import { recipes } from '../docs/recipes';
import { fingerprints, FINGERPRINTS } from './fingerprints';
import { tellStory } from './story';
import { openCanvas, openStudio } from './studio';

const IMAGES = join(ROOT, 'docs', 'images');

/** Makes the pictures of the recipes and the board, and the film, from the running product. */
async function main(): Promise<void> {
	await mkdir(join(IMAGES, 'recipes'), { recursive: true });
	const studio = await openStudio(1600, 760);
	try {
		const { page, n8n } = studio;
		const workflows = await n8n.client.workflows();
		for (const { workflow, slug } of recipes) {
			const { id } = workflows.find(({ name }) => name === workflow.name) ?? { id: '' };
			await openCanvas(page, n8n.url, id);
			const canvas = page.locator('[data-test-id=canvas-wrapper]');
			await canvas.screenshot({ path: join(IMAGES, 'recipes', `${slug}.png`) });
			console.log(slug);
		}
		await writeFile(FINGERPRINTS, `${JSON.stringify(fingerprints(), null, '\t')}\n`);
		await page.goto('https://mycompany.aha.io/');
		await page.locator('article').first().waitFor();
		await page.screenshot({ path: join(IMAGES, 'board.png') });
		await writeFile(join(IMAGES, 'story.webp'), await tellStory(studio));
	} finally {
		await studio.close();
	}
}

void main();
