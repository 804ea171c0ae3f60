import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { jsonOf, runNode } from '../runNode';
import type { FakeResponse, Sent } from '../runNode';

const search = {
	resource: 'account',
	operation: 'searchRecords',
	searchText: 'login',
	returnAll: false,
	limit: 50,
	filters: {},
};

const workspace = (value: string) => ({ product_id: { __rl: true, mode: 'id', value } });

interface Asked {
	readonly query: string;
	readonly variables: {
		readonly filters: IDataObject;
		readonly page: number;
		readonly per: number;
	};
}

const askedBy = ({ body }: Sent) => body as unknown as Asked;

const found = (nodes: IDataObject[], page = 1, isLastPage = true): FakeResponse => ({
	body: { data: { searchDocuments: { nodes, currentPage: page, isLastPage } } },
});

const refusal = (message: string): FakeResponse => ({ body: { errors: [{ message }] } });

const feature = {
	name: 'Sign in',
	searchableType: 'Feature',
	searchableId: '483368544',
	projectId: '131414752',
	url: '/features/PRJe-12',
	updatedAt: '2026-01-05T00:00:00Z',
};

const namesOf = (result: { items: INodeExecutionData[] }) => jsonOf(result).map(({ name }) => name);

test('asks for the words and types, page by page up to the limit', async () => {
	const filters = { record_types: 'Feature, Epic' };
	const result = await runNode({ ...search, limit: 3, filters }, (request) => {
		const { page } = askedBy(request).variables;
		return found([{ name: `A${page}` }, { name: `B${page}` }], page, false);
	});
	expect(namesOf(result)).toEqual(['A1', 'B1', 'A2']);
	expect(askedBy(result.sent[0]).variables).toEqual({
		filters: { query: 'login', searchableType: ['Feature', 'Epic'] },
		page: 1,
		per: 3,
	});
});

test.each([
	['PRJ1', '131414752'],
	['PRJe', '6776757454428206157'],
])('a workspace by its prefix %s is searched by its ID', async (prefix, id) => {
	const result = await runNode({ ...search, filters: workspace(prefix) }, (_request, path) =>
		path.endsWith('/graphql') ? found([feature]) : { body: { product: { id, name: 'A' } } },
	);
	expect(result.sent.map(({ url }) => new URL(url).pathname)).toEqual([
		`/api/v1/products/${prefix}`,
		'/api/v2/graphql',
	]);
	expect(askedBy(result.sent[1]).variables.filters).toEqual({ query: 'login', projectId: id });
});

test('an ID that comes as a number is sent as text', async () => {
	const result = await runNode({ ...search, filters: workspace('PRJ1') }, (_request, path) =>
		path.endsWith('/graphql') ? found([feature]) : { body: { product: { id: 131414752 } } },
	);
	expect(askedBy(result.sent[1]).variables.filters.projectId).toBe('131414752');
});

test('a workspace by its ID needs no second request', async () => {
	const { sent } = await runNode({ ...search, filters: workspace('131414752') }, () => found([]));
	expect(sent).toHaveLength(1);
	expect(askedBy(sent[0]).variables.filters).toMatchObject({ projectId: '131414752' });
});

describe('a hit', () => {
	const hit = async (node: IDataObject) => jsonOf(await runNode(search, () => found([node])))[0];

	test('has a whole link, and what its record tells', async () => {
		const searchable = { referenceNum: 'PRJe-12', score: 7, votes: null };
		const item = await hit({ ...feature, searchable });
		expect(item).toEqual({
			name: 'Sign in',
			reference_num: 'PRJe-12',
			id: '483368544',
			url: 'https://mycompany.aha.io/features/PRJe-12',
			type: 'feature',
			workspace_id: '131414752',
			updated_at: '2026-01-05T00:00:00Z',
			votes: null,
			score: 7,
		});
		expect(Object.keys(await hit({ name: 'A' }))).toEqual(Object.keys(item));
	});

	test('of a goal has its reference, which need not be in its link', async () => {
		const goal = { ...feature, searchableType: 'Goal', url: '/strategic_imperatives/7' };
		const searchable = { ownReferenceNum: 'PRJ1-G-1' };
		expect(await hit({ ...goal, searchable })).toMatchObject({ reference_num: 'PRJ1-G-1' });
	});

	test('of an idea has its votes, zero too', async () => {
		const idea = { ...feature, searchableType: 'Idea', url: '/ideas/ideas/PRJ1-I-5' };
		const searchable = { referenceNum: 'PRJ1-I-5', score: 0, votes: 0 };
		expect(await hit({ ...idea, searchable })).toMatchObject({
			reference_num: 'PRJ1-I-5',
			score: 0,
			votes: 0,
		});
	});

	test.each([
		['/master_releases/PL1-R-101', 'PL1-R-101'],
		['/ideas/idea_organizations/ACCOUNT-O-1', 'ACCOUNT-O-1'],
		['https://mycompany.aha.io/features/3D-12#x', '3D-12'],
		['/ideas/idea_users/1038029', null],
		[null, null],
	])('at %s has the reference %s, which its link tells', async (url, reference) => {
		expect(await hit({ ...feature, url })).toMatchObject({ reference_num: reference });
	});

	test('of a comment leads to what it is on, and has no reference of its own', async () => {
		const comment = { ...feature, searchableType: 'Comment', searchable: {} };
		expect(await hit(comment)).toMatchObject({
			url: 'https://mycompany.aha.io/features/PRJe-12',
			reference_num: null,
		});
	});

	test('without a link has none', async () => {
		expect(await hit({ name: 'A' })).toMatchObject({ name: 'A', reference_num: null, url: null });
	});

	test.each([
		['Feature', 'feature'],
		['KeyResult', 'keyResult'],
		['Page', 'note'],
		['Task', 'toDo'],
		['Project', 'workspace'],
		['IdeaUser', 'ideaContact'],
		[undefined, null],
	])('of the type %j is called %j, as its resource is', async (searchableType, type) => {
		expect(await hit({ ...feature, searchableType })).toMatchObject({ type });
	});
});

describe('what the records tell', () => {
	const asksForRecords = (request: Sent) => askedBy(request).query.includes('searchable {');

	test('is asked for first, and left out where Aha! refuses it', async () => {
		const result = await runNode({ ...search, limit: 200 }, (request) => {
			const { page } = askedBy(request).variables;
			return asksForRecords(request)
				? refusal("No such type ScorableInterface, so it can't be a fragment condition")
				: found([{ ...feature, name: `A${page}` }], page, page === 2);
		});
		expect(namesOf(result)).toEqual(['A1', 'A2']);
		expect(jsonOf(result)[0]).toMatchObject({ reference_num: 'PRJe-12' });
		expect(result.sent.map(asksForRecords)).toEqual([true, false, false]);
	});

	test('is asked for again after a timeout on validation', async () => {
		const result = await runNode(search, (_request, _path, index) =>
			index === 0 ? refusal('Timeout on validation of query') : found([feature]),
		);
		expect(result.sent.map(asksForRecords)).toEqual([true, true]);
	});

	test('is left out where all tries time out', async () => {
		const result = await runNode(search, (request) =>
			asksForRecords(request) ? refusal('Timeout on validation of query') : found([feature]),
		);
		expect(namesOf(result)).toEqual(['Sign in']);
	}, 20_000);

	test.each([
		[403, "The credential's user is not allowed to do this"],
		[401, ''],
	])('is not asked for less where the credential has no access (%d)', async (status, message) => {
		const response = { status, body: message ? { error: message } : {} };
		const respond = jest.fn(() => response);
		await expect(runNode(search, respond)).rejects.toMatchObject({ httpCode: String(status) });
		expect(respond).toHaveBeenCalledTimes(1);
	});

	test('the error of the second try is that of the search', async () => {
		const respond = () => refusal("Argument 'query' has an invalid value");
		await expect(runNode(search, respond)).rejects.toThrow("Argument 'query' has an invalid value");
	});
});

describe('words', () => {
	test.each(['*', ' * ', '**', '* *'])(
		'%j are refused with what to do instead',
		async (searchText) => {
			const respond = jest.fn(() => found([]));
			const error: unknown = await runNode({ ...search, searchText }, respond).catch((e) => e);
			expect(error).toMatchObject({
				message: expect.stringContaining('"*" does not find all records'),
				description: expect.stringContaining('Get Many'),
			});
			expect(respond).not.toHaveBeenCalled();
		},
	);

	test.each(['a*', '*a', 'login AND page', '"sign in"', 'PRJ1-12', 'NOT b'])(
		'%j are searched for',
		async (searchText) => {
			const { sent } = await runNode({ ...search, searchText }, () => found([]));
			expect(askedBy(sent[0]).variables.filters.query).toBe(searchText);
		},
	);
});

describe('record types', () => {
	const typesOf = async (record_types: string) => {
		const { sent } = await runNode({ ...search, filters: { record_types } }, () => found([]));
		return askedBy(sent[0]).variables.filters.searchableType;
	};

	const ALL = [
		...['BusinessModel', 'Comment', 'Competitor', 'Epic', 'Feature', 'Goal', 'Idea'],
		...['IdeaOrganization', 'IdeaTheme', 'IdeaUser', 'Initiative', 'KeyResult', 'Page'],
		...['Persona', 'Project', 'Release', 'ReleasePhase', 'Requirement', 'StrategicPositioning'],
		'Task',
	];

	test('are all that Aha! finds', async () => {
		expect(ALL).toHaveLength(20);
		expect(await typesOf(ALL.join(','))).toEqual(ALL);
	});

	test.each([
		['feature, EPIC', ['Feature', 'Epic']],
		[
			'key result, idea_organization, releasePhase',
			['KeyResult', 'IdeaOrganization', 'ReleasePhase'],
		],
		['Features, Key Results', ['Feature', 'KeyResult']],
		['Note, To-Do, Workspace', ['Page', 'Task', 'Project']],
	])('%j are %j', async (given, types) => {
		expect(await typesOf(given)).toEqual(types);
	});

	test('that Aha! does not find are refused', async () => {
		await expect(typesOf('Feature, Iteration')).rejects.toThrow(
			'"Record Types" must be among BusinessModel, Comment, ',
		);
	});
});
