import type { INodeParameters } from 'n8n-workflow';

import type { Credential } from '../../tools/runtime/n8nClient';
import { keyCredential } from './support/credentials';
import type { Editor } from './support/editor';
import {
	ahaNode,
	byId,
	chain,
	failureOf,
	manualTrigger,
	outputOf,
} from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const world = useWorld('choosing');
const CREATE = 'Create a feature';
const NAME = 'Chosen from lists';
let editor: Editor;
let credential: Credential;

beforeAll(async () => {
	credential = await keyCredential(world());
	editor = await world().openEditor();
});

const nameOf = (kind: string, key: string): string =>
	String(world().account.store.find(kind, key)?.data.name);

/** The form of a new feature, open in the editor. */
async function openForm(more: INodeParameters = {}): Promise<void> {
	const parameters = { resource: 'feature', operation: 'create', ...more };
	const nodes = [manualTrigger(), ahaNode(CREATE, credential, parameters)];
	const { id } = await world().client.createWorkflow(chain('Choosing', nodes));
	await editor.openWorkflow(id);
	await editor.openNode(CREATE);
}

/** Runs the open workflow. @returns what the node gave */
async function run() {
	await editor.closeNode();
	const execution = await world().client.executionEnd(await editor.run());
	expect(failureOf(execution)).toBeUndefined();
	return outputOf(execution, CREATE);
}

test('a feature is made with everything chosen from lists', async () => {
	const { store } = world().account;
	const release = nameOf('release', 'PRJ1-R-2');
	await openForm();
	await editor.chooseRecord('product_id', nameOf('product', 'PRJ1'));
	await editor.chooseRecord('release_id', release, release);
	await editor.type('name', NAME);
	await editor.addOption('Status');
	await editor.chooseRecord('workflow_status', 'In development');
	await editor.addOption('Type');
	await editor.chooseRecord('workflow_kind', 'Bug fix');
	const isOwn = ({ data }: { data: Record<string, unknown> }) =>
		String(data.reference_num).startsWith('PRJ1-');
	const goals = [...store.all('goal')].filter(isOwn).slice(0, 2);
	const person = store.first('user', () => true)?.data;
	await editor.addOption('Assigned To');
	await editor.chooseRecord('assigned_to_user', String(person?.name));
	const epic = String(store.first('epic', isOwn)?.data.name);
	await editor.addOption('Epic');
	await editor.chooseRecord('epic', epic, epic);
	await editor.addOption('Goals');
	await editor.chooseSeveral(
		'goals',
		goals.map(({ data }) => String(data.name)),
	);
	await editor.screenshot('choosing-form');
	await editor.darkScreenshot('choosing-form-dark');

	const [made] = await run();
	expect(made).toMatchObject({
		...{ name: NAME, workflow_status: 'In development', assigned_to_user: person?.email },
	});
	const stored = store.first('feature', ({ data }) => data.name === NAME);
	expect(store.resolve(stored?.data.release)?.data.name).toBe(release);
	expect(store.resolve(stored?.data.epic)?.data.name).toBe(epic);
	expect(made.goals).toEqual(goals.map(({ data }) => data.name));
});

test('a record has its own noun, and modes by the names that say what they take', async () => {
	await openForm({ product_id: byId('PRJ1') });
	expect(await editor.modes('release_id')).toEqual(['From list', 'By Reference or ID', 'By URL']);
	await editor.screenshot('choosing-modes');
});

test('the URL of a page is taken for the record, and other text is refused', async () => {
	await openForm({ product_id: byId('PRJ1'), name: 'By its URL' });
	await editor.chooseMode('release_id', 'By URL');
	await editor.typeRecord('release_id', 'PRJ1-R-2');
	await editor.showsIssue('Enter a URL');
	await editor.screenshot('choosing-url-refused');
	await editor.typeRecord('release_id', 'https://mycompany.aha.io/releases/PRJ1-R-2');
	await editor.screenshot('choosing-url');
	const [made] = await run();
	expect(made).toMatchObject({ name: 'By its URL' });
});

test('a query in GraphQL is written in an editor for code', async () => {
	await openForm({ resource: 'account', operation: 'executeGraphql', query: '{ account { id } }' });
	await editor.field('query').locator('.cm-content').waitFor();
	await editor.screenshot('choosing-graphql');
});

test('a status stays, and can be entered by its name, where the workspace is an expression', async () => {
	await openForm({
		product_id: byId('={{ $json.workspace }}'),
		release_id: byId('PRJ1-R-2'),
		name: 'In a workspace of the item',
		additionalFields: { workflow_status: { __rl: true, mode: 'name', value: 'In development' } },
	});
	expect(await editor.recordText('workflow_status')).toBe('In development');
	await editor.screenshot('choosing-expression');
	const [made] = await run();
	expect(made).toMatchObject({ workflow_status: 'In development' });
});
