import { setTimeout as sleep } from 'node:timers/promises';

import { AHA_LIMITS } from '../../sandbox';
import { keyCredential } from './support/credentials';
import { ahaNode, chain, manualTrigger } from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const PAGES = 200;
const RECORDS = PAGES * 200;

const world = useWorld('longRun', { limits: AHA_LIMITS });

test('a long read reports its progress, and sends no more requests once it is stopped', async () => {
	const { client, account } = world();
	account.store.seedFeatures(RECORDS - account.store.count('feature'));
	const all = { resource: 'feature', operation: 'getAll', returnAll: true };
	const credential = await keyCredential(world());
	const { id } = await client.createWorkflow(
		chain('Long read', [manualTrigger(), ahaNode('Get many', credential, all)]),
	);
	const editor = await world().openEditor();
	await editor.openWorkflow(id);
	account.requests.length = 0;

	const reported = editor.page.waitForEvent('console', (message) =>
		message.text().includes(`of ${RECORDS} records read`),
	);
	const executionId = await editor.run();
	await reported;
	await editor.screenshot('long-read');
	await editor.stop();

	expect(await client.executionEnd(executionId)).toMatchObject({ status: 'canceled' });
	// Requests in flight may still arrive.
	await sleep(500);
	const sent = account.requests.length;
	expect(sent).toBeGreaterThan(0);
	expect(sent).toBeLessThan(PAGES);
	await sleep(1_500);
	expect(account.requests).toHaveLength(sent);
});
