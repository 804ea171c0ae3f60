import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { draftsOf } from '../../../nodes/Aha/form/drafts';
import { choicesOf, labelOf } from '../../../nodes/Aha/schema/fields';
import { findOperation } from '../../../nodes/Aha/schema/operations';
import type { Field, Operation } from '../../../nodes/Aha/schema/types';
import { resources } from '../../../nodes/Aha/resources';
import { runNode } from '../runNode';
import { byId, requestOf } from './request';

const bodyOf = async (parameters: IDataObject) => (await requestOf(parameters)).body;

function operation(resource: string, value: string): Operation {
	const found = findOperation(resources, resource, value);
	if (!found) throw new Error(`${resource} has no ${value}`);
	return found;
}

function fieldOf(resource: string, value: string, name: string): Field {
	const { required, fields, query, requiredQuery } = operation(resource, value);
	const field = { ...required, ...fields, ...query, ...requiredQuery }[name];
	if (!field) throw new Error(`${resource}.${value} has no ${name}`);
	return field;
}

/** What n8n draws for a field of a collection. */
function drawn(resource: string, value: string, name: string): INodeProperties | undefined {
	const found = resources.find((candidate) => candidate.value === resource);
	const drafts = found ? draftsOf(found, operation(resource, value)) : [];
	const inCollections = drafts.flatMap(({ property }) =>
		property.type === 'collection' ? (property.options as INodeProperties[]) : [],
	);
	return inCollections.find((property) => property.name === name);
}

describe('to-dos', () => {
	test.each(['create', 'update'])('can be work requests: %s', async (value) => {
		expect(choicesOf(fieldOf('toDo', value, 'type')).map((choice) => choice.value)).toEqual([
			'Task',
			'Approval',
			'WorkRequest',
		]);
		const body = await bodyOf({
			resource: 'toDo',
			operation: value,
			name: 'Review',
			body: 'Please',
			additionalFields: { type: 'WorkRequest' },
		});
		expect(body).toMatchObject({ task: { type: 'WorkRequest' } });
	});
});

describe('a setting that a workspace can have from its line', () => {
	test.each([
		['epics', 'create', true, true],
		['epics', 'update', false, false],
		['epics', 'update', 'inherited', ''],
		['okrs', 'create', 'inherited', ''],
		['okrs', 'update', 'true', true],
	])('%s enabled, on %s: %p is sent as %p', async (name, value, chosen, sent) => {
		const body = await bodyOf({
			resource: 'workspace',
			operation: value,
			name: 'Maps',
			reference_prefix: 'MAPS',
			additionalFields: { [`configuration_${name}_enabled`]: chosen },
		});
		expect(body).toMatchObject({
			product: {
				[`configuration_${name}_enabled`]: sent,
				configuration: { [`${name}_enabled`]: sent },
			},
		});
	});

	test('is chosen from what n8n can show', () => {
		const { options = [] } = drawn('workspace', 'update', 'configuration_okrs_enabled') ?? {};
		expect(options as INodePropertyOptions[]).toEqual([
			{ name: 'On', value: true },
			{ name: 'Off', value: false },
			{ name: 'Inherited', value: 'inherited' },
		]);
	});
});

test.each(['get', 'update'])('%s of an integration has no service name', async (value) => {
	const { fields, query, required } = operation('integration', value);
	expect(Object.keys({ ...fields, ...query, ...required })).not.toContain('service_name');
	const { path, qs } = await requestOf({
		resource: 'integration',
		operation: value,
		enabled: true,
	});
	expect(path).toBe('/products/PRJ1/integrations/7');
	expect(qs).toEqual({});
});

test.each(['create', 'update'])("%s of a goal names the goal's workspace", (value) => {
	const field = fieldOf('goal', value, 'project_id');
	expect(labelOf('project_id', field)).toBe('Goal Workspace');
	expect(field.description).toBe('Workspace that the goal belongs to');
});

test('spam of ideas and of comments on them reads the same', () => {
	const spam = fieldOf('idea', 'getAll', 'spam');
	expect(fieldOf('ideaComment', 'getAll', 'spam')).toEqual(spam);
	expect(spam.description).toContain('left out by default');
});

test.each([
	['createOption', '#666666', 6710886],
	['updateOption', '#ff0000', 16711680],
])('the color picker gives %s the number of a color', async (value, color, number) => {
	expect(drawn('customField', value, 'color')?.type).toBe('color');
	const body = await bodyOf({
		resource: 'customField',
		operation: value,
		custom_field_definition_id: byId('8'),
		value: 'P1',
		additionalFields: { color },
	});
	expect(body).toMatchObject({ custom_field_option: { color: number } });
});

test.each(['create', 'update'])(
	'%s of an idea takes any email address as creator',
	async (value) => {
		const body = await bodyOf({
			resource: 'idea',
			operation: value,
			name: 'Maps',
			additionalFields: { created_by: 'john@customer.example' },
		});
		expect(body).toMatchObject({ idea: { created_by: 'john@customer.example' } });
	},
);

describe('fields to return', () => {
	const required = {
		name: 'Maps',
		workflow_status: 'New',
		success_metric_name: 'Users',
		success_metric_description: 'Each week',
		release_id: byId('8'),
		belongsTo: 'release',
	};

	test.each(
		['feature', 'epic', 'idea', 'goal', 'initiative', 'release'].flatMap((resource) =>
			['create', 'update'].map((value) => [resource, value]),
		),
	)('of a new or changed %s stand beside it: %s', async (resource, value) => {
		const { body, qs } = await requestOf({
			resource,
			operation: value,
			...required,
			additionalFields: { name: 'Maps' },
			options: { fields: '*,watchers' },
		});
		expect(body).toMatchObject({ [resource]: { name: 'Maps' }, fields: '*,watchers' });
		expect(qs).toEqual({});
	});

	test('stand in the query of what is read', async () => {
		const { body, qs } = await requestOf({
			resource: 'feature',
			operation: 'get',
			options: { fields: 'name,goals' },
		});
		expect(qs).toEqual({ fields: 'name,goals' });
		expect(body).toBeUndefined();
	});

	test.each([
		['a new', [], 'POST'],
		[
			'a known',
			[
				{
					feature: {
						id: '7',
						integration_fields: [{ id: '1', integration_id: 5, name: 'n8n_key', value: 'A-1' }],
					},
				},
			],
			'PUT',
		],
	])('go along when %s record is created or updated', async (_, known, method) => {
		let isMade = known.length > 0;
		const { sent } = await runNode(
			{
				resource: 'feature',
				operation: 'upsert',
				match_on: 'key',
				release_id: byId('8'),
				name: 'Maps',
				key: 'A-1',
				key_field: 'n8n_key',
				integration_id: byId('5'),
				options: { fields: '*,watchers' },
			},
			({ method: asked }, path) => {
				if (path.includes('/value/')) return { body: { records: isMade ? records() : [] } };
				if (asked === 'POST' && path.endsWith('/fields')) isMade = true;
				return { body: { feature: { id: '7' } } };
			},
		);
		const write = sent.find((one) => one.method === method);
		expect(write?.body).toMatchObject({ feature: { name: 'Maps' }, fields: '*,watchers' });
	});

	const records = () => [
		{
			feature: {
				id: '7',
				integration_fields: [{ id: '1', integration_id: 5, name: 'n8n_key', value: 'A-1' }],
			},
		},
	];
});

test.each([
	['feature', 'feature_id', '/features/7/integrations/204584239/fields'],
	['epic', 'epic_id', '/epics/7/integrations/204584239/fields'],
	['ideaContact', 'idea_user_id', '/idea_users/7/integrations/204584239/fields'],
])('a %s gets several integration fields at once', async (key, name, path) => {
	const integration_fields = [
		{ name: 'key', value: 'JRA-34' },
		{ name: 'id', value: '34' },
	];
	const request = await requestOf({
		resource: 'integrationField',
		operation: 'createMany',
		belongsTo: key,
		[name]: byId('7'),
		integration_id: byId('204584239'),
		integration_fields: JSON.stringify(integration_fields),
	});
	expect(request).toMatchObject({ path, body: { integration_fields } });
});

describe('a note', () => {
	test('needs no name', async () => {
		const link = {
			document_type: 'internal_link',
			linked_record_id: '1007868956',
			linked_record_type: 'Feature',
		};
		const create = { resource: 'note', operation: 'create' };
		expect(await bodyOf({ ...create, additionalFields: link })).toEqual({ page: link });
		const named = await bodyOf({ ...create, additionalFields: { name: 'Maps' } });
		expect(named).toEqual({ page: { name: 'Maps' } });
	});

	test('is of any type that Aha! has', () => {
		expect(
			choicesOf(fieldOf('note', 'create', 'document_type')).map((choice) => choice.value),
		).toEqual(['note', 'whiteboard', 'folder', 'internal_link', 'external_link']);
	});

	test('has its table of contents beside its text', async () => {
		const body = await bodyOf({
			resource: 'note',
			operation: 'update',
			additionalFields: { description_attributes: '<p>Text</p>', table_of_contents_enabled: true },
		});
		const description_attributes = { body: '<p>Text</p>', table_of_contents_enabled: true };
		expect(body).toEqual({ page: { description_attributes } });
	});
});

describe('a name', () => {
	test.each([
		['feature', 'initiative', 'Grow map use by 20%'],
		['feature', 'epic', 'Maps: offline'],
		['feature', 'epic', 'Maps'],
		['feature', 'release_phase', 'Beta'],
		['epic', 'initiative', 'Maps, and routes'],
		['idea', 'feature', 'Print a map (PDF)'],
		['idea', 'epic', 'Größe der Karte'],
		['initiative', 'time_frame', 'Q1 2026'],
		['goal', 'time_frame', '2026'],
		['release', 'initiatives', 'Grow maps, Grow routes'],
	])('can stand in the %s field %s: %s', async (resource, name, value) => {
		const isMany = name === 'initiatives';
		const body = await bodyOf({
			resource,
			operation: 'update',
			additionalFields: { [name]: value },
		});
		const sent = isMany ? value.split(', ') : value;
		expect(body).toEqual({ [resource]: { [name]: sent } });
	});

	test.each([
		['another kind of record', 'PRJ1-R-3'],
		['another account', 'https://other.aha.io/epics/PRJ1-E-1'],
	])('is not the reference or the link of %s', async (_, value) => {
		const parameters = { resource: 'feature', operation: 'update' };
		await expect(
			bodyOf({ ...parameters, additionalFields: { epic: byId(value) } }),
		).rejects.toThrow('"Epic" must be');
	});

	test('is no ID of a release: Aha! takes none there', async () => {
		const parameters = { resource: 'feature', operation: 'update' };
		await expect(
			bodyOf({ ...parameters, additionalFields: { release: 'Release 2.0' } }),
		).rejects.toThrow('"Release" must be');
	});
});
