import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { resources } from '../../nodes/Aha/resources';
import { writes } from '../../nodes/Aha/schema/options';
import { endpoints } from '../../sandbox/aha-api';
import { casesOf } from '../../tools/coverage/cases';
import { FIXED_VALUES } from '../../tools/coverage/facts';
import { matcher } from '../../tools/coverage/matcher';
import { respondTo } from '../../tools/coverage/responses';
import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { RecordedRequest, Recorder } from '../../tools/harness/recorder';
import { startRecorder } from '../../tools/harness/recorder';

let aha: Recorder;
let n8n: Harness;
let file: INodeExecutionData;

beforeAll(async () => {
	const match = matcher(endpoints);
	aha = await startRecorder((request) => respondTo(request, match(request)[0], aha.requests));
	const ahaApiKey = { accountDomain: 'mycompany', apiKey: 'sandbox-key-owner' };
	n8n = await harness({ env: aha.env, credentials: { ahaApiKey } });
	file = await n8n.file(Buffer.from('file'), 'file.txt', 'text/plain');
});

afterAll(async () => {
	n8n.stop();
	await aha.stop();
});

beforeEach(() => (aha.requests.length = 0));

/** The node with Preview Only, for items with a file. */
const preview = async (parameters: INodeParameters, items: INodeExecutionData[] = [file]) =>
	await n8n.run(
		{ ...parameters, options: { ...(parameters.options as object), previewOnly: true } },
		items,
	);

const isRead = ({ method, body }: RecordedRequest): boolean =>
	method === 'GET' || String((body as { query?: string } | undefined)?.query).startsWith('query');

const cases = resources.flatMap((resource) =>
	resource.operations
		.filter(writes)
		.flatMap((operation) => casesOf(resource, operation, FIXED_VALUES)),
);

const IS_RECORD = /^\d+$|^[A-Z]+\d*-\S+$/;

/** A query as the recorder sees it. */
const asSent = (query: unknown): unknown =>
	Object.fromEntries(Object.entries(query as object).map(([key, value]) => [key, String(value)]));

// A query and a GET change nothing, so they are sent as always.
const READS = /^account\.(executeGraphql|customApiCall)/;

test.each(cases.filter(({ name }) => !READS.test(name)))(
	'$name is previewed as it would be sent, and is not sent',
	async ({ name, parameters }) => {
		const previewed = await preview(parameters);
		expect(aha.requests.filter((request) => !isRead(request))).toEqual([]);

		await n8n.run(parameters, [file]);
		const sent = aha.requests.find((request) => !isRead(request));
		const isUpload = name.startsWith('attachment.upload');
		const [{ json, ...others }] = previewed;
		expect(previewed).toHaveLength(1);
		expect({ ...json, query: asSent(json.query), ...others }).toEqual({
			preview: expect.stringMatching(/^[A-Z][a-z]+ \w/),
			record: sent?.path.split('/').findLast((part) => IS_RECORD.test(part)) ?? null,
			method: sent?.method,
			path: sent?.path,
			query: sent?.query,
			body: isUpload ? null : (sent?.body ?? null),
			...(isUpload && { file: true }),
			pairedItem: { item: 0 },
		});
	},
);

describe('Preview Only', () => {
	const locator = (value: string) => ({ __rl: true, mode: 'reference', value });

	test.each<[string, INodeParameters, unknown]>([
		[
			'says which record a comment goes to',
			{
				resource: 'comment',
				operation: 'create',
				belongsTo: 'feature',
				feature_id: locator('PRJ1-12'),
				body: 'Hi',
			},
			{ preview: 'Create a comment', record: 'PRJ1-12', body: { comment: { body: 'Hi' } } },
		],
		[
			'says which workspace an idea goes to',
			{ resource: 'idea', operation: 'create', product_id: locator('PRJ1'), name: 'A' },
			{ preview: 'Create an idea', record: 'PRJ1', body: { idea: { name: 'A' } } },
		],
		[
			'says what a mutation would be',
			{ resource: 'account', operation: 'executeGraphql', query: 'mutation { a }' },
			{ record: null, method: 'POST', path: '/api/v2/graphql' },
		],
		[
			'says what a call of the API would be',
			{ resource: 'account', operation: 'customApiCall', method: 'DELETE', path: '/features/A-1' },
			{ record: 'A-1', method: 'DELETE', path: '/api/v1/features/A-1' },
		],
	])('%s', async (_, parameters, expected) => {
		const [{ json }] = await preview(parameters);
		expect(json).toMatchObject(expected as object);
		expect(aha.requests).toEqual([]);
	});

	test('is an item of its own for each input item, and can differ between them', async () => {
		const record = locator('={{ $json.id }}');
		const update = { resource: 'feature', operation: 'update', record };
		const items = await n8n.run(
			{
				...update,
				additionalFields: { name: 'A' },
				options: { previewOnly: '={{ $json.only }}' },
			},
			[{ json: { id: 'PRJ1-1', only: true } }, { json: { id: 'PRJ1-2', only: false } }],
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items[0].json).toMatchObject({ record: 'PRJ1-1', method: 'PUT' });
		expect(aha.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'PUT /api/v1/features/PRJ1-2',
		]);
	});

	test('sends a query and a GET as always', async () => {
		const account = { resource: 'account', operation: 'customApiCall', method: 'GET' };
		await preview({ ...account, path: '/features' });
		await preview({ ...account, operation: 'executeGraphql', query: 'query { a }' });
		expect(aha.requests.length).toBeGreaterThan(1);
		expect(aha.requests.every(isRead)).toBe(true);
	});
});
