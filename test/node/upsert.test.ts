import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Sandbox } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';

jest.setTimeout(300_000);

let sandbox: Sandbox;
let n8n: Harness;
let upsert: INodeParameters;

beforeAll(async () => {
	sandbox = await startSandbox({ limits: null });
	const { keys, store } = sandbox.account('mycompany');
	n8n = await harness({
		env: sandbox.env,
		credentials: { ahaApiKey: { accountDomain: 'mycompany', apiKey: keys.owner } },
	});
	const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
	upsert = {
		resource: 'feature',
		operation: 'upsert',
		release_id: byId('PRJ1-R-1'),
		integration_id: byId(store.first('integration')?.id),
		key: '={{ $json.key }}',
		name: '={{ $json.name }}',
	};
});

afterAll(async () => {
	n8n.stop();
	await sandbox.stop();
});

const items = (prefix: string, name: string): INodeExecutionData[] =>
	Array.from({ length: 100 }, (_, number) => ({
		json: { key: `${prefix}-${number}`, name: `${name} ${number}` },
	}));

/** The features of the account whose names begin with one of the words. */
const named = (...words: string[]): string[] =>
	[...sandbox.account('mycompany').store.all('feature')]
		.map(({ data }) => String(data.name))
		.filter((name) => words.some((word) => name.startsWith(`${word} `)));

test('the same 100 items twice leave 100 records', async () => {
	const first = await n8n.run(upsert, items('twice', 'First'));
	const second = await n8n.run(upsert, items('twice', 'Second'));
	expect(first.map(({ json }) => json.created)).toEqual(first.map(() => true));
	expect(second.map(({ json }) => json.created)).toEqual(first.map(() => false));
	expect(second.map(({ json }) => json.id)).toEqual(first.map(({ json }) => json.id));
	expect(named('First')).toEqual([]);
	expect(named('Second')).toHaveLength(100);
});

test('two runs at once leave 100 records, or say which could not be decided', async () => {
	const runs = await Promise.all(
		['One', 'Other'].map(
			async (name) => await n8n.run(upsert, items('once', name), { continueOnFail: true }),
		),
	);
	const undecided = runs.flat().filter(({ json }) => json.error !== undefined);
	for (const { json } of undecided) {
		expect(json.error).toMatch(/^More than one record holds the key "once-\d+": /);
	}
	const keys = new Set(undecided.map(({ pairedItem }) => JSON.stringify(pairedItem)));
	expect(named('One', 'Other')).toHaveLength(100 + keys.size);
});
