import type { IDataObject, INode } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { Aha } from '../../../nodes/Aha/Aha.node';
import { jsonOf, runNode } from '../runNode';

const call = {
	resource: 'account',
	operation: 'customApiCall',
	method: 'GET',
	query: '{}',
	body: '{}',
	returnAll: true,
};
const nothing = () => ({ body: {} });

describe('Custom API Call', () => {
	test.each([
		['/features/PRJ1-12', '/api/v1/features/PRJ1-12'],
		['features', '/api/v1/features'],
		[' /features ', '/api/v1/features'],
		['https://mycompany.aha.io/api/v1/features/PRJ1-12', '/api/v1/features/PRJ1-12'],
		['/features/fields/key/value/a%2Fb', '/api/v1/features/fields/key/value/a%2Fb'],
	])('%j goes to %s', async (path, expected) => {
		const { sent } = await runNode({ ...call, path }, nothing);
		expect(new URL(sent[0].url)).toMatchObject({ host: 'mycompany.aha.io', pathname: expected });
	});

	test.each([
		'https://evil.com/api/v1/features',
		'http://mycompany.aha.io/api/v1/features',
		'https://mycompany.aha.io.evil.com/api/v1/features',
		'https://mycompany.aha.io@evil.com/api/v1/features',
		'.',
		'/',
		'https://mycompany.aha.io/oauth/token',
		'javascript:alert(1)',
		'/../../oauth/authorize',
		'/features/../../../oauth/authorize',
		'/%2e%2e/%2e%2e/oauth/authorize',
		'/features\\..\\..',
		'/features /x',
	])('%j is refused before a request', async (path) => {
		const answer = jest.fn(nothing);
		await expect(runNode({ ...call, path }, answer)).rejects.toThrow('path of the Aha! API');
		expect(answer).not.toHaveBeenCalled();
	});

	test('a list is read page by page, and a query in the path counts', async () => {
		const result = await runNode({ ...call, path: '/features?q=x' }, ({ qs }) => ({
			body: { features: [{ id: qs.page }], pagination: { total_pages: 3 } },
		}));
		expect(jsonOf(result)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
		expect(result.sent.every(({ qs }) => qs.q === 'x')).toBe(true);
	});

	test('GET has pages and no body in its form, others have a body', () => {
		const shown = (method: string) => {
			const values = { resource: 'account', operation: 'customApiCall', method };
			const node = { typeVersion: 1, parameters: values } as unknown as INode;
			return new Aha().description.properties
				.filter((one) => NodeHelpers.displayParameter(values, one, node, null, values))
				.map(({ name }) => name);
		};
		expect(shown('GET')).toContain('returnAll');
		expect(shown('GET')).not.toContain('body');
		for (const method of ['POST', 'PUT', 'DELETE']) {
			expect(shown(method)).toContain('body');
			expect(shown(method)).not.toContain('returnAll');
		}
	});

	test('GET runs without the body that its form does not have', async () => {
		const get = { ...call, body: undefined };
		const { sent } = await runNode({ ...get, path: '/features' }, nothing);
		expect(sent[0]).toMatchObject({ method: 'GET' });
		expect(sent[0].body).toBeUndefined();
	});

	test('a page that the person chose is the only one', async () => {
		const result = await runNode(
			{ ...call, path: '/features', query: '{"page": 2}' },
			({ qs }) => ({
				body: { features: [{ id: qs.page }], pagination: { total_pages: 3 } },
			}),
		);
		expect(jsonOf(result)).toEqual([{ id: 2 }]);
	});

	test('what is no list stays as it is, and a body is sent', async () => {
		const body = { feature: { name: 'New' } };
		const parameters = {
			...call,
			method: 'PUT',
			path: '/features/PRJ1-1',
			body: JSON.stringify(body),
		};
		const result = await runNode(parameters, () => ({ body: { feature: { id: '1', tags: [] } } }));
		expect(jsonOf(result)).toEqual([{ feature: { id: '1', tags: [] } }]);
		expect(result.sent[0]).toMatchObject({ method: 'PUT', body });
	});
});

describe('Execute GraphQL', () => {
	const graphql = {
		resource: 'account',
		operation: 'executeGraphql',
		query: '{ feature(id: "PRJ1-1") { name } }',
		variables: '{"id": "PRJ1-1"}',
		followPages: false,
	};

	test('goes to /api/v2/graphql with its variables and gives the data', async () => {
		const result = await runNode(graphql, () => ({ body: { data: { feature: { name: 'A' } } } }));
		expect(jsonOf(result)).toEqual([{ feature: { name: 'A' } }]);
		expect(result.sent[0]).toMatchObject({
			method: 'POST',
			url: 'https://mycompany.aha.io/api/v2/graphql',
			body: { query: graphql.query, variables: { id: 'PRJ1-1' } },
		});
	});

	test('errors beside status 200 are errors', async () => {
		const body = { data: null, errors: [{ message: 'Field missing', path: ['feature', 'x'] }] };
		await expect(runNode(graphql, () => ({ body }))).rejects.toThrow(
			'Field missing (at feature.x)',
		);
	});

	test('what a mutation did not accept is an error', async () => {
		const attributes = [{ name: 'name', fullMessages: ["Name can't be blank"] }];
		const body = { data: { createFeature: { feature: null, errors: { attributes } } } };
		await expect(runNode(graphql, () => ({ body }))).rejects.toThrow("Name can't be blank");
	});

	test('follows $after by pageInfo', async () => {
		const query = 'query ($after: String) { account { features(after: $after) { x } } }';
		const result = await runNode({ ...graphql, query, followPages: true }, ({ body }) => {
			const { after } = (body as { variables: IDataObject }).variables;
			const features = {
				edges: [{ node: { id: after ?? 'first' } }],
				pageInfo: { hasNextPage: after !== 'b', endCursor: after === 'a' ? 'b' : 'a' },
			};
			return { body: { data: { account: { features } } } };
		});
		expect(jsonOf(result)).toEqual([{ id: 'first' }, { id: 'a' }, { id: 'b' }]);
	});

	test('follows $page by isLastPage', async () => {
		const query = 'query ($page: Int) { features(page: $page) { x } }';
		const result = await runNode({ ...graphql, query, followPages: true }, ({ body }) => {
			const { page = 1 } = (body as { variables: { page?: number } }).variables;
			const features = { nodes: [{ id: page }], currentPage: page, isLastPage: page === 3 };
			return { body: { data: { features } } };
		});
		expect(jsonOf(result)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
	});

	test('a query that cannot take the next page is refused, not read forever', async () => {
		const body = { data: { features: { nodes: [{}], currentPage: 1, isLastPage: false } } };
		await expect(runNode({ ...graphql, followPages: true }, () => ({ body }))).rejects.toThrow(
			'no variable $page',
		);
	});

	/** A server that has more pages each time that it is asked. */
	const endless = (connection: (asked: number) => IDataObject, most = 20) => {
		let asked = 0;
		return () => {
			if (++asked > most) throw new Error('It is read forever');
			return { body: { data: { features: connection(asked) } } };
		};
	};

	test.each([
		['$pageSize', 'query ($pageSize: Int) { features(per: $pageSize) { x } }'],
		['$pages', 'query ($pages: [Int!]) { features(pages: $pages) { x } }'],
		['$page in a comment', 'query ($per: Int) { # by $page: Int\n features(per: $per) { x } }'],
		['$page in a text', 'query ($per: Int) { features(q: "$page: x", per: $per) { x } }'],
		['$page in a block', 'query ($per: Int) { features(q: """ "$page: x """, per: $per) { x } }'],
	])('pages are not followed by %s', async (_, query) => {
		const more = endless((asked) => ({ nodes: [{ id: asked }], isLastPage: false }));
		await expect(runNode({ ...graphql, query, followPages: true }, more)).rejects.toThrow(
			'no variable $page',
		);
	});

	const byPage = 'query Features( $page : Int = 1 ,$pageSize:Int) { features(page: $page) { x } }';
	const byCursor = 'query ($after: String) { features(after: $after) { x } }';

	test.each<[string, string, (asked: number) => IDataObject, number]>([
		[
			'same page number',
			byPage,
			(id) => ({ nodes: [{ id }], currentPage: 1, isLastPage: false }),
			1,
		],
		[
			'earlier page',
			byPage,
			(id) => ({ nodes: [{ id }], currentPage: 3 - id, isLastPage: false }),
			1,
		],
		['same records', byPage, () => ({ nodes: [{ id: 1 }], isLastPage: false }), 1],
		['no records', byPage, (id) => ({ nodes: id > 2 ? [] : [{ id }], isLastPage: false }), 2],
		[
			'same cursor',
			byCursor,
			(id) => ({
				nodes: [{ id }],
				pageInfo: { hasNextPage: true, endCursor: id > 3 ? 'c' : id + 'x' },
			}),
			4,
		],
	])('reading ends at the %s', async (_, query, connection, count) => {
		const result = await runNode({ ...graphql, query, followPages: true }, endless(connection));
		expect(jsonOf(result)).toHaveLength(count);
		expect(result.sent).toHaveLength(count + 1);
	});

	test('pages are counted where the query does not ask for their numbers', async () => {
		const variables = '{"page": 2, "pageSize": 1}';
		const parameters = { ...graphql, query: byPage, variables, followPages: true };
		const result = await runNode(parameters, ({ body }) => {
			const { page } = (body as { variables: { page: number } }).variables;
			return { body: { data: { features: { nodes: [{ id: page }], isLastPage: page === 4 } } } };
		});
		expect(jsonOf(result)).toEqual([{ id: 2 }, { id: 3 }, { id: 4 }]);
	});

	test('is sent again when Aha! ran out of time before it ran the query', async () => {
		const timeout = { data: null, errors: [{ message: 'Timeout on validation of query' }] };
		const query = 'mutation { updateFeature(id: "1") { feature { name } } }';
		const result = await runNode({ ...graphql, query }, (_request, _path, index) => ({
			body: index < 2 ? timeout : { data: { updateFeature: { feature: { name: 'A' } } } },
		}));
		expect(jsonOf(result)).toEqual([{ updateFeature: { feature: { name: 'A' } } }]);
		expect(result.sent).toHaveLength(3);
	});
});
