import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { methods } from '../../../nodes/Aha/listSearch';
import { recorded } from '../../../sandbox/aha-api';

const workflow = (statusable_type: string, ...names: string[]) => ({
	id: names.join(),
	statusable_type,
	// Aha! does not say that they are in order.
	workflow_statuses: names.map((name, index) => ({ name, position: index + 1 })).reverse(),
});

const WORKFLOWS: Readonly<Record<string, IDataObject[]>> = {
	PRJ1: [workflow('Feature', 'New', 'In progress', 'Shipped'), workflow('Idea', 'Needs review')],
	PRJ2: [workflow('Feature', 'Backlog', 'shipped')],
	PRJ3: [workflow('Something', 'Odd')],
};

const PRODUCTS = [
	{ id: 'LINE', product_line: true },
	...Object.keys(WORKFLOWS).map((id) => ({ id, product_line: false })),
];

interface Sent {
	readonly url: string;
}

let accounts = 0;

/** The statuses that the form of a trigger lists, and the requests for them. */
async function list(form: IDataObject, respond: (path: string) => unknown = body) {
	const sent: string[] = [];
	const accountDomain = `statuses${String(++accounts)}`;
	const context = {
		getNode: () => ({ name: 'Aha! Trigger' }),
		getNodeParameter: () => 'apiKey',
		getCurrentNodeParameter: (name: string) =>
			name.split('.').reduce<unknown>((value, key) => (value as IDataObject)?.[key], form),
		getCredentials: async () => ({ accountDomain, apiKey: 'sandbox-key-1' }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: Sent) => {
				const path = new URL(url).pathname.replace('/api/v1', '');
				sent.push(path);
				const found = respond(path);
				return { statusCode: found ? 200 : 404, headers: {}, body: found ?? {} };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const options = await methods.loadOptions.triggerStatus.call(context);
	expect(options.map(({ value }) => value)).toEqual(options.map(({ name }) => name));
	return { names: options.map(({ name }) => name), sent: sent.sort() };
}

const body = (path: string): unknown => {
	if (path === '/products') return { products: PRODUCTS };
	const workflows = WORKFLOWS[path.split('/')[2]];
	return workflows && { workflows };
};

describe('the statuses of a trigger', () => {
	test('are those of the selected types in all workspaces, each once', async () => {
		const { names, sent } = await list({ recordTypes: ['feature'] });
		expect(names).toEqual(['New', 'In progress', 'Shipped', 'Backlog', 'Odd']);
		expect(sent).toEqual([
			'/products',
			'/products/PRJ1/workflows',
			'/products/PRJ2/workflows',
			'/products/PRJ3/workflows',
		]);
	});

	test('are those of the selected workspaces', async () => {
		const form = { recordTypes: ['feature', 'idea'], filters: { workspaces: ['PRJ1'] } };
		const { names, sent } = await list(form);
		expect(names).toEqual(['New', 'In progress', 'Shipped', 'Needs review']);
		expect(sent).toEqual(['/products/PRJ1/workflows']);
	});

	test.each([{ recordTypes: [] }, {}, { recordTypes: '={{ $json.types }}' }])(
		'are those of all types where none is known: %j',
		async (types) => {
			const { names } = await list({ ...types, filters: { workspaces: ['PRJ1'] } });
			expect(names).toEqual(['New', 'In progress', 'Shipped', 'Needs review']);
		},
	);

	test('come from all workspaces while those are an expression or empty', async () => {
		for (const workspaces of ['={{ $json.key }}', [], [''], null]) {
			const { names } = await list({ recordTypes: ['idea'], filters: { workspaces } });
			expect(names).toEqual(['Needs review', 'Odd']);
		}
	});

	test('keep what the form has already, as it is spelled there', async () => {
		const filters = { newStatus: ['shipped', 'Gone'], oldStatus: ['Gone', 'NEW'] };
		const { names } = await list({ recordTypes: ['feature'], filters });
		expect(names).toEqual(['NEW', 'In progress', 'shipped', 'Backlog', 'Odd', 'Gone']);
	});

	test('leave out a workspace that cannot be read', async () => {
		const form = { recordTypes: ['feature'], filters: { workspaces: ['GONE', 'PRJ2'] } };
		expect((await list(form)).names).toEqual(['Backlog', 'shipped']);
	});

	test('say why if no workspace can be read', async () => {
		const form = { recordTypes: ['feature'], filters: { workspaces: ['GONE'] } };
		await expect(list(form)).rejects.toThrow();
	});

	test('are read from at most 20 workspaces', async () => {
		const products = Array.from({ length: 30 }, (_, index) => ({ id: String(index) }));
		const { sent } = await list({}, (path) =>
			path === '/products' ? { products } : { workflows: [] },
		);
		expect(sent).toHaveLength(21);
	});

	test.each([
		['idea', ['New', 'Shipped']],
		['initiative', ['Not Started', 'On Track']],
		['release', []],
		['comment', []],
	])('of a %s are those in Aha!’s recorded workflows', async (recordType, expected) => {
		const form = { recordTypes: [recordType], filters: { workspaces: ['PRJ1'] } };
		const { body: workflows } = recorded['GET /products/{product_id}/workflows'];
		expect((await list(form, () => workflows)).names).toEqual(expected);
	});
});
