import { useApi } from './startedApi';

type Fields = Record<string, unknown>;

const api = useApi();

const SEARCH = `query ($filters: SearchDocumentFilters!, $page: Int, $per: Int) {
	searchDocuments(filters: $filters, page: $page, per: $per) {
		nodes { name searchableType searchableId projectId url }
		currentPage isLastPage totalCount
	}
}`;

interface Found {
	readonly nodes: Fields[];
	readonly totalCount: number;
	readonly isLastPage: boolean;
}

const ask = async (query: string, variables: Fields) =>
	(await api.ask('POST /api/v2/graphql', { query, variables })).body;

async function search(filters: Fields, variables: Fields = {}): Promise<Found> {
	const { data } = await ask(SEARCH, { filters, ...variables });
	return (data as { searchDocuments: Found }).searchDocuments;
}

const TYPES = [
	...['BusinessModel', 'Comment', 'Competitor', 'Epic', 'Feature', 'Goal', 'Idea'],
	...['IdeaOrganization', 'IdeaUser', 'Initiative', 'KeyResult', 'Page', 'Persona', 'Project'],
	...['Release', 'ReleasePhase', 'Requirement', 'StrategicPositioning', 'Task'],
];

test.each(TYPES)('a search finds records of the type %s', async (type) => {
	const { nodes } = await search({ query: 'e OR a OR o OR i', searchableType: [type] });
	expect(nodes.length).toBeGreaterThan(0);
	expect(new Set(nodes.map(({ searchableType }) => searchableType))).toEqual(new Set([type]));
});

test('hits have paths, not addresses', async () => {
	const { nodes } = await search({ query: 'maps' });
	expect(nodes.filter(({ url }) => !/^\/[a-z_/]+\/[\w-]+$/.test(String(url)))).toEqual([]);
});

test('a comment leads to what it is on', async () => {
	const { nodes } = await search({ query: 'e', searchableType: ['Comment'] });
	expect(nodes.filter(({ url }) => String(url).startsWith('/comments/'))).toEqual([]);
});

describe('a workspace', () => {
	test('is searched by its ID as text', async () => {
		const product = api.store.find('product', 'PRJ1');
		const { nodes, totalCount } = await search({ query: 'maps', projectId: product?.id });
		expect(totalCount).toBeGreaterThan(0);
		expect(totalCount).toBeLessThan((await search({ query: 'maps' })).totalCount);
		expect(nodes.filter(({ projectId }) => projectId !== product?.id)).toEqual([]);
	});

	test.each(['PRJ1', 7])('is not found by %j, which is no error', async (projectId) => {
		expect(await search({ query: 'maps', projectId })).toMatchObject({ nodes: [], totalCount: 0 });
	});
});

describe('pages', () => {
	test.each([
		[undefined, 20],
		[1, 10],
		[15, 15],
		[500, 200],
	])('of %s are of %d records', async (per, count) => {
		expect((await search({ query: 'a' }, { per })).nodes).toHaveLength(count);
	});
});

describe('words', () => {
	const countOf = async (query: string, filters: Fields = {}) =>
		(await search({ query, ...filters })).totalCount;

	test('can be put together', async () => {
		const [maps, both, either] = [
			await countOf('maps'),
			await countOf('maps AND offline'),
			await countOf('maps OR dashboard'),
		];
		expect(both).toBeGreaterThan(0);
		expect(both).toBeLessThanOrEqual(maps);
		expect(either).toBeGreaterThan(maps);
		expect(await countOf('maps NOT offline')).toBe(maps - both);
		expect(await countOf('"offline maps"')).toBe(both);
		expect(await countOf('dashb*')).toBeGreaterThan(0);
		expect(await countOf('PRJ1-7')).toBeGreaterThan(0);
	});

	test('are needed: * finds an arbitrary part, and nothing in a workspace', async () => {
		const projectId = api.store.find('product', 'PRJ1')?.id;
		expect(await countOf('*')).toBeGreaterThan(0);
		expect(await countOf('*')).toBeLessThan(await countOf('a'));
		expect(await countOf('*', { projectId })).toBe(0);
	});
});

describe('fragments', () => {
	const hit = async (fragments: string, type: string) => {
		const query = SEARCH.replace('url }', `url searchable { ${fragments} } }`);
		const { data, errors } = await ask(query, {
			filters: { query: 'a', searchableType: [type] },
			per: 10,
		});
		const found = data as { searchDocuments: Found } | null;
		return { searchable: found?.searchDocuments.nodes[0].searchable, errors };
	};

	const ALL = `... on ReferenceInterface { referenceNum } ... on Goal { own: referenceNum }
		... on ScorableInterface { score } ... on Idea { votes numEndorsements }`;

	test.each([
		['Feature', ['referenceNum', 'score']],
		['Idea', ['numEndorsements', 'referenceNum', 'score', 'votes']],
		['Goal', ['own']],
		['Initiative', ['score']],
		['Project', []],
	])('of %s are those that it is of', async (type, keys) => {
		const { searchable } = await hit(ALL, type);
		expect(Object.keys(searchable as Fields).sort()).toEqual(keys);
	});

	test('on no type are an error', async () => {
		const { errors } = await hit('... on Nothing { name }', 'Feature');
		expect(errors).toMatchObject([{ message: expect.stringContaining('No such type Nothing') }]);
	});

	test('time out on validation now and then', async () => {
		const messages: unknown[] = [];
		for (let time = 0; time < 20; time++) {
			const { errors } = await hit(ALL, 'Project');
			if (errors) messages.push((errors as Fields[])[0].message);
		}
		expect(messages).toEqual(['Timeout on validation of query']);
	});
});
