import type { INodeParameters, IRun } from 'n8n-workflow';

import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { Recorder } from '../../tools/harness/recorder';
import { startRecorder } from '../../tools/harness/recorder';

let aha: Recorder;
let n8n: Harness;

beforeAll(async () => {
	aha = await startRecorder(() => ({ body: { feature: { id: '1' } } }));
	const ahaApiKey = { accountDomain: 'mycompany', apiKey: 'sandbox-key-owner' };
	n8n = await harness({ env: aha.env, credentials: { ahaApiKey } });
});

afterAll(async () => {
	n8n.stop();
	await aha.stop();
});

const create = {
	resource: 'feature',
	operation: 'create',
	release_id: { __rl: true, mode: 'reference', value: 'PRJ1-R-1' },
	name: 'A',
};

/** The hints above the output of a run. */
async function hintsOf(parameters: INodeParameters, count = 1): Promise<string[]> {
	let run: IRun | undefined;
	const items = Array.from({ length: count }, () => ({ json: {} }));
	await n8n.run(parameters, items, { onFinished: (record) => (run = record) });
	const { hints = [] } = run?.data.resultData.runData['Aha!'][0] ?? {};
	expect(hints.every(({ location }) => location === 'outputPane')).toBe(true);
	return hints.map(({ message }) => message);
}

test('a run in which nothing is left out has no hint', async () => {
	expect(await hintsOf({ ...create, additionalFields: { due_date: '2026-01-31' } })).toEqual([]);
});

test('empty values that are left out are counted and named', async () => {
	const additionalFields = { due_date: '', description: '' };
	expect(await hintsOf({ ...create, additionalFields: { due_date: '' } })).toEqual([
		'1 empty value was left out: Due Date',
	]);
	expect(await hintsOf({ ...create, additionalFields }, 2)).toEqual([
		expect.stringMatching(
			/^4 empty values were left out: (Due Date, Description|Description, Due Date)$/,
		),
	]);
});

test('an empty value that clears a field in an update is not left out', async () => {
	const record = { __rl: true, mode: 'reference', value: 'PRJ1-1' };
	const update = { resource: 'feature', operation: 'update', record };
	expect(await hintsOf({ ...update, additionalFields: { due_date: '' } })).toEqual([]);
});

test('a preview says that it was not sent', async () => {
	expect(await hintsOf({ ...create, options: { previewOnly: true } })).toEqual([
		'Preview Only: 1 request was not sent to Aha!',
	]);
});
