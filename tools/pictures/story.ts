import type { Page } from 'playwright-core';
import { setTimeout as sleep } from 'node:timers/promises';

import { EVERY_FIVE_SECONDS } from '../runtime/triggers';
import { Film } from './film';
import { openCanvas, type Studio } from './studio';

const TITLE = 'Shipped feature tells everyone';
const CARD = 'article[data-reference=PRJ1-5]';
const SHIPPED = 'section[data-status=Shipped]';

/** A person drags a feature to Shipped, and its workflow runs. @returns an animated WebP */
export async function tellStory(studio: Studio): Promise<Buffer> {
	const { page, n8n, browser, services } = studio;
	const film = new Film(await browser.newPage());
	const id = await publish(studio);
	await openCanvas(page, n8n.url, id);
	await film.shoot(page, 2_500);

	await page.goto('https://mycompany.aha.io/');
	await page.locator(CARD).waitFor();
	await film.shoot(page, 1_500);
	await drag(page, film);
	await page.locator(`${SHIPPED} ${CARD}`).waitFor();
	await film.shoot(page, 2_000);

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
async function publish({ n8n: { client } }: Studio): Promise<string> {
	const known = await client.workflows();
	const { id } = known.find(({ name }) => name === TITLE) ?? { id: '' };
	const { nodes } = await client.exportWorkflow(id);
	const often = nodes.map((node) =>
		node.type === 'n8n-nodes-aha.ahaTrigger'
			? { ...node, parameters: { ...node.parameters, pollTimes: { item: EVERY_FIVE_SECONDS } } }
			: node,
	);
	await client.request('PATCH', `rest/workflows/${id}`, { nodes: often });
	await client.activateWorkflow(id);
	while (!(await client.exportWorkflow(id)).staticData) await sleep(200);
	return id;
}

const STEPS = 8;

/** Drags the card slowly enough to be seen, with a dot for the pointer. */
async function drag(page: Page, film: Film): Promise<void> {
	const from = await page.locator(CARD).boundingBox();
	const to = await page.locator(SHIPPED).boundingBox();
	if (!from || !to) throw new Error('The board has no such card');
	const start = { x: from.x + 60, y: from.y + 20 };
	const end = { x: to.x + 70, y: to.y + 70 };
	await page.evaluate(showGhost, CARD);
	await page.mouse.move(start.x, start.y);
	await page.mouse.down();
	for (let step = 1; step <= STEPS; step++) {
		const part = step / STEPS;
		const [x, y] = [start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part];
		await page.mouse.move(x, y);
		await film.shoot(page, 100);
	}
	await page.mouse.up();
}

/** Runs in the page: screenshots leave out what a browser draws while it drags. */
function showGhost(selector: string): void {
	const card = document.querySelector(selector) as HTMLElement;
	const ghost = card.cloneNode(true) as HTMLElement;
	ghost.removeAttribute('data-reference');
	Object.assign(ghost.style, {
		position: 'fixed',
		width: `${card.offsetWidth - 20}px`,
		opacity: '0.9',
		pointerEvents: 'none',
		transform: 'rotate(2deg)',
		boxShadow: '0 6px 16px #0004',
	});
	document.addEventListener('dragover', ({ clientX, clientY }) => {
		Object.assign(ghost.style, { left: `${clientX - 60}px`, top: `${clientY - 20}px` });
		document.body.append(ghost);
	});
	document.addEventListener('drop', () => ghost.remove());
}
