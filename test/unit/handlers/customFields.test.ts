import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

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

async function fieldsFor(parameters: IDataObject) {
	const asked: string[] = [];
	const all: IDataObject = { authentication: 'apiKey', operation: 'create', ...parameters };
	const context = {
		getNode: () => ({ name: 'Aha!' }),
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
	const { fields } = await getCustomFields.call(context);
	return { asked, fields };
}

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
		simplify: false,
	};
	const bodyOf = async (parameters: IDataObject) => {
		const { sent } = await runNode({ ...update, ...parameters }, () => ({ body: { feature: {} } }));
		return sent[0].body;
	};

	test('goes into custom_fields; what was left empty does not', async () => {
		const value = { priority: 'P3', count: 0, day: null, tags: ['a', 'b'], done: false };
		const body = await bodyOf({ customFields: { mappingMode: 'defineBelow', value } });
		expect(body).toEqual({
			feature: { custom_fields: { priority: 'P3', count: 0, tags: ['a', 'b'], done: false } },
		});
	});

	test('a date goes as the day, as n8n hands it over', async () => {
		const day = { toISODate: () => '2026-01-31' };
		const body = await bodyOf({ customFields: { value: { day } } });
		expect(body).toEqual({ feature: { custom_fields: { day: '2026-01-31' } } });
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
