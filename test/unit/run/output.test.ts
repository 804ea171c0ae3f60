import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../../nodes/Aha/resources';
import { recordsOf, simpleRecordsOf, simplify, toColumn } from '../../../nodes/Aha/run/output';
import { endpointsOf } from '../../../nodes/Aha/schema/endpoints';
import { hasOutput, findOperation } from '../../../nodes/Aha/schema/operations';
import type { EndpointOperation } from '../../../nodes/Aha/schema/types';
import { recorded } from '../../../sandbox/aha-api';
import { jsonOf, runNode } from '../runNode';

/** Columns for keys of a record, and for a path its last part. */
const columns = (...paths: readonly string[]) =>
	paths.map((path) => toColumn(path, path.split('.').at(-1) as string));

const list = { returns: 'features', paginated: true };
const single = { returns: 'feature' };
const get = { method: 'GET' } as const;

test.each<[string, Parameters<typeof recordsOf>[0], unknown, unknown]>([
	['a list', list, { features: [{ id: '1' }, { id: '2' }] }, [{ id: '1' }, { id: '2' }]],
	['an empty list', list, { features: [], pagination: {} }, []],
	['a list with another key', list, { pagination: {}, users: [{ id: '1' }] }, [{ id: '1' }]],
	['a body without a list', list, { pagination: {}, a: 1 }, [{ pagination: {}, a: 1 }]],
	['a record', single, { feature: { id: '1' } }, [{ id: '1' }]],
	['a record with another key', single, { epic: { id: '1' } }, [{ id: '1' }]],
	['a record with an empty key', single, { '': { id: '1' } }, [{ id: '1' }]],
	['two records with other keys', single, { a: { id: '1' }, b: {} }, [{ a: { id: '1' }, b: {} }]],
	[
		'a record and more',
		single,
		{ role: 1, feature: { id: '1' } },
		[{ role: 1, feature: { id: '1' } }],
	],
	['a record and pages', single, { feature: { id: '1' }, pagination: {} }, [{ id: '1' }]],
	['a record beside a list', single, { tags: ['a'], id: '1' }, [{ tags: ['a'], id: '1' }]],
	['a body with no key', {}, { feature: { id: '1' } }, [{ feature: { id: '1' } }]],
	['a bare array', single, [{ id: '1' }], [{ id: '1' }]],
	['bare IDs', single, ['1', 2], [{ id: '1' }, { id: 2 }]],
	['an empty body', single, '', [{ success: true }]],
	['an empty object', single, {}, [{ success: true }]],
	['no body', single, undefined, [{ success: true }]],
])('%s', (_, operation, body, records) => {
	expect(recordsOf(operation, get, body)).toEqual(records);
});

test('a DELETE without a body says so', () => {
	expect(recordsOf({}, { method: 'DELETE' }, '')).toEqual([{ deleted: true }]);
});

test('simplifies a record to the keys that are asked for, in their order', () => {
	const record = {
		tags: ['a', 'b'],
		id: '1',
		name: 'Feature',
		done: false,
		nothing: null,
		workflow_status: { id: '2', name: 'New', email: 3 },
		assigned_to_user: { id: '3', name: 'Jo', email: 'jo@example.com' },
		release: { id: '4', reference_num: 'PRJ1-R-1', name: 'Release 1' },
		description: { id: '5', body: '<p>Text</p>', attachments: [] },
		effort: { value: '5' },
		goals: [{ id: '6', name: 'Goal' }],
		member: { role: 'viewer', user: { email: 'al@example.com' } },
		member_without: { role: 'viewer', user: 'x' },
		unknown: { id: '7' },
		custom_fields: [{ key: 'priority', value: 'P3', name: 'Priority' }, 'x'],
		custom_object_links: [{ key: 'customers', record_ids: ['8'] }, null],
	};
	const simple = simplify({ ...record, removed: true }, columns(...Object.keys(record), 'missing'));
	expect(simple).toEqual({
		...record,
		workflow_status: 'New',
		assigned_to_user: 'jo@example.com',
		missing: null,
		release: 'Release 1',
		description: '<p>Text</p>',
		effort: '5',
		goals: ['Goal'],
		member: 'al@example.com',
		custom_fields: { priority: 'P3' },
		custom_object_links: { customers: ['8'] },
	});
	expect(Object.keys(simple)).toEqual([...Object.keys(record), 'missing']);
});

test('leaves custom fields alone that are not a list', () => {
	expect(simplify({ custom_fields: { name: 'x' } }, columns('custom_fields'))).toEqual({
		custom_fields: 'x',
	});
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const bodyOf = (route: string) => recorded[route].body as Record<string, IDataObject>;

/** The operations that can simplify, at each of their endpoints. */
const simplifying = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		hasOutput(resource, operation) && operation.handler === undefined
			? endpointsOf(operation).map(([, endpoint]) => ({
					name: `${resource.value}.${operation.value} ${endpoint}`,
					operation: operation as EndpointOperation,
					simple: resource.simple ?? [],
					endpoint,
				}))
			: [],
	),
);

/** Names of path parameters are ours; only their places count. */
const place = (route: string): string =>
	route
		.split('?')[0]
		.replaceAll(/\{\w+\}/g, '{}')
		.replace(/^POST \/\w+\/\{\}\/record_links$/, 'POST /{}/{}/record_links');

/** What Aha! returns on request only, as its documentation says. */
const OTHER_KEYS = ['plain_text_body'];

const isValue = (value: unknown): boolean => value !== undefined && value !== null;

describe.each(simplifying)('$name', ({ operation, simple, endpoint }) => {
	const [method] = endpoint.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE'];
	const bodies = Object.entries(recorded)
		.filter(([route]) => place(route) === place(endpoint))
		.map(([, { body }]) => body);

	test.each([...bodies, '', undefined].map((body, index) => [index, body]))(
		'simplifies recorded response %d to items with values',
		(_, body) => {
			for (const item of simpleRecordsOf(operation, { method }, body, columns(...simple))) {
				expect(Object.values(item).filter(isValue)).not.toEqual([]);
			}
		},
	);
});

test.each([
	['recordLink', 'create'],
	['feature', 'update'],
	['team', 'create'],
])('%s > %s without a body was a success', async (resource, operation) => {
	const found = findOperation(resources, resource, operation) as EndpointOperation;
	for (const body of ['', undefined, {}]) {
		const items = simpleRecordsOf(found, { method: 'POST' }, body, columns('id', 'name'));
		expect(items).toEqual([{ success: true }]);
	}
});

describe('converting a feature to an epic', () => {
	const convert = { resource: 'feature', operation: 'convertToEpic', record: byId('PRJ1-1') };
	const body = bodyOf('POST /features/{id}/convert_to_epic');
	const [epic] = Object.values(body);

	test('gives the epic', async () => {
		expect(jsonOf(await runNode({ ...convert, output: 'raw' }, () => ({ body })))).toEqual([epic]);
		const [simple] = jsonOf(await runNode({ ...convert, output: 'simple' }, () => ({ body })));
		expect(simple).toMatchObject({ id: epic.id, reference_num: epic.reference_num });
	});
});

describe('creating a user', () => {
	const create = {
		resource: 'user',
		operation: 'create',
		product_id: byId('PRJ1'),
		first_name: 'Jo',
		last_name: 'Do',
		email: 'jo@example.com',
		role: 'viewer',
	};
	const body = bodyOf('POST /products/{product_id}/users');

	test('loses nothing of the response', async () => {
		expect(jsonOf(await runNode({ ...create, output: 'raw' }, () => ({ body })))).toEqual([body]);
	});

	test('gives the user with the role, simplified', async () => {
		const { id, email, name } = body.user;
		const [simple] = jsonOf(await runNode({ ...create, output: 'simple' }, () => ({ body })));
		expect(simple).toMatchObject({ id, email, name, role_description: body.role_description });
	});
});

describe('simplified', () => {
	const simplified = async (resource: string, body: unknown, options: IDataObject = {}) => {
		const parameters = { resource, operation: 'get', record: byId('7'), output: 'simple', options };
		return jsonOf(await runNode(parameters, () => ({ body })))[0];
	};

	/** The keys of a simplified record, without values. */
	const nothing = (resource: string) =>
		Object.fromEntries(
			(resources.find(({ value }) => value === resource)?.simple ?? []).map((key) => [
				key.split('.').at(-1),
				null,
			]),
		);

	test.each([
		[{ id: '3', name: 'On Track', position: 2 }, 'On Track'],
		['Achieved', 'Achieved'],
		[null, null],
	])('a goal has the status %j of its success metric', async (workflow_status, expected) => {
		const goal = { id: '1', success_metric: { name: 'Metric 5', workflow_status } };
		expect(await simplified('goal', { goal })).toEqual({
			...nothing('goal'),
			id: '1',
			workflow_status: expected,
			success_metric: 'Metric 5',
		});
	});

	test('a goal without a success metric has no status', async () => {
		expect(await simplified('goal', { goal: { id: '1', success_metric: null } })).toEqual({
			...nothing('goal'),
			id: '1',
		});
	});

	test.each([
		[{ id: '5', body: '<p>One &amp; <b>two</b></p><p>Three</p>' }, 'One & two\nThree'],
		['<p>One</p>', 'One'],
		[{ id: '5', body: '' }, ''],
		[{ id: '5', body: null }, null],
		[null, null],
	])('an idea with the description %j has its text', async (description, expected) => {
		const { description_text } = await simplified('idea', { idea: { id: '1', description } });
		expect(description_text).toEqual(expected);
	});

	test('an idea from a portal has who submitted it', async () => {
		const idea = {
			id: '1',
			votes: 0,
			product: { id: '2', reference_prefix: 'PRJ1', name: 'Project 1' },
			created_by_portal_user: { id: '3', name: 'John Long', email: 'john@long.com' },
			created_by_idea_user: { id: '4', name: 'John Long', email: 'john@long.com', title: null },
			submitted_idea_portal_record_url: 'https://x.ideas.aha.io/ideas/PRJ1-I-10',
		};
		const own = { ...nothing('idea'), id: '1', votes: 0, created_by_idea_user: 'john@long.com' };
		expect(await simplified('idea', { idea })).toEqual(own);
	});

	test('a list asks for the records that the simple fields are in', async () => {
		const { sent } = await runNode(
			{
				resource: 'goal',
				operation: 'getAll',
				belongsTo: 'account',
				returnAll: true,
				output: 'simple',
			},
			() => ({ body: { goals: [], pagination: {} } }),
		);
		const fields = String(sent[0].qs.fields).split(',');
		expect(fields).toContain('success_metric');
		expect(fields.filter((field) => field.includes('.'))).toEqual([]);
		expect(new Set(fields).size).toBe(fields.length);
	});
});

describe('selected fields', () => {
	const idea = {
		id: '1',
		name: 'Idea',
		color: 'x',
		workflow_status: { id: '2', name: 'New' },
		description: { id: '5', body: '<p>Text</p>', plain_text_body: 'Text' },
		associated_idea_organizations: [{ id: '2', name: 'Acme' }],
		custom_fields: [{ key: 'priority', value: 'P3', name: 'Priority' }],
	};
	const get = { resource: 'idea', operation: 'get', record: byId('7'), output: 'fields' };
	const run = async (fields: unknown, record: IDataObject = idea) =>
		await runNode({ ...get, fields } as IDataObject, () => ({ body: { idea: record } }));

	test.each<[unknown, IDataObject]>([
		[['name'], { name: 'Idea' }],
		[['description_text'], { description_text: 'Text' }],
		[['body_text', 'color_text'], { body_text: null, color_text: null }],
		['name, workflow_status', { name: 'Idea', workflow_status: 'New' }],
		['["workflow_status.id","id"]', { 'workflow_status.id': '2', id: '1' }],
		[['description', ' plain_text_body '], { description: '<p>Text</p>', plain_text_body: 'Text' }],
		[['associated_idea_organizations'], { associated_idea_organizations: ['Acme'] }],
		[
			['custom_fields.priority', 'custom_fields.size'],
			{ 'custom_fields.priority': 'P3', 'custom_fields.size': null },
		],
		[['name', 'name', 'no_field'], { name: 'Idea', no_field: null }],
	])('%j', async (fields, expected) => {
		const [item] = jsonOf(await run(fields));
		expect(item).toEqual(expected);
		expect(Object.keys(item)).toEqual(Object.keys(expected));
	});

	test('have the same keys in a record without any of them', async () => {
		expect(jsonOf(await run(['name', 'release.id'], { id: '9' }))).toEqual([
			{ name: null, 'release.id': null },
		]);
	});

	test('are what Aha! is asked for', async () => {
		const { sent } = await run(['name', 'release.id', 'release.name']);
		expect(sent[0].qs.fields).toBe('name,release');
		const create = {
			resource: 'idea',
			operation: 'create',
			product_id: byId('PRJ1'),
			name: 'Idea',
			output: 'fields',
			fields: ['name'],
		};
		const made = await runNode(create, () => ({ body: { idea } }));
		expect(made.sent[0].body).toEqual({ idea: { name: 'Idea' }, fields: 'name' });
		expect(jsonOf(made)).toEqual([{ name: 'Idea' }]);
	});

	test.each<[unknown, string]>([
		[[], '"Fields" is missing'],
		[' , ', '"Fields" is missing'],
		[undefined, '"Fields" is missing'],
		[['name', '*'], '"Fields" must be names of fields; for all of them, set Output to Raw'],
		[[{ a: 1 }], '"Fields" must be'],
	])('%j are refused', async (fields, message) => {
		await expect(run(fields)).rejects.toThrow(message);
	});

	test.each(resources.filter(({ more }) => more))(
		'that $name offers are in responses of Aha!',
		(resource) => {
			const bodies = resource.operations
				.filter((operation) => hasOutput(resource, operation))
				.flatMap((operation) =>
					endpointsOf(operation).flatMap(([, endpoint]) =>
						Object.entries(recorded)
							.filter(([route]) => place(route) === place(endpoint))
							.flatMap(([, { body }]) => recordsOf(operation, { method: 'GET' }, body)),
					),
				);
			const known = new Set([...bodies.flatMap(Object.keys), ...OTHER_KEYS]);
			expect((resource.more ?? []).filter((key) => !known.has(key))).toEqual([]);
			expect((resource.more ?? []).filter((key) => resource.simple?.includes(key))).toEqual([]);
		},
	);
});
