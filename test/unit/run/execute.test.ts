import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { FakeResponse } from '../runNode';
import { jsonOf, runNode } from '../runNode';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const update = {
	resource: 'feature',
	operation: 'update',
	record: byId('PRJ1-1'),
	additionalFields: { name: 'A' },
};
const list = { resource: 'feature', operation: 'getAll', belongsTo: 'account' };
const ok = (): FakeResponse => ({ body: { feature: { id: '1' } } });

const thrown = async (task: Promise<unknown>): Promise<NodeApiError> =>
	(await task.then(
		() => undefined,
		(error: unknown) => error,
	)) as NodeApiError;

describe('an operation that does not exist', () => {
	test.each([
		['feature', 'fly'],
		['bird', 'get'],
	])('%s > %s says so', async (resource, operation) => {
		const error = await thrown(runNode({ resource, operation }, ok));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(`The operation "${operation}" of "${resource}" does not exist`);
	});
});

describe('an error', () => {
	const wrong = { ...update, additionalFields: { due_date: 'never' } };
	const items = [{ json: {} }, { json: {} }];

	test('of the form names the item', async () => {
		const error = await thrown(runNode(wrong, ok));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.context.itemIndex).toBe(0);
	});

	test("of Aha!'s keeps its type and names the item", async () => {
		const error = await thrown(runNode(update, () => ({ status: 404, body: {} })));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.context.itemIndex).toBe(0);
	});

	test('becomes an item when n8n goes on', async () => {
		const failing = (_request: unknown, _path: string, index: number): FakeResponse =>
			index === 0 ? { status: 422, body: { error: 'no' } } : ok();
		const { items: output } = await runNode(update, failing, { items, continueOnFail: true });
		expect(output[0]).toMatchObject({
			json: { error: 'no', description: expect.stringContaining('422 for PUT') },
			error: expect.any(NodeApiError),
			pairedItem: { item: 0 },
		});
		expect(output[1]).toEqual({ json: { id: '1' }, pairedItem: { item: 1 } });
	});

	test('without a description has none', async () => {
		const { items: output } = await runNode(wrong, ok, { continueOnFail: true });
		expect(output[0].json).toEqual({ error: expect.stringContaining('"Due Date" must be') });
	});
});

test('results keep the order of the items and are paired with them', async () => {
	const items: INodeExecutionData[] = Array.from({ length: 50 }, (_, id) => ({ json: { id } }));
	const { items: output } = await runNode(
		{ resource: 'feature', operation: 'get', record: '={{ $json.id }}' },
		async (_request, _path, index) => {
			await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
			return { body: { feature: { id: String(index) } } };
		},
		{ items, parameterOf: (name, index) => (name === 'record' ? byId(String(index)) : undefined) },
	);
	expect(output).toHaveLength(50);
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
});

describe('retries', () => {
	test('take no longer than the person set', async () => {
		const respond = jest.fn((): FakeResponse => ({ status: 500, body: {} }));
		const error = await thrown(runNode({ ...update, options: { retryFor: 0 } }, respond));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(respond).toHaveBeenCalledTimes(1);
	});

	test('succeed without the person setting anything', async () => {
		let requests = 0;
		const { items } = await runNode(update, () =>
			requests++ === 0 ? { status: 500, body: {} } : ok(),
		);
		expect([items.length, requests]).toEqual([1, 2]);
	});
});

describe('a list', () => {
	const page = ({ qs }: { qs: IDataObject }): FakeResponse => ({
		body: {
			features: Array.from({ length: Number(qs.per_page) }, (_, n) => ({
				id: `${String(qs.page)}.${n}`,
				name: 'F',
				secret: 'x',
			})),
			pagination: { total_pages: 3, total_records: 600 },
		},
	});

	test('has 50 records unless the person chose another limit', async () => {
		expect((await runNode({ ...list, returnAll: false }, page)).items).toHaveLength(50);
		expect((await runNode({ ...list, limit: 3 }, page)).items).toHaveLength(3);
		expect((await runNode({ ...list, limit: 250 }, page)).items).toHaveLength(250);
		expect((await runNode({ ...list, returnAll: true, limit: 3 }, page)).items).toHaveLength(600);
	});

	test('asks for the simple fields, or for those that the person chose', async () => {
		const fieldsOf = async (parameters: IDataObject) =>
			(await runNode({ ...list, limit: 1, ...parameters }, page)).sent[0].qs.fields;
		expect(await fieldsOf({ output: 'simple' })).toContain('name,reference_num,id');
		expect(await fieldsOf({ output: 'raw' })).toBeUndefined();
		expect(await fieldsOf({ output: 'simple', options: { fields: 'name' } })).not.toBe('id,name');
		expect(await fieldsOf({ output: 'fields', fields: 'name' })).toBe('id,name');
		expect(await fieldsOf({ output: 'fields', fields: ['id', 'name'] })).toBe('id,name');
		expect(await fieldsOf({ output: 'raw', options: { fields: '*' } })).toBe('*');
	});

	test('is simplified to those fields', async () => {
		const recordOf = async (parameters: IDataObject) =>
			jsonOf(await runNode({ ...list, limit: 1, ...parameters }, page))[0];
		expect(await recordOf({ output: 'simple' })).toMatchObject({
			...{ id: '1.0', name: 'F', reference_num: null, description_text: null },
		});
		expect(await recordOf({ output: 'simple' })).not.toHaveProperty('secret');
		expect(await recordOf({ output: 'raw' })).toEqual({ id: '1.0', name: 'F', secret: 'x' });
		expect(await recordOf({ output: 'fields', fields: 'name' })).toEqual({ name: 'F' });
	});
});

test.each([
	['Workflow kind is not valid', 'Type is not valid'],
	['Name is missing; Iteration does not exist', 'Name is missing; Sprint does not exist'],
	['Assigned to user must be a user', 'Assigned To must be a user'],
	['No workflow kind was given', 'No workflow kind was given'],
])('what Aha! says of a parameter is said in the words of the form: %s', async (said, shown) => {
	const update = {
		resource: 'feature',
		operation: 'update',
		record: byId('PRJ1-1'),
		additionalFields: { name: 'A' },
	};
	const parameters = { ...update, additionalFields: { name: 'x' } };
	const refused = { status: 422, body: { errors: { message: said } } };
	await expect(runNode(parameters, () => refused)).rejects.toMatchObject({
		message: expect.stringContaining(shown),
	});
});

describe('numbers and switches', () => {
	const page = (): FakeResponse => ({
		body: { features: [{ id: '1', name: 'A' }], pagination: { total_pages: 1 } },
	});

	test.each<[IDataObject, string]>([
		[{ limit: 0 }, '"Limit" must be a whole number above 0, not "0"'],
		[{ limit: -5 }, '"Limit" must be a whole number above 0, not "-5"'],
		[{ limit: 1.5 }, '"Limit" must be a whole number, not "1.5"'],
		[{ limit: 'many' }, '"Limit" must be a number, not "many"'],
		[{ limit: '' }, '"Limit" is missing'],
		[{ returnAll: 'yes' }, '"Return All" must be true or false, not "yes"'],
		[{ output: 'maybe' }, '"Output" must be one of simple, raw, fields, not "maybe"'],
		[{ options: { retryFor: 'x' } }, '"Retry For (Seconds)" must be a number, not "x"'],
		[{ options: { retryFor: -1 } }, '"Retry For (Seconds)" must be a number from 0'],
	])('%j is refused', async (parameters, message) => {
		const form = { ...list, returnAll: false, limit: 5, output: 'raw', ...parameters };
		await expect(runNode(form, page)).rejects.toThrow(message);
	});

	test.each<[IDataObject, number]>([
		[{ limit: '2' }, 2],
		[{ returnAll: 'true', limit: 1 }, 200],
		[{ returnAll: 'false', limit: 3 }, 3],
		[{ options: { retryFor: '2' }, limit: 4 }, 4],
		[{ options: { retryFor: '' }, limit: 5 }, 5],
	])('%j is understood', async (parameters, perPage) => {
		const form = { ...list, returnAll: false, output: 'raw', ...parameters };
		expect((await runNode(form, page)).sent[0].qs.per_page).toBe(perPage);
	});
});

describe('Fields to Return', () => {
	const page = (): FakeResponse => ({
		body: { features: [{ id: '1', name: 'A', watchers: ['x'] }], pagination: { total_pages: 1 } },
	});
	const run = async (fields: unknown, parameters: IDataObject = {}) =>
		await runNode(
			{
				...list,
				returnAll: true,
				options: { fields },
				output: 'raw',
				...parameters,
			} as IDataObject,
			page,
		);

	test.each([
		['name, reference_num', 'id,name,reference_num'],
		[' name ,, tags ', 'id,name,tags'],
		['["name","tags"]', 'id,name,tags'],
		['*,watchers', '*,watchers'],
		['id,name', 'id,name'],
	])('%s', async (fields, asked) => {
		expect((await run(fields)).sent[0].qs.fields).toBe(asked);
	});

	test('with a star adds to what Aha! returns', async () => {
		const [item] = jsonOf(await run('*, watchers'));
		expect(item).toMatchObject({ id: '1', name: 'A', watchers: ['x'] });
	});
});

describe('progress', () => {
	test('is sent to the editor every two seconds', async () => {
		const messages: string[] = [];
		let time = 0;
		jest.spyOn(performance, 'now').mockImplementation(() => (time += 700));
		await runNode(update, ok, {
			items: Array.from({ length: 9 }, () => ({ json: {} })),
			sendMessageToUI: (message) => messages.push(String(message)),
		});
		jest.restoreAllMocks();
		expect(messages.length).toBeGreaterThan(0);
		expect(messages.length).toBeLessThan(9);
		expect(messages.every((message) => /^\d of 9 items done$/.test(message))).toBe(true);
	});

	test('is not sent for a single item', async () => {
		const sendMessageToUI = jest.fn();
		let time = 0;
		jest.spyOn(performance, 'now').mockImplementation(() => (time += 5_000));
		await runNode(update, ok, { sendMessageToUI });
		jest.restoreAllMocks();
		expect(sendMessageToUI).not.toHaveBeenCalled();
	});

	test('of a list counts the records', async () => {
		const sendMessageToUI = jest.fn();
		let time = 0;
		jest.spyOn(performance, 'now').mockImplementation(() => (time += 5_000));
		const body = { features: [{ id: '1' }], pagination: { total_records: 1, total_pages: 1 } };
		await runNode(list, () => ({ body }), { sendMessageToUI });
		jest.restoreAllMocks();
		expect(sendMessageToUI).toHaveBeenCalledWith('1 of 1 records read');
	});
});
