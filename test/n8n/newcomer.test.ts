import { prepareDemo } from '../../tools/demo/serve';
import { byHost, createServices } from '../../tools/demo/services';
import { examples } from '../../tools/demo/workflows';
import type { Editor } from './support/editor';
import { until } from './support/recipes';
import { chain, manualTrigger } from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const services = createServices();
const world = useWorld('newcomer', { services: byHost(services) });

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

test('a new node has the API key, and its first list is filled', async () => {
	const { id } = await world().client.createWorkflow(chain('My first', [manualTrigger()]));
	await editor.openWorkflow(id);
	await editor.searchPanel('aha', 'Aha!');
	await editor.openInPanel('Aha!');
	await editor.dragAction('Create a feature', { x: 620, y: 300 });
	await editor.screenshot('newcomer-node');
	const credential = editor.parameters.getByTestId('node-credentials-select');
	expect(await credential.locator('input').inputValue()).toBe('Aha! sandbox, API key');
	await editor.chooseRecord('product_id', 'Fredwin Cycling');
	await editor.chooseRecord('release_id', 'Release 6.0');
	await editor.screenshot('newcomer-lists');
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
