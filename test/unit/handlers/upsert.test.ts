import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { FakeResponse, Sent } from '../runNode';
import { jsonOf, runNode } from '../runNode';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(async () => await new Promise((resolve) => setImmediate(resolve))),
}));

interface Kept {
	id: string;
	name: unknown;
	release: string;
	fields: Array<{ id: string; name: string; value: string; integration_id: number }>;
}

/** As much of an account as an upsert needs; Aha! does not stop two records with one key. */
class Features {
	readonly all = new Map<string, Kept>();
	deleted = 0;
	/** Waits before a request is answered; tests let runs overtake one another. */
	delay: (request: Sent) => Promise<void> = async () => undefined;
	refuse: (request: Sent, path: string) => FakeResponse | undefined = () => undefined;
	#ids = 6_776_757_454_426_000_000n;

	readonly answer = async (request: Sent, path: string): Promise<FakeResponse> => {
		await this.delay(request);
		const refused = this.refuse(request, path);
		if (refused) return refused;
		const { method, body } = request as { method: string; body?: IDataObject };
		const found = path.match(/^\/api\/v1\/features\/fields\/([^/]+)\/value\/([^/]+)$/);
		if (found) return this.#lookUp(found.slice(1).map(decodeURIComponent));
		const given = (body?.feature ?? {}) as IDataObject;
		const [, release] = path.match(/releases\/([^/]+)\/features$/) ?? [];
		if (release) return this.#shown(this.#made(given.name, release));
		const [, id] = path.match(/^\/api\/v1\/features\/(\d+)/) ?? [];
		const feature = this.all.get(id);
		if (!feature) return { status: 404, body: { error: 'Record not found' } };
		if (path.endsWith('/fields')) return this.#keep(feature, path, body);
		if (method === 'DELETE') {
			this.all.delete(id);
			this.deleted += 1;
		}
		if (method === 'PUT') Object.assign(feature, given);
		return method === 'DELETE' ? { status: 204 } : this.#shown(feature);
	};

	#id = () => String(++this.#ids);

	#made(name: unknown, release: string): Kept {
		const feature = { id: this.#id(), name, release, fields: [] };
		this.all.set(feature.id, feature);
		return feature;
	}

	#keep(feature: Kept, path: string, body: IDataObject | undefined): FakeResponse {
		const [, integration] = path.match(/integrations\/(\d+)\/fields$/) ?? [];
		const { name, value } = body?.integration_field as { name: string; value: string };
		feature.fields.push({ id: this.#id(), name, value, integration_id: Number(integration) });
		return { body: { integration_field: feature.fields.at(-1) } };
	}

	#lookUp([name, value]: string[]): FakeResponse {
		const holds = ({ fields }: Kept) =>
			fields.some((field) => field.name === name && field.value === value);
		const records = [...this.all.values()].filter(holds).map((feature) => ({
			feature: {
				id: feature.id,
				reference_num: `PRJ1-${feature.id.slice(-3)}`,
				integration_fields: [...feature.fields],
			},
		}));
		return { body: { records, pagination: { total_pages: 1 } } };
	}

	#shown = ({ id, name }: Kept): FakeResponse => ({
		body: { feature: { id, reference_num: `PRJ1-${id.slice(-3)}`, name } },
	});
}

const upsert = (account: Features, key: string, name = `Named ${key}`) =>
	runNode(
		{
			resource: 'feature',
			operation: 'upsert',
			match_on: 'key',
			release_id: { __rl: true, mode: 'id', value: 'PRJ1-R-1' },
			name,
			key,
			key_field: 'n8n_key',
			integration_id: { __rl: true, mode: 'id', value: '204584239' },
			additionalFields: {},
		},
		account.answer,
	);

const keys = Array.from({ length: 100 }, (_, index) => `row ${index}/x`);

/** One run of a workflow: the items one after the other. */
async function run(account: Features, wanted = keys, name?: string) {
	const created: unknown[] = [];
	for (const key of wanted) {
		const [json] = jsonOf(await upsert(account, key, name));
		created.push(json.created);
	}
	return created;
}

const keysOf = (account: Features) =>
	[...account.all.values()].flatMap(({ fields }) => fields.map(({ value }) => value));

test('the same 100 items twice leave 100 records', async () => {
	const account = new Features();
	expect(await run(account)).toEqual(keys.map(() => true));
	expect(await run(account, keys, 'Second')).toEqual(keys.map(() => false));
	expect(keysOf(account).sort()).toEqual([...keys].sort());
	expect([...account.all.values()].map(({ name }) => name)).toEqual(keys.map(() => 'Second'));
});

test.each([1, 2, 3, 4, 5])('two runs at once leave 100 records (order %i)', async (seed) => {
	const account = new Features();
	let state = seed;
	account.delay = async () => {
		state = (state * 48_271) % 2_147_483_647;
		for (let turns = state % 7; turns > 0; turns--) {
			await new Promise((resolve) => setImmediate(resolve));
		}
	};
	const created = (await Promise.all([run(account), run(account)])).flat();
	expect(keysOf(account).sort()).toEqual([...keys].sort());
	expect(account.all.size).toBe(100);
	expect(created.filter(Boolean)).toHaveLength(100);
	// Without a collision this test would say nothing.
	expect(account.deleted).toBeGreaterThan(0);
});

test('a key in another integration is another key', async () => {
	const account = new Features();
	await run(account, ['a']);
	for (const { fields } of account.all.values()) fields[0].integration_id = 1;
	await run(account, ['a']);
	expect(account.all.size).toBe(2);
});

test('two records that both keep the key are named, not guessed between', async () => {
	const account = new Features();
	await run(account, ['a']);
	const [first] = account.all.values();
	account.all.set('99', { ...first, id: '99', fields: [{ ...first.fields[0], id: '99' }] });
	await expect(upsert(account, 'a')).rejects.toThrow(
		/More than one record holds the key "a": .* and .*/,
	);
});

test('one that sees a later record that stays says so', async () => {
	const account = new Features();
	// The other run got its key later and has already looked, before this one's was to be seen.
	account.refuse = ({ method }, path) => {
		if (method !== 'POST' || !path.endsWith('/fields')) return undefined;
		account.refuse = () => undefined;
		const later = { id: '9'.repeat(19), name: 'n8n_key', value: 'a', integration_id: 204584239 };
		account.all.set('99', { id: '99', name: 'Other', release: 'PRJ1-R-1', fields: [later] });
		return undefined;
	};
	await expect(upsert(account, 'a')).rejects.toThrow('More than one record holds the key');
	expect(sleep).toHaveBeenCalled();
});

test('a record that cannot get its key is not left behind', async () => {
	const account = new Features();
	account.refuse = (_request, path) =>
		path.includes('/integrations/')
			? { status: 404, body: { error: 'No such integration' } }
			: undefined;
	await expect(upsert(account, 'a')).rejects.toThrow('No such integration');
	expect(account.all.size).toBe(0);
});

test('a record that cannot be deleted again is named', async () => {
	const account = new Features();
	account.refuse = ({ method }, path) =>
		path.includes('/integrations/') || method === 'DELETE'
			? { status: 403, body: { error: 'Not allowed' } }
			: undefined;
	await expect(upsert(account, 'a')).rejects.toThrow(/^PRJ1-\d+ was created/);
});

test('a key that Aha! does not find again leaves nothing behind', async () => {
	const account = new Features();
	account.refuse = (_request, path) =>
		path.includes('/value/') ? { body: { records: [] } } : undefined;
	await expect(upsert(account, 'a.b')).rejects.toThrow('does not find the key "a.b"');
	expect(account.all.size).toBe(0);
});
