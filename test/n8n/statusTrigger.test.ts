import { setTimeout as sleep } from 'node:timers/promises';

import { EVERY_FIVE_SECONDS, Runs, triggerNode } from '../../tools/runtime/triggers';
import type { Credential } from '../../tools/runtime/n8nClient';
import { chain } from '../../tools/runtime/workflow';
import { keyCredential } from './support/credentials';
import type { Editor } from './support/editor';
import { useWorld } from './support/world';

const world = useWorld('statusTrigger', { limits: null });
const NAME = 'ahaTrigger';
let editor: Editor;
let credential: Credential;

beforeAll(async () => {
	credential = await keyCredential(world());
	editor = await world().openEditor();
});

/** A feature of a workspace that does not have a status. */
function featureWithout(status: string): string {
	const { store } = world().account;
	const isOther = ({ data }: { data: Record<string, unknown> }) =>
		String(data.reference_num).startsWith('PRJ1-') &&
		store.resolve(data.workflow_status)?.data.name !== status;
	return String(store.first('feature', isOther)?.data.reference_num);
}

test('a trigger waits for a status that was chosen from the list', async () => {
	const { client } = world();
	const parameters = {
		pollTimes: { item: EVERY_FIVE_SECONDS },
		recordTypes: ['feature'],
		events: ['statusChanged'],
	};
	const node = triggerNode(NAME, credential, parameters);
	const { id } = await client.createWorkflow(chain('Shipped', [node]));
	await editor.openWorkflow(id);
	await editor.openNode(NAME);
	await editor.addOption('Workspaces');
	await editor.chooseSeveral('workspaces', ['PRJ1']);
	await editor.addOption('Changed By');
	await editor.chooseSeveral('changedBy', ['owner@']);
	await editor.addOption('New Status');
	await editor.chooseSeveral('newStatus', ['Shipped']);
	await editor.addOption('Old Status');
	expect(await editor.optionsOf('oldStatus')).toEqual([
		...['New', 'Designed', 'Ready to develop', 'In development', 'Shipped', "Won't implement"],
		// The workflow of epics is one for features, too.
		'In review',
	]);
	await editor.screenshot('trigger-filters');
	await editor.darkScreenshot('trigger-filters-dark');

	await editor.fetchTestEvent();
	await editor.showsOutput('Sample');
	await editor.screenshot('trigger-sample');
	await editor.darkScreenshot('trigger-sample-dark');
	await editor.closeNode();
	await editor.save();
	const stored = async () => (await client.exportWorkflow(id)).nodes[0].parameters.filters;
	while (!(await stored())) await sleep(200);
	expect(await stored()).toMatchObject({
		...{ workspaces: ['PRJ1'], newStatus: ['Shipped'] },
		changedBy: [expect.stringMatching(/^owner@/)],
	});

	await client.activateWorkflow(id);
	const isFollowing = async () => (await client.exportWorkflow(id)).staticData;
	while (!(await isFollowing())) await sleep(200);
	const reference = featureWithout('Shipped');
	await world().setStatus(reference, 'In development');
	await world().setStatus(reference, 'Shipped');
	const isReal = ({ sample }: { sample?: unknown }) => sample === undefined;
	const runs = await new Runs(id).until(client, (items) => items.some(isReal));
	expect(runs.flatMap(({ items }) => items).filter(isReal)).toMatchObject([
		{
			event: 'statusChanged',
			record: { reference_num: reference, type: 'Feature' },
			status: { from: 'In development', to: 'Shipped' },
		},
	]);
	await client.deactivateWorkflow(id);
});
