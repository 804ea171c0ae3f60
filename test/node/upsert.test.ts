import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { useNode } from './startedNode';

jest.setTimeout(300_000);

const node = useNode();
let upsert: INodeParameters;

beforeAll(() => {
	const { store } = node().account;
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

const items = (prefix: string, name: string): INodeExecutionData[] =>
	Array.from({ length: 100 }, (_, number) => ({
		json: { key: `${prefix}-${number}`, name: `${name} ${number}` },
	}));

/** The features of the account whose names begin with one of the words. */
const named = (...words: string[]): string[] =>
	[...node().account.store.all('feature')]
		.map(({ data }) => String(data.name))
		.filter((name) => words.some((word) => name.startsWith(`${word} `)));

test('the same 100 items twice leave 100 records', async () => {
	const first = await node().n8n.run(upsert, items('twice', 'First'));
	const second = await node().n8n.run(upsert, items('twice', 'Second'));
	expect(first.map(({ json }) => json.created)).toEqual(first.map(() => true));
	expect(second.map(({ json }) => json.created)).toEqual(first.map(() => false));
	expect(second.map(({ json }) => json.id)).toEqual(first.map(({ json }) => json.id));
	expect(named('First')).toEqual([]);
	expect(named('Second')).toHaveLength(100);
});

test('two runs at once leave 100 records, or say which could not be decided', async () => {
	const runs = await Promise.all(
		['One', 'Other'].map(
			async (name) => await node().n8n.run(upsert, items('once', name), { continueOnFail: true }),
		),
	);
	const undecided = runs.flat().filter(({ json }) => json.error !== undefined);
	for (const { json } of undecided) {
		expect(json.error).toMatch(/^More than one record holds the key "once-\d+": /);
	}
	const keys = new Set(undecided.map(({ pairedItem }) => JSON.stringify(pairedItem)));
	expect(named('One', 'Other')).toHaveLength(100 + keys.size);
});
