import type { IDataObject } from 'n8n-workflow';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { Runs, triggerNode } from '../../tools/runtime/triggers';
import type { Credential } from '../../tools/runtime/n8nClient';
import { chain } from '../../tools/runtime/workflow';
import { auditAt } from '../unit/triggers/fakeAccount';
import { keyCredential } from './support/credentials';
import type { Editor } from './support/editor';
import { useWorld } from './support/world';

const world = useWorld('webhookUrl');
const NAME = 'ahaWebhookTrigger';
const UUID = '[\\da-f]{8}(-[\\da-f]{4}){3}-[\\da-f]{12}';
let editor: Editor;
let credential: Credential;

beforeAll(async () => {
	credential = await keyCredential(world());
	editor = await world().openEditor();
});

const post = async (url: string, body: unknown): Promise<Response> =>
	await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});

/** A change as Aha! delivers it. */
const delivery = (serial: number) => ({
	event: 'audit',
	audit: auditAt(Date.parse('2026-03-01T12:00:00Z'), serial, { changes: [] }) as IDataObject,
});

test('the URL that is copied from the panel starts the workflow, and another one does not', async () => {
	const { client, n8n } = world();
	const node = triggerNode(NAME, credential, { recordTypes: ['feature'], events: ['updated'] });
	const { id } = await client.createWorkflow(chain('From Aha!', [node]));
	await editor.openWorkflow(id);
	await editor.openNode(NAME);
	const testUrl = await editor.copyWebhookUrl('Test URL');
	const url = await editor.copyWebhookUrl('Production URL');
	expect(url).toMatch(new RegExp(`^${n8n.url}/webhook/${UUID}/${UUID}$`));
	expect(testUrl).toBe(url.replace('/webhook/', '/webhook-test/'));
	await editor.screenshot('webhook-panel');
	await editor.darkScreenshot('webhook-panel-dark');

	await editor.listen();
	await editor.screenshot('webhook-listening');
	expect((await post(`${testUrl.slice(0, -4)}0000`, delivery(1))).status).toBe(500);
	await editor.showsOutput('The secret at the end of the URL is wrong');
	await editor.screenshot('webhook-wrong-secret');
	await editor.listen();
	expect((await post(testUrl, { hello: 'world' })).status).toBe(500);
	await editor.showsOutput('This is not an activity of Aha!');
	await editor.screenshot('webhook-no-activity');
	await editor.listen();
	expect((await post(testUrl, delivery(2))).status).toBe(200);
	await editor.showsOutput('PRJ1-2');
	await editor.screenshot('webhook-received');
	await editor.closeNode();

	await client.activateWorkflow(id);
	// n8n responds before the URL is open.
	while ((await post(url, {})).status === 404) await sleep(200);
	const statuses = [
		(await post(url, {})).status,
		(await post(url.slice(0, -1), delivery(3))).status,
		(await post(url.slice(0, url.lastIndexOf('/')), delivery(4))).status,
		(await post(url, delivery(5))).status,
	];
	expect(statuses).toEqual([400, 401, 401, 200]);
	const runs = await new Runs(id).until(client, (items) =>
		items.some(({ id: change }) => change === delivery(5).audit.id),
	);
	expect(runs.flatMap(({ items }) => items).at(-1)).toMatchObject({
		record: { reference_num: 'PRJ1-5' },
	});
	await client.deactivateWorkflow(id);

	const log = await readFile(n8n.logFile, 'utf8');
	const secret = url.slice(url.lastIndexOf('/') + 1);
	expect(log).toContain('refused a request: The secret at the end of the URL is missing');
	expect(log).toContain('refused a request: The secret at the end of the URL is wrong');
	expect(log).toContain('"event" is not "audit"');
	// n8n itself logs each URL that it does not know.
	const own = log.split('\n').filter((line) => line.includes('refused a request'));
	expect(own.filter((line) => line.includes(secret))).toEqual([]);
});
