import type { IDataObject, ILoadOptionsFunctions, INodeCredentials } from 'n8n-workflow';

import { getCustomFields } from '../../../nodes/Aha/listSearch/customFields';
import { recorded } from '../../../sandbox/aha-api';
import { runNode } from '../runNode';

const field = (key: string, type: string, more: IDataObject = {}) => ({
	id: key.length,
	key,
	name: key.toUpperCase(),
	type: `CustomFieldDefinitions::${type}`,
	custom_fieldable_type: 'Feature',
	...more,
});

const answers: Record<string, unknown> = {
	'/custom_field_definitions': {
		custom_field_definitions: [
			field('text', 'TextField'),
			field('choice', 'SelectConstant'),
			field('many', 'SelectMultipleEditable'),
			field('count', 'NumberField'),
			field('day', 'DateField'),
			field('people', 'Records::UsersField'),
			field('sheet', 'EquationField'),
			field('file', 'AttachmentField'),
			field('new', 'SomethingNew', { api_type: 'boolean' }),
			{ ...field('other', 'TextField'), custom_fieldable_type: 'Ideas::Idea' },
		],
	},
	'/custom_field_definitions/6/options':
		recorded['GET /custom_field_definitions/{custom_field_definition_id}/options'].body,
	'/products/PRJ1': {
		product: {
			id: '1',
			screen_definition_ids: { Feature: 2, 'Ideas::Idea': 3 },
			screen_definitions: [
				{
					id: 2,
					screenable_type: 'Feature',
					custom_field_definitions: [
						field('second', 'TextField', { position: 2, required: true }),
						field('first', 'SelectEditable', {
							position: 1,
							options: [{ id: 1, label: 'One' }],
						}),
					],
				},
			],
		},
	},
	'/products/PRJ2': { product: { id: '2', screen_definition_ids: {}, screen_definitions: [] } },
};

/** Without an ID, so that no test gets what was cached for another. */
const KEY = { ahaApiKey: { id: null, name: 'Aha!' } };

async function fieldsFor(parameters: IDataObject, credentials: INodeCredentials = KEY) {
	const asked: string[] = [];
	const all: IDataObject = { authentication: 'apiKey', operation: 'create', ...parameters };
	const context = {
		getNode: () => ({ name: 'Aha!', credentials }),
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string) => all[name],
		getCurrentNodeParameter: (name: string) => all[name],
		getCredentials: async () => ({ accountDomain: 'mycompany', apiKey: 'sandbox-key-1' }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
				const path = new URL(url).pathname.replace('/api/v1', '');
				asked.push(path);
				return { statusCode: 200, headers: {}, body: answers[path] };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	return { asked, ...(await getCustomFields.call(context)) };
}

test('a new node has no credential yet: nothing is asked, and the form says what to choose', async () => {
	const { asked, fields, emptyFieldsNotice } = await fieldsFor({ resource: 'feature' }, {});
	expect([asked, fields]).toEqual([[], []]);
	expect(emptyFieldsNotice).toContain('Choose a workspace or a record');
});

test('all fields of the account for the type of record, with the types of n8n', async () => {
	const { fields } = await fieldsFor({ resource: 'feature' });
	expect(fields.map(({ id, type }) => [id, type])).toEqual([
		['text', 'string'],
		['choice', 'options'],
		['many', 'array'],
		['count', 'number'],
		['day', 'dateTime'],
		['people', 'array'],
		['sheet', 'object'],
		['new', 'boolean'],
	]);
	expect(fields[1].options).toEqual([
		{ name: 'P1', value: 'P1' },
		{ name: 'P2', value: 'P2' },
	]);
	expect(fields.some(({ required }) => required)).toBe(false);
});

test('ideas have the fields of their own class', async () => {
	const { fields } = await fieldsFor({ resource: 'idea' });
	expect(fields.map(({ id }) => id)).toEqual(['other']);
});

const workspace = (value: string) => ({ __rl: true, mode: 'id', value });

test('the layout of the chosen workspace gives fields, order, options and required marks', async () => {
	const { asked, fields } = await fieldsFor({ resource: 'feature', product_id: workspace('PRJ1') });
	expect(asked).toEqual(['/products/PRJ1']);
	expect(fields).toMatchObject([
		{ id: 'first', type: 'options', required: false, options: [{ name: 'One', value: 'One' }] },
		{ id: 'second', type: 'string', required: true },
	]);
});

test('the workspace is also known from the reference of a record', async () => {
	const { asked } = await fieldsFor({ resource: 'feature', release_id: workspace('PRJ1-R-3') });
	expect(asked).toEqual(['/products/PRJ1']);
});

test('an update marks nothing as required', async () => {
	const parameters = { resource: 'feature', operation: 'update', product_id: workspace('PRJ1') };
	const { fields } = await fieldsFor(parameters);
	expect(fields.map(({ required }) => required)).toEqual([false, false]);
});

test('a workspace without such a layout has the fields of the account', async () => {
	const { fields } = await fieldsFor({ resource: 'feature', product_id: workspace('PRJ2') });
	expect(fields).toHaveLength(8);
});

describe('what was filled in', () => {
	const update = {
		resource: 'feature',
		operation: 'update',
		record: workspace('PRJ1-1'),
		output: 'raw',
	};
	const bodyOf = async (parameters: IDataObject) => {
		const { sent } = await runNode({ ...update, ...parameters }, () => ({
			body: { feature: { id: '1' } },
		}));
		return sent[0].body;
	};

	const schema = [
		{ id: 'priority', displayName: 'Priority', type: 'string' },
		{ id: 'count', displayName: 'Count', type: 'number' },
		{ id: 'day', displayName: 'Day', type: 'dateTime' },
		{ id: 'done', displayName: 'Done', type: 'boolean' },
		{ id: 'sheet', displayName: 'Sheet', type: 'object' },
		{
			id: 'platforms',
			displayName: 'Platforms',
			type: 'array',
			options: ['web', 'mobile'].map((value) => ({ name: value, value })),
		},
		{ id: 'people', displayName: 'People', type: 'array' },
		{
			id: 'size',
			displayName: 'Size',
			type: 'options',
			options: ['S', 'M'].map((value) => ({ name: value, value })),
		},
	];
	const create = {
		...update,
		operation: 'create',
		name: 'A',
		release_id: workspace('PRJ1-R-1'),
	};
	const sentFor = async (value: IDataObject, parameters: IDataObject = {}) => {
		const body = await bodyOf({ ...parameters, customFields: { value, schema } });
		return ((body as IDataObject).feature as IDataObject).custom_fields;
	};

	test('goes into custom_fields; what was left empty does not', async () => {
		const value = { priority: 'P3', count: 0, day: '', people: ['7', 8], done: false };
		expect(await sentFor(value)).toEqual({
			priority: 'P3',
			count: 0,
			people: ['7', '8'],
			done: false,
		});
	});

	test.each<[string, string, unknown, unknown]>([
		['a number as text', 'count', '2.5', 2.5],
		['a switch as text', 'done', 'true', true],
		['a day', 'day', '2026-01-31', '2026-01-31'],
		['what the date picker gives', 'day', '2026-01-31T00:00:00', '2026-01-31'],
		['a moment', 'day', '2026-01-31T03:00:00Z', '2026-01-30'],
		['several choices as text', 'platforms', 'web, mobile', ['web', 'mobile']],
		['several choices as JSON', 'platforms', '["web"]', ['web']],
		['several choices as an array', 'platforms', ['mobile'], ['mobile']],
		['one choice', 'size', 'M', 'M'],
		['JSON as text', 'sheet', '{"a": 7012345678901234567}', { a: '7012345678901234567' }],
		['null, which clears', 'count', null, null],
		['null for a choice', 'size', null, null],
	])('%s', async (_, key, value, sent) => {
		const options = { timezone: 'America/New_York' };
		const { sent: requests } = await runNode(
			{ ...update, customFields: { value: { [key]: value }, schema } as IDataObject },
			() => ({ body: { feature: { id: '1' } } }),
			options,
		);
		expect(requests[0].body).toEqual({ feature: { custom_fields: { [key]: sent } } });
	});

	test.each<[string, string, unknown, string]>([
		['words for a number', 'count', 'many', '"Count" must be a number, not "many"'],
		['an ambiguous day', 'day', '01/02/2026', '"Day" must be a date such as 2026-01-31'],
		['an unknown choice', 'size', 'XL', '"Size" must be one of S, M, not "XL"'],
		['one of several', 'platforms', 'web, tv', '"Platforms" must be one of web, mobile, not "tv"'],
		['an object', 'priority', { id: '1' }, '"Priority" must be text: take one of its keys (id)'],
		['a rounded ID', 'people', [7012345678901234567], '"People" must be given as text'],
		['half of a list', 'platforms', '["web"', '"Platforms" must be a list'],
	])('%s is refused', async (_, key, value, message) => {
		await expect(sentFor({ [key]: value } as IDataObject)).rejects.toThrow(message);
	});

	test.each(['"abc"', '5', 'true', '[1]', '["a"]'])('JSON %s is refused', async (custom_fields) => {
		await expect(bodyOf({ additionalFields: { custom_fields } })).rejects.toThrow(
			'"Custom Fields (JSON)" must be an object by key',
		);
	});

	test('null and empty fields are left out of a new record', async () => {
		expect(await sentFor({ count: null, day: '', size: null, priority: 'P1' }, create)).toEqual({
			priority: 'P1',
		});
	});

	test('joins the JSON of an expression, in either of its forms', async () => {
		const customFields = { value: { priority: 'P3' } };
		const object = await bodyOf({
			customFields,
			additionalFields: { custom_fields: '{"other": 1, "priority": "P1"}' },
		});
		expect(object).toEqual({ feature: { custom_fields: { other: 1, priority: 'P3' } } });
		const list = await bodyOf({
			customFields,
			additionalFields: { custom_fields: '[{"key": "other", "value": 1}]' },
		});
		expect(list).toEqual({
			feature: {
				custom_fields: [
					{ key: 'other', value: 1 },
					{ key: 'priority', value: 'P3' },
				],
			},
		});
	});

	test('an empty form sends nothing', async () => {
		const body = await bodyOf({ customFields: { value: null }, additionalFields: { name: 'A' } });
		expect(body).toEqual({ feature: { name: 'A' } });
	});
});
