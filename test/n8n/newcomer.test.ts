import type { Page } from 'playwright-core';

import { prepareDemo } from '../../tools/demo/serve';
import { byHost, createServices } from '../../tools/demo/services';
import { examples } from '../../tools/demo/workflows';
import type { Editor } from './support/editor';
import { until } from './support/recipes';
import { failureOf, outputOf } from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const services = createServices();
const world = useWorld('newcomer', { services: byHost(services) });

/** What the page complains about from now on: messages in red, and requests that fail. */
function watchErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on('response', (response) => {
		if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
	});
	page.on('pageerror', ({ message }) => errors.push(message));
	return errors;
}

let editor: Editor;
beforeAll(async () => {
	const { n8n, sandbox } = world();
	await prepareDemo({ n8n, sandbox, services });
	editor = await world().openEditor();
});

test('all recipes are there, under one tag', async () => {
	const workflows = await world().client.workflows();
	const tags = workflows.map(({ tags: [tag] }) => tag.name);
	expect(workflows).toHaveLength(examples.length);
	expect(new Set(tags)).toEqual(new Set(['Aha! recipes']));
});

test('the first own workflow writes to Aha!, with no red field and no error on the way', async () => {
	const { client, account } = world();
	const errors = watchErrors(editor.page);
	await editor.newWorkflow();
	await editor.searchOpenPanel('aha', 'Aha!');
	await editor.screenshot('newcomer-1-panel');
	await editor.openInPanel('Aha!');
	// On an empty canvas, n8n adds a trigger to click on.
	await editor.panelAction('Create a feature').click();
	await editor.parameters.waitFor();
	await editor.screenshot('newcomer-2-node');
	expect(await editor.issues()).toEqual([]);

	const credential = editor.parameters.getByTestId('node-credentials-select');
	expect(await credential.locator('input').inputValue()).toBe('Aha! sandbox, API key');
	await editor.chooseRecord('product_id', 'Fredwin Cycling');
	await editor.chooseRecord('release_id', 'Release 6.0');
	await editor.type('name', 'My first feature');
	await editor.screenshot('newcomer-3-filled');
	expect(await editor.issues()).toEqual([]);

	await editor.closeNode();
	const execution = await client.executionEnd(await editor.run());
	expect(failureOf(execution)).toBeUndefined();
	const [created] = outputOf(execution, 'Create a feature');
	expect(account.store.find('feature', String(created.reference_num))?.data.name).toBe(
		'My first feature',
	);
	await editor.openNode('Create a feature');
	await editor.showsOutput(String(created.reference_num));
	await editor.screenshot('newcomer-4-created');
	expect(await editor.issues()).toEqual([]);
	expect(errors).toEqual([]);
});

test('a feature that is dragged to Shipped on the board starts its workflow', async () => {
	const { client } = world();
	const workflows = await client.workflows();
	const { id } = workflows.find(({ name }) => name === 'Shipped feature tells everyone') ?? {
		id: '',
	};
	await client.activateWorkflow(id);
	await until(async () => (await client.exportWorkflow(id)).staticData ?? false);
	const { page } = editor;
	await page.goto(`https://${world().account.host}/`);
	const card = page.locator('article[data-reference=PRJ1-5]');
	await card.dragTo(page.locator('section[data-status=Shipped]'));
	await page.locator('section[data-status=Shipped] article[data-reference=PRJ1-5]').waitFor();
	await editor.screenshot('newcomer-board');
	const { messages } = services.slack;
	const [{ text }] = await until(() => messages.length > 0 && messages);
	expect(text).toContain('PRJ1-5');
	await client.deactivateWorkflow(id);
});
