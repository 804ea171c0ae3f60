import type { IDataObject } from 'n8n-workflow';

import type { FakeResponse, Sent } from '../runNode';
import { jsonOf, runNode } from '../runNode';

const locator = (value: string) => ({ __rl: true, mode: 'reference', value });

interface Kept extends IDataObject {
	readonly id: string;
	readonly reference_num: string;
	name: string;
	custom_fields: IDataObject[];
}

/** A workspace with features, in pages of 200. */
class Workspace {
	readonly features: Kept[] = [];

	add(name: string, ticket?: string | number): Kept {
		const number = this.features.length + 1;
		const custom_fields = ticket === undefined ? [] : [{ key: 'ticket', value: ticket }];
		const feature = {
			id: String(1000 + number),
			reference_num: `P-${number}`,
			name,
			custom_fields,
		};
		this.features.push(feature);
		return feature;
	}

	readonly respond = ({ method, qs, body }: Sent, path: string): FakeResponse => {
		const given = ((body as unknown as IDataObject)?.feature ?? {}) as IDataObject;
		if (path === '/api/v1/releases/77') {
			return { body: { release: { id: '77', product_id: '5' } } };
		}
		if (method === 'POST') {
			const { ticket } = (given.custom_fields ?? {}) as IDataObject;
			return { body: { feature: this.add(String(given.name), ticket as string) } };
		}
		if (method === 'PUT') {
			const known = this.features.find(({ id, reference_num }) =>
				[id, reference_num].includes(path.split('/').at(-1) as string),
			);
			if (!known) return { status: 404, body: { error: 'Record not found' } };
			return {
				body: { feature: Object.assign(known, { ...given, custom_fields: known.custom_fields }) },
			};
		}
		const page = Number(qs.page);
		const features = this.features.slice((page - 1) * 200, page * 200);
		const total_pages = Math.ceil(this.features.length / 200);
		return { body: { features, pagination: { total_pages, total_records: this.features.length } } };
	};
}

const upsert = {
	resource: 'feature',
	operation: 'upsert',
	release_id: locator('P-R-1'),
	name: 'A',
	output: 'simple',
};

const run = async (workspace: Workspace, parameters: IDataObject, items?: IDataObject[]) =>
	await runNode({ ...upsert, ...parameters }, workspace.respond, {
		...(items && {
			items: items.map((json) => ({ json })),
			parameterOf: (name, index) => items[index][name],
		}),
	});

const requests = (sent: readonly Sent[]) =>
	sent.map(({ method, url }) => `${method} ${new URL(url).pathname.replace('/api/v1', '')}`);

const byTicket = (ticket: string) => ({
	match_on: 'customField',
	custom_field_key: 'ticket',
	custom_field_value: ticket,
});

describe('matched on its name', () => {
	test('a record is updated; it may be in another release of the workspace', async () => {
		const workspace = new Workspace();
		workspace.add('B');
		workspace.add('A');
		const result = await run(workspace, { match_on: 'name' });
		expect(requests(result.sent)).toEqual(['GET /products/P/features', 'PUT /features/1002']);
		expect(jsonOf(result)).toMatchObject([{ created: false, name: 'A', reference_num: 'P-2' }]);
	});

	test('a record is created where none has it, and is simplified', async () => {
		const workspace = new Workspace();
		workspace.add('a');
		workspace.add('A B');
		const result = await run(workspace, { match_on: 'name' });
		expect(requests(result.sent)).toEqual([
			'GET /products/P/features',
			'POST /releases/P-R-1/features',
		]);
		const [item] = jsonOf(result);
		expect(item).toMatchObject({ created: true, name: 'A', description_text: null });
		expect(Object.keys(item)).toHaveLength(11);
		expect(item).not.toHaveProperty('custom_fields');
	});

	test('several that have it are named, and nothing is written', async () => {
		const workspace = new Workspace();
		for (let number = 0; number < 250; number++) workspace.add(`F${number}`);
		workspace.add(' A ');
		workspace.add('A');
		const before = workspace.features.length;
		const sent: Sent[] = [];
		const respond = (request: Sent, path: string) => {
			sent.push(request);
			return workspace.respond(request, path);
		};
		await expect(runNode({ ...upsert, match_on: 'name' }, respond)).rejects.toMatchObject({
			message: 'More than one feature has the name "A": P-251 and P-252',
		});
		expect(sent.every(({ method }) => method === 'GET')).toBe(true);
		expect(workspace.features).toHaveLength(before);
	});

	test('the list is read once for many items, and two items of a name leave one record', async () => {
		const workspace = new Workspace();
		workspace.add('C');
		const items = ['A', 'B', 'A', 'C', 'B'].map((name) => ({ name }));
		const result = await run(workspace, { match_on: 'name' }, items);
		expect(jsonOf(result).map(({ created }) => created)).toEqual([true, true, false, false, false]);
		expect(workspace.features.map(({ name }) => name).sort()).toEqual(['A', 'B', 'C']);
		expect(requests(result.sent).filter((one) => one.startsWith('GET'))).toHaveLength(1);
	});

	test('a release by its ID tells the workspace', async () => {
		const { sent } = await run(new Workspace(), { match_on: 'name', release_id: locator('77') });
		expect(requests(sent).slice(0, 2)).toEqual(['GET /releases/77', 'GET /products/5/features']);
	});
});

describe('matched on a custom field', () => {
	test('a record is updated, whether the value is a number or text', async () => {
		const workspace = new Workspace();
		workspace.add('Old', 12);
		workspace.add('A');
		const result = await run(workspace, byTicket('12'));
		expect(jsonOf(result)).toMatchObject([{ created: false, id: '1001', name: 'A' }]);
	});

	test('a new record gets the value, so that it is found next time', async () => {
		const workspace = new Workspace();
		const first = await run(workspace, {
			...byTicket('T-1'),
			additionalFields: { custom_fields: '{"size": "L"}' },
		});
		expect(first.sent.at(-1)?.body).toEqual({
			feature: { name: 'A', custom_fields: { size: 'L', ticket: 'T-1' } },
		});
		const second = await run(workspace, byTicket('T-1'));
		expect(jsonOf(second)).toMatchObject([{ created: false }]);
		expect(workspace.features).toHaveLength(1);
	});

	test('several that have it are named', async () => {
		const workspace = new Workspace();
		workspace.add('A', 'T-1');
		workspace.add('B', 'T-1');
		await expect(run(workspace, byTicket('T-1'))).rejects.toMatchObject({
			message: 'More than one feature has the custom field ticket "T-1": P-1 and P-2',
		});
	});

	test.each(['custom_field_key', 'custom_field_value'])('%s is required', async (name) => {
		await expect(run(new Workspace(), { ...byTicket('T'), [name]: '' })).rejects.toThrow(
			'is missing',
		);
	});
});

describe('matched on its reference', () => {
	test('a record is updated', async () => {
		const workspace = new Workspace();
		workspace.add('B');
		const result = await run(workspace, { match_on: 'reference', existing: locator('P-1') });
		expect(requests(result.sent)).toEqual(['PUT /features/P-1']);
		expect(jsonOf(result)).toMatchObject([{ created: false, name: 'A' }]);
	});

	test.each([locator(''), ''])('a record is created where it is %j', async (existing) => {
		const result = await run(new Workspace(), { match_on: 'reference', existing } as IDataObject);
		expect(requests(result.sent)).toEqual(['POST /releases/P-R-1/features']);
		expect(jsonOf(result)).toMatchObject([{ created: true, name: 'A' }]);
	});

	test('one that does not exist is an error, so that nothing is doubled', async () => {
		const workspace = new Workspace();
		const given = { match_on: 'reference', existing: locator('P-9') };
		await expect(run(workspace, given)).rejects.toMatchObject({ httpCode: '404' });
		expect(workspace.features).toEqual([]);
	});
});

describe('Preview Only', () => {
	const options = { previewOnly: true };

	test.each([
		['would create', 'B', 'Create a feature', 'POST'],
		['would update', 'A', 'Update a feature', 'PUT'],
	])('says that it %s', async (_, name, preview, method) => {
		const workspace = new Workspace();
		workspace.add(name);
		const result = await run(workspace, { match_on: 'name', options });
		expect(jsonOf(result)).toMatchObject([{ preview, method, body: { feature: { name: 'A' } } }]);
		expect(result.sent.every((request) => request.method === 'GET')).toBe(true);
	});
});

test('selected fields never hide the record from the upsert itself', async () => {
	const workspace = new Workspace();
	const parameters = { match_on: 'name', output: 'fields', fields: ['name'] };
	const { sent, items } = await run(workspace, parameters);
	expect(items.map(({ json }) => json)).toEqual([{ created: true, name: 'A' }]);
	expect(sent.at(-1)?.body).toMatchObject({ fields: 'id,name' });
});
