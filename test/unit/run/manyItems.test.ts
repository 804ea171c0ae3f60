import type { IDataObject, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { FakeResponse, RunOptions, Sent } from '../runNode';
import { jsonOf, runNode } from '../runNode';

const create = { resource: 'feature', operation: 'create', output: 'raw' };
const inRelease = { __rl: true, mode: 'id', value: 'PRJ1-R-1' };

const itemsOf = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

/** An account that gives each record it makes the next number. */
class Account {
	readonly made: string[] = [];
	/** Responses to creates of some names, in place of a record; each is used once. */
	refusals: Record<string, FakeResponse[]> = {};

	readonly respond = async ({ body, method, url }: Sent): Promise<FakeResponse> => {
		await new Promise((resolve) => setImmediate(resolve));
		if (method !== 'POST') return { body: { feature: { id: '1', url } } };
		const { name } = (body as { feature: { name: string } }).feature;
		const refusal = this.refusals[name]?.shift();
		if (refusal) return refusal;
		this.made.push(name);
		const number = this.made.length;
		return { body: { feature: { id: String(number), reference_num: `PRJ1-${number}`, name } } };
	};
}

/** Creates so many features, named by their item. */
const createMany = async (account: Account, count: number, options: RunOptions = {}) =>
	await runNode({ ...create, release_id: inRelease }, account.respond, {
		items: itemsOf(count),
		parameterOf: (name, index) => (name === 'name' ? `F${index}` : undefined),
		...options,
	});

const errorOf = async (task: Promise<unknown>): Promise<NodeOperationError> =>
	(await task.then(
		() => undefined,
		(error: unknown) => error,
	)) as NodeOperationError;

const NAMES = (count: number) => Array.from({ length: count }, (_, index) => `F${index}`);
const REFUSED: FakeResponse = { status: 422, body: { error: 'No thanks' } };

describe('items are checked before the first write', () => {
	const dateOf = (wrong: readonly number[]) => (name: string, index: number) =>
		name === 'name'
			? `F${index}`
			: name === 'additionalFields'
				? { due_date: wrong.includes(index) ? 'never' : '2026-11-25' }
				: undefined;

	test.each([0, 1, 19])('one that is wrong among 20: item %i', async (wrong) => {
		const account = new Account();
		const error = await errorOf(createMany(account, 20, { parameterOf: dateOf([wrong]) }));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toMatch(/^"Due Date" must be a date/);
		expect(error.description).toBe('Nothing was sent to Aha!.');
		expect(error.context.itemIndex).toBe(wrong);
		expect(account.made).toEqual([]);
	});

	test('several that are wrong, up to ten of them', async () => {
		const account = new Account();
		const wrong = [1, 3, 4, 5, 7, 8, 9, 11, 13, 14, 15, 19];
		const error = await errorOf(createMany(account, 20, { parameterOf: dateOf(wrong) }));
		expect(error.message).toBe('12 of 20 items are wrong, so nothing was sent to Aha!');
		const named = [...String(error.description).matchAll(/Item (\d+): "Due Date" must be/g)];
		expect(named.map(([, index]) => Number(index))).toEqual(wrong.slice(0, 10));
		expect(error.description).toMatch(/And 2 more\.$/);
		expect(error.context.itemIndex).toBe(1);
		expect(account.made).toEqual([]);
	});

	test.each<[string, IDataObject, RegExp]>([
		['the path of an API call', { operation: 'customApiCall', path: '/../x' }, /must be a path/],
		['the body of an API call', { operation: 'customApiCall', path: '/x', body: [] }, /an object/],
		[
			'variables',
			{ operation: 'executeGraphql', query: '{a}', variables: [1] },
			/"Variables" must be/,
		],
	])('%s', async (_, parameters, message) => {
		const respond = jest.fn((): FakeResponse => ({ body: { id: '1' } }));
		const good: IDataObject = { query: {}, path: '/x', body: {}, method: 'POST', variables: {} };
		const task = runNode(
			{ resource: 'account', followPages: false, ...good, ...parameters },
			respond,
			{
				items: itemsOf(3),
				parameterOf: (name, index) => (index < 2 && name !== 'query' ? good[name] : undefined),
			},
		);
		await expect(task).rejects.toThrow(message);
		expect(respond).not.toHaveBeenCalled();
	});

	test('an expression that fails is the error of its item alone where n8n goes on', async () => {
		const { items, sent } = await runNode(
			{ resource: 'feature', operation: 'get' },
			() => ({ body: { feature: { id: '1' } } }),
			{
				items: itemsOf(3),
				continueOnFail: true,
				node: {
					parameters: { record: { __rl: true, mode: 'reference', value: '={{ $json.id }}' } },
				},
				parameterOf: (name, index) => {
					if (name !== 'record') return undefined;
					if (index === 1) throw new Error('Referenced node is unexecuted');
					return { __rl: true, mode: 'reference', value: `PRJ1-${index}` };
				},
			},
		);
		expect(items.map(({ error }) => error !== undefined)).toEqual([false, true, false]);
		expect(items[1].json.error).toContain('Referenced node is unexecuted');
		expect(sent).toHaveLength(2);
	});

	test('not where n8n goes on after an error: the others are done', async () => {
		const account = new Account();
		const options = { parameterOf: dateOf([1]), continueOnFail: true };
		const { items } = await createMany(account, 4, options);
		expect(items.map(({ error }) => error !== undefined)).toEqual([false, true, false, false]);
		expect(account.made).toEqual(['F0', 'F2', 'F3']);
	});
});

describe('writes start slowly', () => {
	test('and a mistake that all items share costs one request', async () => {
		const account = new Account();
		account.refusals = Object.fromEntries(NAMES(50).map((name) => [name, [REFUSED]]));
		const respond = jest.fn(account.respond);
		await expect(
			runNode({ ...create, name: 'F0', release_id: inRelease }, respond, { items: itemsOf(50) }),
		).rejects.toThrow('No thanks');
		expect(respond).toHaveBeenCalledTimes(1);
	});

	/** How many requests are sent before the next responses come, each time. */
	const widthsOf = async (count: number, parameters: IDataObject, options: RunOptions = {}) => {
		let open: Array<(response: FakeResponse) => void> = [];
		const respond = async () => await new Promise<FakeResponse>((resolve) => open.push(resolve));
		const done = runNode(parameters, respond, { items: itemsOf(count), ...options });
		const widths: number[] = [];
		for (let answered = 0; answered < count;) {
			await new Promise((resolve) => setTimeout(resolve, 5));
			const round = open;
			open = [];
			widths.push(round.length);
			answered += round.length;
			for (const answer of round) answer({ body: { feature: { id: '1' } } });
		}
		expect((await done).items).toHaveLength(count);
		return widths;
	};

	test('one, two, four and so on, as responses come', async () => {
		const form = { ...create, name: 'F', release_id: inRelease };
		expect(await widthsOf(63, form)).toEqual([1, 2, 4, 8, 16, 32]);
	});

	test.each([
		['reads', { resource: 'feature', operation: 'get' }, false],
		['writes where n8n goes on', { ...create, name: 'F', release_id: inRelease }, true],
	])('%s start at full width', async (_, parameters, continueOnFail) => {
		const form = { ...parameters, record: { __rl: true, mode: 'id', value: 'PRJ1-1' } };
		expect(await widthsOf(40, form, { continueOnFail })).toEqual([32, 8]);
	});
});

describe('the error of a stopped run', () => {
	test('lists what was written, with its items', async () => {
		const account = new Account();
		account.refusals = { F9: [REFUSED] };
		const error = await errorOf(createMany(account, 20));
		expect(error.message).toBe('No thanks');
		expect(error.context.itemIndex).toBe(9);
		const written = error.context.written as IDataObject[];
		expect(written).toHaveLength(account.made.length);
		expect(account.made.length).toBeGreaterThanOrEqual(7);
		expect(account.made.length).toBeLessThan(20);
		for (const { itemIndex, id, reference_num } of written) {
			expect(account.made[Number(id) - 1]).toBe(`F${String(itemIndex)}`);
			expect(error.description).toContain(`${String(reference_num)} (item ${String(itemIndex)})`);
		}
		expect(error.description).toMatch(/\) Written before the run stopped: PRJ1-1 \(item 0\), /);
	});

	test('says what may have been written', async () => {
		const account = new Account();
		account.refusals = { F2: [{ status: 502, body: {} }] };
		const error = await errorOf(createMany(account, 3, { items: itemsOf(3) }));
		expect(error.message).toContain('the record may exist');
		expect(error.context.unclear).toMatchObject([{ itemIndex: 2, method: 'POST' }]);
		expect(error.description).toMatch(/May have been written: POST \S+ \(item 2\)\.$/);
	});

	test('tells deleted records', async () => {
		const respond = (_request: Sent, path: string): FakeResponse =>
			path.endsWith('PRJ1-2') ? { status: 403, body: {} } : { status: 204 };
		const error = await errorOf(
			runNode({ resource: 'feature', operation: 'delete' }, respond, {
				items: itemsOf(3),
				parameterOf: (name, index) =>
					name === 'record' ? { __rl: true, mode: 'id', value: `PRJ1-${index}` } : undefined,
			}),
		);
		expect(error.description).toContain('PRJ1-0 deleted (item 0), PRJ1-1 deleted (item 1).');
	});

	test('has nothing to add where nothing was written', async () => {
		const account = new Account();
		account.refusals = { F0: [REFUSED] };
		const error = await errorOf(createMany(account, 20));
		expect(error.context.written).toBeUndefined();
		expect(error.description).not.toContain('Written');
	});
});

describe('Retry On Fail', () => {
	let executions = 0;
	const retrying = (node: Partial<INode> = {}): RunOptions => ({
		node: { id: 'a', retryOnFail: true, maxTries: 3, ...node },
		executionId: `execution-${executions++}`,
	});

	/** Runs the node as often as n8n does. */
	const tries = async (account: Account, count: number, options: RunOptions) => {
		for (let left = (options.node?.maxTries ?? 3) - 1; left > 0; left--) {
			try {
				return await createMany(account, count, options);
			} catch {}
		}
		return await createMany(account, count, options);
	};

	test('20 creates, item 10 refused twice, are 20 records', async () => {
		const account = new Account();
		account.refusals = { F10: [REFUSED, REFUSED] };
		const result = await tries(account, 20, retrying());
		expect([...account.made].sort()).toEqual([...NAMES(20)].sort());
		expect(jsonOf(result).map(({ name }) => name)).toEqual(NAMES(20));
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			NAMES(20).map((_, item) => ({ item })),
		);
	});

	test('does not send again what may have been carried out', async () => {
		const account = new Account();
		account.refusals = { F1: [{ status: 504, body: {} }] };
		const error = await errorOf(tries(account, 3, retrying()));
		expect(error.message).toContain('the record may exist');
		// The third left together with the second.
		expect(account.made).toEqual(['F0', 'F2']);
	});

	test('where n8n goes on after an error, too', async () => {
		const account = new Account();
		account.refusals = { F0: [REFUSED] };
		const options = { ...retrying(), continueOnFail: true };
		const [first] = (await createMany(account, 3, options)).items;
		expect(first.error).toBeDefined();
		const result = await createMany(account, 3, options);
		expect(jsonOf(result).map(({ name }) => name)).toEqual(NAMES(3));
		expect(account.made).toEqual(['F1', 'F2', 'F0']);
	});

	test('of a tool, which counts each try as a run', async () => {
		const account = new Account();
		account.refusals = { F1: [REFUSED] };
		const options = retrying({ type: 'n8n-nodes-aha.ahaTool' });
		await errorOf(createMany(account, 2, { ...options, runIndex: 0 }));
		await createMany(account, 2, { ...options, runIndex: 1 });
		expect(account.made).toEqual(['F0', 'F1']);
	});

	test.each<[string, RunOptions]>([
		['another execution', { executionId: 'other' }],
		['another run of the node', { runIndex: 1 }],
		['another node', { node: { id: 'b', retryOnFail: true } }],
	])('%s knows nothing of it', async (_, other) => {
		const account = new Account();
		account.refusals = { F1: [REFUSED] };
		const options = retrying();
		await errorOf(createMany(account, 2, options));
		await createMany(account, 2, { ...options, ...other });
		expect(account.made).toEqual(['F0', 'F0', 'F1']);
	});

	test.each<[string, RunOptions]>([
		['a run that went well', {}],
		['a node without the setting', { node: { id: 'a', retryOnFail: false } }],
	])('%s is not remembered', async (_, other) => {
		const account = new Account();
		const options = { ...retrying(), ...other };
		if (options.node?.retryOnFail === false) {
			account.refusals = { F1: [REFUSED] };
			await errorOf(createMany(account, 2, options));
		} else {
			await createMany(account, 1, options);
		}
		await createMany(account, 2, options);
		expect(account.made.filter((name) => name === 'F0')).toHaveLength(2);
	});

	test('forgets after the last try, and after an hour', async () => {
		const account = new Account();
		account.refusals = { F1: [REFUSED, REFUSED, REFUSED] };
		const options = retrying({ maxTries: 2 });
		await errorOf(createMany(account, 2, options));
		await errorOf(createMany(account, 2, options));
		await errorOf(createMany(account, 2, options));
		expect(account.made).toEqual(['F0', 'F0']);
		const time = performance.now();
		jest.spyOn(performance, 'now').mockImplementation(() => time + 61 * 60_000);
		await createMany(account, 2, options);
		jest.restoreAllMocks();
		expect(account.made).toEqual(['F0', 'F0', 'F0', 'F1']);
	});
});
