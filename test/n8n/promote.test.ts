import { keyCredential } from './support/credentials';
import type { Editor } from './support/editor';
import { chain, failureOf, manualTrigger } from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const world = useWorld('promote');
const ACTION = 'Promote an idea to a feature, epic, requirement or initiative';
let editor: Editor;

beforeAll(async () => {
	await keyCredential(world());
	editor = await world().openEditor();
	const { id } = await world().client.createWorkflow(chain('Promote', [manualTrigger()]));
	await editor.openWorkflow(id);
});

test('an idea can be promoted by somebody who only types "promote idea" and chooses from lists', async () => {
	const { store } = world().account;
	const name = (record: { data: Record<string, unknown> } | undefined) => String(record?.data.name);
	const workspace = store.find('product', 'PRJ1');
	const release = store.find('release', 'PRJ1-R-2');
	const idea = store.find('idea', 'PRJ1-I-7');
	const features = store.count('feature');

	await editor.searchPanel('promote idea', 'Aha!');
	await editor.screenshot('promote-search');
	await editor.openInPanel('Aha!');
	await editor.panelAction(ACTION).scrollIntoViewIfNeeded();
	await editor.screenshot('promote-panel');
	await editor.dragAction(ACTION, { x: 620, y: 300 });
	expect([await editor.value('resource'), await editor.value('operation')]).toEqual([
		'Idea',
		'Promote',
	]);

	await editor.chooseRecord('product_id', name(workspace));
	await editor.chooseRecord('record', name(idea), name(idea));
	await editor.choose('promotable_type', 'Feature');
	await editor.chooseRecord('release_id', name(release), name(release));
	await editor.screenshot('promote-form');
	await editor.closeNode();
	await editor.connect('Start', ACTION);
	const execution = await world().client.executionEnd(await editor.run());
	expect(failureOf(execution)).toBeUndefined();
	await editor.openNode(ACTION);
	await editor.showsOutput(name(idea));
	await editor.screenshot('promoted');

	expect(store.count('feature')).toBe(features + 1);
	const promoted = store.referrers(release as NonNullable<typeof release>, 'feature');
	expect([...promoted].map(name)).toContain(name(idea));
});
