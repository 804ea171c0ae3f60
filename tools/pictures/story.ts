import type { Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';

import { EVERY_FIVE_SECONDS } from '../runtime/triggers';
import { Film } from './film';
import { SHIPPED_RECIPE } from './shown';
import { openCanvas, openNode, workflowId, type Studio } from './studio';

const CARD = 'article[data-reference=PRJ1-5]';
const SHIPPED = 'section[data-status=Shipped]';

/** A person drags a feature to Shipped, and its workflow runs. @returns an animated WebP */
export async function tellStory(studio: Studio): Promise<Buffer> {
	const { page, n8n, browser, services } = studio;
	const film = new Film(await browser.newPage());
	await page.setViewportSize({ width: 1250, height: 640 });
	const id = await workflowId(studio, SHIPPED_RECIPE);
	await openCanvas(studio, id);
	await film.shoot(page, 2_500);
	await openNode(studio, 'When a status changes');
	await film.shoot(page, 2_500);

	await publish(studio, id);
	await page.goto('https://mycompany.aha.io/');
	await page.locator(CARD).waitFor();
	await film.shoot(page, 1_200);
	await drag(page, film);
	await page.locator(`${SHIPPED} ${CARD}`).waitFor();
	await film.shoot(page, 1_500);

	while (services.slack.messages.length === 0) await sleep(200);
	const execution = await n8n.client.newestExecutionEnd(id);
	await n8n.client.deactivateWorkflow(id);
	await page.goto(`${n8n.url}/workflow/${id}/executions/${execution.id}`);
	await page.locator('iframe, [data-test-id=canvas-node]').first().waitFor();
	// n8n draws the execution in a page of its own.
	await sleep(6_000);
	await film.shoot(page, 4_000);
	return film.develop();
}

/** Publishes the recipe, with a trigger that does not take a minute. */
async function publish({ n8n: { client } }: Studio, id: string): Promise<void> {
	const { nodes } = await client.exportWorkflow(id);
	const often = nodes.map((node) =>
		node.type === 'n8n-nodes-aha.ahaTrigger'
			? { ...node, parameters: { ...node.parameters, pollTimes: { item: EVERY_FIVE_SECONDS } } }
			: node,
	);
	await client.request('PATCH', `rest/workflows/${id}`, { nodes: often });
	await client.activateWorkflow(id);
	while (!(await client.exportWorkflow(id)).staticData) await sleep(200);
}

const STEPS = 14;

/** Where the pointer holds the card. */
const HELD = { x: 60, y: 20 };

/** Drags the card slowly enough to be seen. */
async function drag(page: Page, film: Film): Promise<void> {
	const from = await page.locator(CARD).boundingBox();
	const to = await page.locator(SHIPPED).boundingBox();
	if (!from || !to) throw new Error('The board has no such card');
	const way = { x: to.x + 10 - from.x, y: to.y + 60 - from.y };
	await page.mouse.move(from.x + HELD.x, from.y + HELD.y);
	await page.mouse.down();
	for (let step = 1; step <= STEPS; step++) {
		const x = from.x + (way.x * step) / STEPS;
		const y = from.y + (way.y * step) / STEPS;
		await page.mouse.move(x + HELD.x, y + HELD.y);
		await page.evaluate(showDragged, { card: CARD, x, y });
		await film.shoot(page, 80);
	}
	await page.evaluate(() => document.getElementById('dragged')?.remove());
	await page.mouse.up();
}

/** Runs in the page: draws the dragged card, which browsers leave out of screenshots. */
function showDragged({ card, x, y }: { card: string; x: number; y: number }): void {
	const source = document.querySelector(card) as HTMLElement;
	const drawn = document.getElementById('dragged') ?? (source.cloneNode(true) as HTMLElement);
	drawn.id = 'dragged';
	drawn.removeAttribute('data-reference');
	Object.assign(drawn.style, {
		position: 'fixed',
		left: `${x}px`,
		top: `${y}px`,
		width: `${source.offsetWidth - 20}px`,
		pointerEvents: 'none',
		transform: 'rotate(2deg)',
		boxShadow: '0 6px 16px #0004',
	});
	document.body.append(drawn);
}
