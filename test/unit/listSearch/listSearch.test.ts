import type { IDataObject } from 'n8n-workflow';

import { operationFields } from '../../../nodes/Aha/form/operationFields';
import { methods } from '../../../nodes/Aha/listSearch';
import { resources } from '../../../nodes/Aha/resources';
import { recorded } from '../../../sandbox/aha-api';
import { byId, form, page, pathOf } from './openedForm';

const CUSTOM_FIELD = { custom_field_definition_id: byId('8') };
const PORTAL = { idea_portal_id: byId('9') };
const PORTAL_USERS = '/idea_portals/9/portal_users';
const ROLL_UPS = '/products/PRJ1/roll_up_releases';
const TEAM_MEMBERSHIPS = '/teams/7/team_memberships';
const FIELD_OPTIONS = '/custom_field_definitions/8/custom_field_options';

/** The values of a key, wherever it stands in the form. */
const named = (key: string): string[] => {
	const found = new Set<string>();
	JSON.stringify(operationFields(resources), (name, value: unknown) => {
		if (name === key) found.add(String(value));
		return value;
	});
	return [...found];
};

test.each([
	['searchListMethod', methods.listSearch],
	['loadOptionsMethod', methods.loadOptions],
	['resourceMapperMethod', methods.resourceMapping],
])('each %s of the form is there', (key, known = {}) => {
	expect(named(key).length).toBeGreaterThan(0);
	expect(named(key).filter((name) => !(name in known))).toEqual([]);
});

test('features are those of the chosen workspace, else of the account', async () => {
	const { body } = recorded['GET /products/{product_id}/features'];
	const within = await page('feature', { product_id: byId('PRJ1') }, body);
	expect(pathOf(within.sent[0])).toBe('/api/v1/products/PRJ1/features');
	const [first] = (body as { features: IDataObject[] }).features;
	expect(within.results[0]).toMatchObject({
		name: `${String(first.reference_num)} ${String(first.name)}`,
		value: first.reference_num,
	});
	const { sent } = await page('feature', {}, body);
	expect(pathOf(sent[0])).toBe('/api/v1/features');
});

test('what goes into a body is chosen by its ID, which all parameters take', async () => {
	const { body } = recorded['GET /products/{product_id}/features'];
	const [{ id, name }] = (body as { features: IDataObject[] }).features;
	const { results } = await page('featureIds', {}, body);
	expect(results[0]).toMatchObject({ name: expect.stringContaining(String(name)), value: id });
});

describe('the records that an operation can be about', () => {
	const chosen = { product_id: byId('PRJ1') };

	test.each([
		['goal', 'goal', 'update', chosen, '/products/PRJ1/goals'],
		['release', 'release', 'duplicate', chosen, '/products/PRJ1/releases'],
		['feature', 'feature', 'get', { record: byId('PRJ2-7') }, '/products/PRJ2/features'],
		['teamGetMemberships', 'team', 'removeMember', { team_id: byId('7') }, TEAM_MEMBERSHIPS],
		['customFieldGetOptions', 'customField', 'updateOption', CUSTOM_FIELD, FIELD_OPTIONS],
		['ideaPortalGetPortalUsers', 'ideaPortal', 'getPortalUser', PORTAL, PORTAL_USERS],
	])('are listed by %s for %s > %s', async (list, resource, operation, given, path) => {
		const { sent } = await page(list, { resource, operation, ...given }, {});
		expect(pathOf(sent[0])).toBe(`/api/v1${path}`);
	});
});

describe('a workspace that n8n cannot know in the editor', () => {
	const chosen = { product_id: byId('={{ $json.workspace }}') };

	test('leaves the list of the whole account', async () => {
		const { sent } = await page('goalIds', chosen, {});
		expect(pathOf(sent[0])).toBe('/api/v1/goals');
	});

	test('is asked for where a list is within one', async () => {
		const create = { resource: 'feature', operation: 'create', ...chosen };
		for (const list of ['status', 'type', 'release']) {
			await expect(page(list, create, {})).rejects.toThrow('Choose a workspace first');
		}
	});
});

describe('a field that several resources share', () => {
	test.each([
		['goal', '/products/PRJ1/goals'],
		['note', '/products/PRJ1/pages'],
		['release', '/products/PRJ1/roll_up_releases'],
	])('lists the records that can be the parent of a %s', async (resource, path) => {
		const chosen = { resource, operation: 'update', product_id: byId('PRJ1') };
		const { sent } = await page('parent', chosen, {});
		expect(pathOf(sent[0])).toBe(`/api/v1${path}`);
	});

	test('has nothing for an operation without it', async () => {
		const me = { resource: 'me', operation: 'get' };
		await expect(page('parent', me, {})).rejects.toThrow('no such list');
	});
});

describe('a record of the kind that another field names', () => {
	const of = (resource: string, operation: string) => ({
		resource,
		operation,
		product_id: byId('PRJ1'),
	});
	const link = of('recordLink', 'create');
	const toDo = of('toDo', 'create');
	const ANY_IDEA = '/products/PRJ1/ideas';

	test.each([
		['record_type', { ...link, record_type: 'idea' }, ANY_IDEA],
		['record_type', { ...link, record_type: 'page' }, '/products/PRJ1/pages'],
		['taskable_type', { ...toDo, 'additionalFields.taskable_type': 'Ideas::Idea' }, ANY_IDEA],
		['taskable_type', { ...toDo, 'additionalFields.taskable_type': 'MasterRelease' }, ROLL_UPS],
		['model_class', { ...of('integration', 'sendRecord'), model_class: 'ideas::idea' }, ANY_IDEA],
		[
			'linked_record_type',
			{ ...of('note', 'create'), 'additionalFields.linked_record_type': 'Feature' },
			'/products/PRJ1/features',
		],
		[
			'auditable_type',
			{ ...of('history', 'getAll'), 'filters.auditable_type': 'Epic' },
			'/products/PRJ1/epics',
		],
	])('is chosen from the list of that kind: %s of %j', async (of, chosen, path) => {
		const { sent } = await page(`linkedRecord_${of}`, chosen, {});
		expect(pathOf(sent[0])).toBe(`/api/v1${path}`);
	});

	test.each([[toDo], [{ ...toDo, 'additionalFields.taskable_type': 'Iteration' }]])(
		'is given by its ID where that kind has no list: %j',
		async (chosen) => {
			await expect(page('linkedRecord_taskable_type', chosen, {})).rejects.toThrow('Enter an ID');
		},
	);
});

describe('what is in another record', () => {
	test('is listed within it: the comments of an idea', async () => {
		const body = { idea_comments: [{ id: '7', body: `<p>${'Great idea! '.repeat(9)}</p>` }] };
		const chosen = { resource: 'ideaComment', operation: 'create', idea_id: byId('PRJ1-I-1') };
		const { results, sent } = await page('ideaComment', chosen, body);
		expect(pathOf(sent[0])).toBe('/api/v1/ideas/PRJ1-I-1/idea_comments');
		expect(results).toEqual([
			{ name: 'Great idea! Great idea! Great idea! Great idea! Great idea! …', value: '7' },
		]);
		await expect(page('ideaComment', {}, body)).rejects.toThrow('Choose an idea first');
		await expect(page('teamGetMemberships', {}, body)).rejects.toThrow('Choose a team first');
	});

	test('is listed in the whole account where that is not chosen: phases', async () => {
		const chosen = { resource: 'feature', operation: 'create', release_id: byId('PRJ1-R-1') };
		const within = await page('releasePhase', chosen, {});
		expect(pathOf(within.sent[0])).toBe('/api/v1/releases/PRJ1-R-1/release_phases');
		const { sent } = await page('releasePhase', {}, {});
		expect(pathOf(sent[0])).toBe('/api/v1/release_phases');
	});
});

describe('time frames', () => {
	const body = {
		goals: [
			{ id: '1', time_frame: { id: '8', name: '2026 Q2' } },
			{ id: '2', time_frame: null },
		],
		initiatives: [
			{ id: '3', time_frame: { id: '9', name: '2026 Q1' } },
			{ id: '4', time_frame: { id: '8', name: '2026 Q2' } },
		],
		pagination: {},
	};

	test('are those that the goals and initiatives of the workspace use', async () => {
		const chosen = { resource: 'goal', operation: 'create', product_id: byId('PRJ1') };
		const { results, sent } = await page('timeFrame', chosen, body);
		expect(results).toEqual(['2026 Q1', '2026 Q2'].map((name) => ({ name, value: name })));
		expect(sent.map(pathOf)).toEqual([
			'/api/v1/products/PRJ1/goals',
			'/api/v1/products/PRJ1/initiatives',
		]);
	});

	test('are found by a part of their name, in the whole account too', async () => {
		const { results, sent } = await page('timeFrame', {}, body, 'q1');
		expect(results).toEqual([{ name: '2026 Q1', value: '2026 Q1' }]);
		expect(pathOf(sent[0])).toBe('/api/v1/goals');
	});
});

test('the categories of ideas are given by name', async () => {
	const { body } = recorded['GET /products/{product_id}/idea_categories'];
	const { results } = await page('ideaCategoryName', { product_id: byId('PRJ1') }, body);
	expect(results[0]).toEqual({ name: 'Usability', value: 'Usability' });
});

describe('the workspace of a record that is given by its ID', () => {
	const release = { resource: 'feature', operation: 'create', release_id: byId('278327321') };
	const respond = (reference_num?: string) => (path: string) =>
		path.startsWith('/api/v1/releases/') ? { release: { id: '278327321', reference_num } } : {};

	test('is that of its reference number', async () => {
		const { context, sent } = form(release, undefined, respond('PRJ7-R-2'));
		await methods.listSearch.epicIds.call(context);
		expect(sent.map(pathOf)).toEqual(['/api/v1/releases/278327321', '/api/v1/products/PRJ7/epics']);
	});

	test('is not known where Aha! does not tell', async () => {
		const { context, sent } = form(
			{ ...release, release_id: byId('278327322') },
			undefined,
			respond(),
		);
		await methods.listSearch.epicIds.call(context);
		expect(sent.map(pathOf).at(-1)).toBe('/api/v1/epics');
	});
});

describe('the order of a list', () => {
	const names = async (list: string, body: unknown, filter?: string) =>
		(await page(list, { product_id: byId('PRJ1') }, body, filter)).results.map(({ name }) => name);

	test('of releases: the next one on top, shipped ones last and marked', async () => {
		const releases = [
			{ id: 1, reference_num: 'PRJ1-R-1', name: 'A', release_date: '2024-01-31', released: true },
			{ id: 2, reference_num: 'PRJ1-R-2', name: 'B', release_date: '2027-03-01', released: false },
			{ id: 3, reference_num: 'PRJ1-R-3', name: 'C', release_date: '2026-12-24', released: false },
		];
		expect(await names('release', { releases })).toEqual([
			'PRJ1-R-3 C (2026-12-24)',
			'PRJ1-R-2 B (2027-03-01)',
			'PRJ1-R-1 A (2024-01-31, shipped)',
		]);
		expect(await names('releaseIds', { releases }, 'shipped')).toEqual([
			'PRJ1-R-1 A (2024-01-31, shipped)',
		]);
		const { sent } = await page('release', { product_id: byId('PRJ1') }, { releases });
		expect(sent[0].qs?.fields).toContain('released');
	});

	test('of features: the newest on top', async () => {
		const features = [
			{ id: 1, reference_num: 'PRJ1-1', name: 'Old', created_at: '2025-01-01T00:00:00.000Z' },
			{ id: 2, reference_num: 'PRJ1-2', name: 'New', created_at: '2026-11-01T00:00:00.000Z' },
		];
		expect(await names('feature', { features })).toEqual(['PRJ1-2 New', 'PRJ1-1 Old']);
	});

	test('of ideas is that of Aha!, which can tell the most recent', async () => {
		const { sent } = await page('idea', {}, {});
		expect(sent[0].qs?.sort).toBe('recent');
	});
});

test('releases need a workspace first', async () => {
	await expect(page('release', {}, {})).rejects.toThrow('Choose a workspace first');
});

test('people of a workspace are found inside of their roles', async () => {
	const { body } = recorded['GET /products/{product_id}/users'];
	const [{ user }] = (body as { project_users: Array<{ user: IDataObject }> }).project_users;
	const people = await page('person', { product_id: byId('PRJ1') }, body);
	expect(people.results[0]).toEqual({
		name: `${String(user.name)} (${String(user.email)})`,
		value: user.email,
	});
	const users = await page('user', { product_id: byId('PRJ1') }, body);
	expect(users.results[0]).toMatchObject({ value: user.id });
});

describe('requirements', () => {
	const nodes = [
		{ name: 'Remember me', searchableId: '483368544', url: 'https://mycompany.aha.io/x' },
	];

	test('are searched by words where no feature is chosen', async () => {
		const body = { data: { searchDocuments: { nodes, isLastPage: false } } };
		const found = await page('requirement', {}, body, 'remember');
		expect(pathOf(found.sent[0])).toBe('/api/v2/graphql');
		expect(found.sent[0].body?.variables).toMatchObject({
			filters: { query: 'remember', searchableType: ['Requirement'] },
		});
		expect(found.results).toEqual([{ name: 'Remember me', value: '483368544', url: nodes[0].url }]);
		expect(found.paginationToken).toBe('2');
	});

	test('found by words show their reference, and link to their page', async () => {
		const nodes = [{ name: 'Stay', searchableId: '483368545', url: '/requirements/PRJ1-12-1' }];
		const body = { data: { searchDocuments: { nodes, isLastPage: true } } };
		expect(await page('requirement', {}, body, 'stay')).toMatchObject({
			results: [
				{
					name: 'PRJ1-12-1 Stay',
					value: '483368545',
					url: 'https://mycompany.aha.io/requirements/PRJ1-12-1',
				},
			],
			paginationToken: undefined,
		});
	});

	test('are those of a chosen feature', async () => {
		const body = { requirements: [], pagination: {} };
		const { sent } = await page('requirement', { feature_id: byId('PRJ1-12') }, body);
		expect(pathOf(sent[0])).toBe('/api/v1/features/PRJ1-12/requirements');
	});

	test('say so where Aha! refuses the search', async () => {
		const body = { errors: [{ message: 'Unknown type' }] };
		await expect(page('requirement', {}, body, 'x')).rejects.toThrow('could not search');
	});
});
