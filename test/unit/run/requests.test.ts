import type { IDataObject } from 'n8n-workflow';

import { recorded } from '../../../sandbox/aha-api';
import { jsonOf, runNode } from '../runNode';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The body that one run of an operation sends. */
const bodyOf = async (parameters: IDataObject) => {
	const { sent } = await runNode({ output: 'raw', ...parameters }, () => ({ body: { id: '1' } }));
	return sent[0].body;
};

describe('promoting an idea', () => {
	const promote = { resource: 'idea', operation: 'promote', record: byId('PRJ1-I-5') };

	test.each([
		['feature', 'release_id', 'PRJ1-R-3'],
		['epic', 'release_id', 'PRJ1-R-3'],
		['requirement', 'feature_id', 'PRJ1-12'],
		['initiative', 'product_id', 'PRJ1'],
	])('to a %s sends its %s alone', async (promotable_type, name, value) => {
		const body = await bodyOf({
			...promote,
			promotable_type,
			release_id: byId('PRJ1-R-3'),
			feature_id: byId('PRJ1-12'),
			product_id: byId('PRJ1'),
		});
		expect(body).toEqual({ promotable_type, [name]: value });
	});

	test('gives the record that was made, with the idea beside it', async () => {
		const { body } = recorded['PUT /ideas/{id}/promote'];
		const { idea } = body as { idea: IDataObject };
		const parameters = { ...promote, promotable_type: 'feature', release_id: byId('PRJ1-R-3') };
		const { name, reference_num, id, url } = idea;
		expect(jsonOf(await runNode(parameters, () => ({ body })))).toEqual([
			{ ...(idea.feature as IDataObject), idea: { name, reference_num, id, url } },
		]);
	});

	test('gives the idea where Aha! does not return the record', async () => {
		const idea = { id: '1', name: 'Dark mode', feature: null };
		const parameters = { ...promote, promotable_type: 'feature', release_id: byId('PRJ1-R-3') };
		expect(jsonOf(await runNode(parameters, () => ({ body: { idea } })))).toEqual([idea]);
	});

	test('needs the release that a feature goes to', async () => {
		const parameters = { ...promote, promotable_type: 'feature', release_id: byId('') };
		await expect(bodyOf(parameters)).rejects.toThrow('"Release" is missing');
	});
});

test('an idea that goes to no portal says so beside the idea', async () => {
	const body = await bodyOf({
		resource: 'idea',
		operation: 'create',
		product_id: byId('PRJ1'),
		name: 'Dark mode',
		additionalFields: { skip_portal: true, initial_votes: 3 },
	});
	expect(body).toEqual({ idea: { name: 'Dark mode', initial_votes: 3 }, skip_portal: true });
});

test('the people of a to-do go as objects', async () => {
	const body = await bodyOf({
		resource: 'toDo',
		operation: 'update',
		record: byId('1'),
		additionalFields: { assigned_to_users: ['a@example.com', 'b@example.com'] },
	});
	const assigned_to_users = [{ email: 'a@example.com' }, { email: 'b@example.com' }];
	expect(body).toEqual({ task: { assigned_to_users } });
});

test('what Aha! names in two ways goes in both', async () => {
	const goal = await bodyOf({
		resource: 'goal',
		operation: 'update',
		product_id: byId('PRJ1'),
		record: byId('PRJ1-G-1'),
		additionalFields: { success_metric_name: 'Trials' },
	});
	expect(goal).toEqual({
		goal: { success_metric_name: 'Trials', success_metric: { name: 'Trials' } },
	});
});

test('the users of a workspace are a list as those of the account', async () => {
	const { body } = recorded['GET /products/{product_id}/users'];
	const users = (body as IDataObject).project_users as IDataObject[];
	const parameters = {
		resource: 'user',
		operation: 'getAll',
		belongsTo: 'workspace',
		product_id: byId('PRJ1'),
		returnAll: false,
		limit: 50,
	};
	const raw = await runNode({ ...parameters, output: 'raw' }, () => ({ body }));
	expect(jsonOf(raw)).toEqual(users);
	const simple = await runNode({ ...parameters, output: 'simple' }, () => ({ body }));
	expect(jsonOf(simple)).toEqual(
		users.map(({ role_description, user }) =>
			expect.objectContaining({ role_description, user: (user as IDataObject).email }),
		),
	);
});

test.each([
	['4p', { initial_estimate_text: '4p' }],
	['2d 1h', { initial_estimate_text: '2d 1h' }],
	['90', { initial_estimate: 90 }],
	[90, { initial_estimate: 90 }],
])('an estimate of %j is the parameter that takes it', async (value, sent) => {
	const body = await bodyOf({
		resource: 'feature',
		operation: 'update',
		record: byId('PRJ1-1'),
		additionalFields: { initial_estimate: value },
	});
	expect(body).toEqual({ feature: sent });
});

describe('an empty field', () => {
	const EMPTY: Array<[string, unknown]> = [
		['null', null],
		['an empty text', ''],
		['an empty choice', byId('')],
		['no choice', { __rl: true, mode: 'list', value: null }],
	];

	const feature = { resource: 'feature', operation: 'update', record: byId('PRJ1-1') };
	const idea = { resource: 'idea', operation: 'update', record: byId('PRJ1-I-5') };
	const team = { resource: 'team', operation: 'update', record: byId('7') };
	const change = { resource: 'schedule', operation: 'createChange', schedule_id: byId('7') };

	describe.each<[string, IDataObject, string, string, null | '']>([
		['the feature of an idea that is no longer promoted', idea, 'idea', 'feature', null],
		['its epic', idea, 'idea', 'epic', null],
		['its initiative', idea, 'idea', 'initiative', null],
		['an idea that is no longer merged', idea, 'idea', 'duplicate_idea', null],
		['a person', feature, 'feature', 'assigned_to_user', null],
		['people', feature, 'feature', 'watchers', null],
		['a number', feature, 'feature', 'initial_estimate', null],
		['a whole number', feature, 'feature', 'progress', null],
		['a day', feature, 'feature', 'due_date', null],
		['a time', idea, 'idea', 'created_at', null],
		['a status', feature, 'feature', 'workflow_status', null],
		['a choice', feature, 'feature', 'progress_source', null],
		['tags', feature, 'feature', 'tags', null],
		['links', feature, 'feature', 'goals', null],
		['the workspace of a team', team, 'team', 'product_id', null],
		['an effort', feature, 'feature', 'remaining_estimate', null],
		['a text', feature, 'feature', 'team', ''],
		['rich text', feature, 'feature', 'description', ''],
	])('clears %s', (_, parameters, root, field, cleared) => {
		test.each(EMPTY)('as %s', async (__, value) => {
			const body = await bodyOf({ ...parameters, additionalFields: { [field]: value } });
			expect(body).toEqual({ [root]: { [field]: cleared } });
		});

		test.each([[undefined], [{ __rl: true, mode: 'id', value: undefined }]])(
			'but not as %j',
			async (value) => {
				const additionalFields = { [field]: value } as IDataObject;
				await expect(bodyOf({ ...parameters, additionalFields })).rejects.toThrow(
					'Nothing to update',
				);
			},
		);
	});

	test('lets Aha! count the members of a team again', async () => {
		const body = await bodyOf({
			...change,
			team_id: byId('8'),
			effective_start_date: '2026-01-31',
			additionalFields: { team_members_count: null },
		});
		expect(JSON.stringify(body)).toContain('"team_members_count":null');
	});

	test('among the filters is left out', async () => {
		const filters = { q: '', assigned_to_user: byId(''), updated_since: null };
		const parameters = { resource: 'feature', operation: 'getAll', belongsTo: 'account', filters };
		const { sent } = await runNode(parameters, () => ({ body: { features: [] } }));
		expect(Object.keys(sent[0].qs).sort()).toEqual(['page', 'per_page']);
	});

	test('of a new record is left out', async () => {
		const create = { resource: 'feature', operation: 'create', release_id: byId('1'), name: 'A' };
		const additionalFields = { description: '', due_date: null, tags: '', goals: [] };
		const { feature } = (await bodyOf({ ...create, additionalFields })) as IDataObject;
		expect(feature).toEqual({ name: 'A', goals: [] });
	});

	test('among the filters of a search is left out', async () => {
		const filters = { product_id: byId(''), record_types: '' };
		const parameters = {
			resource: 'account',
			operation: 'searchRecords',
			searchText: 'x',
			filters,
		};
		const body = { data: { searchDocuments: { nodes: [], isLastPage: true } } };
		const { sent } = await runNode({ ...parameters, returnAll: true }, () => ({ body }));
		expect(sent).toHaveLength(1);
		expect(sent[0].body).toMatchObject({ variables: { filters: { query: 'x' } } });
	});
});
