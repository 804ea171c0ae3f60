import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { StubResponse, RecordedRequest, Recorder } from '../../tools/harness/recorder';
import { startRecorder } from '../../tools/harness/recorder';

let answer: (request: RecordedRequest) => StubResponse = () => ({ body: { feature: { id: '1' } } });
let aha: Recorder;
let n8n: Harness;

beforeAll(async () => {
	aha = await startRecorder((request) => answer(request));
	const ahaApiKey = { accountDomain: 'mycompany', apiKey: 'sandbox-key-owner' };
	n8n = await harness({ env: aha.env, credentials: { ahaApiKey } });
});

afterAll(async () => {
	n8n.stop();
	await aha.stop();
});

beforeEach(() => {
	aha.requests.length = 0;
	answer = () => ({ body: { feature: { id: '1' } } });
});

const locator = (mode: string, value: string): INodeParameters => ({ __rl: true, mode, value });
const chosen = locator('id', 'PRJ1-7');
const GIVEN = '={{ $json.value }}';

/** An update of a feature with one field filled in by an expression. */
const updateOf = (field: string, typed: unknown = GIVEN): INodeParameters => ({
	resource: 'feature',
	operation: 'update',
	record: chosen,
	additionalFields: { [field]: typed } as INodeParameters,
});

const run = async (parameters: INodeParameters, value: unknown) =>
	await n8n.run(parameters, [{ json: { value } as IDataObject }]);

const feature = { resource: 'feature', operation: 'get' };
const user = { resource: 'user', operation: 'update', record: locator('id', '7') };
const list = { resource: 'feature', operation: 'getAll', belongsTo: 'account' };
const competitor = { resource: 'competitor', operation: 'update' };
const ids = { product_id: locator('id', 'PRJ1'), record: locator('id', '7') };
const byId = locator('id', GIVEN);

/** What no field of its kind takes: the form, the value, and the field that the sentence names. */
const REFUSED: Array<[string, INodeParameters, unknown, string]> = [
	['a date that is none', updateOf('due_date'), '2026-02-30', 'Due Date'],
	['words for a date', updateOf('due_date'), 'tomorrow', 'Due Date'],
	['an object for a date', updateOf('due_date'), { day: 1 }, 'Due Date'],
	[
		'a moment that is none',
		{ ...list, filters: { updated_since: GIVEN } },
		'soon',
		'Updated Since',
	],
	['text for a number', updateOf('initial_estimate'), 'three', 'Initial Estimate'],
	['an array for a number', updateOf('initial_estimate'), [3], 'Initial Estimate'],
	['infinity for a number', updateOf('initial_estimate'), '1e999', 'Initial Estimate'],
	['half a percent', updateOf('progress'), 0.5, 'Progress'],
	['neither yes nor no', { ...user, additionalFields: { enabled: GIVEN } }, 'maybe', 'Enabled'],
	['an unknown choice', updateOf('progress_source'), 'progress_magic', 'Progress Source'],
	['an object for text', updateOf('team'), { key: 'X' }, 'Team'],
	['an array for text', updateOf('name'), ['a', 'b'], 'Name'],
	['an object for rich text', updateOf('description'), { body: 'x' }, 'Description'],
	['an array for a status', updateOf('workflow_status'), ['New'], 'Status'],
	['broken JSON', updateOf('custom_fields'), '{"priority": ', 'Custom Fields (JSON)'],
	[
		'a name for a person',
		updateOf('assigned_to_user', locator('email', GIVEN)),
		'Jo',
		'Assigned To',
	],
	[
		'a word for a color',
		{ ...competitor, ...ids, additionalFields: { color: GIVEN } },
		'blue',
		'Color',
	],
	['objects in a list', updateOf('tags'), [{ name: 'a' }], 'Tags'],
	['objects for people', updateOf('watchers'), [{ name: 'Jo' }], 'Watchers'],
	['a release for an epic', updateOf('epic', byId), 'PRJ1-R-3', 'Epic'],
	['an epic for a feature', { ...feature, record: byId }, 'PRJ1-E-4', 'Record'],
	['a path for an id', { ...feature, record: byId }, '../users', 'Record'],
	['an encoded path for an id', { ...feature, record: byId }, '..%2fusers', 'Record'],
	['a query behind an id', { ...feature, record: byId }, '7?fields=*', 'Record'],
	['a line break in an id', { ...feature, record: byId }, '7\r\nX: y', 'Record'],
	[
		'a link elsewhere',
		{ ...feature, record: byId },
		'https://evil.example/features/PRJ1-7',
		'Record',
	],
	['an object for an id', { ...feature, record: byId }, { name: 'A' }, 'Record'],
	['nothing for an id', { ...feature, record: byId }, null, 'Record'],
	['no value for an id', { ...feature, record: byId }, undefined, 'Record'],
];

/** Where a value that may be a name is looked up. */
const LISTS_OF_NAMES = ['/api/v1/features', '/api/v1/products/PRJ1/users'];

test.each(REFUSED)(
	'%s is refused by the name of its field',
	async (_what, parameters, value, label) => {
		const error = (await run(parameters, value).catch((thrown: unknown) => thrown)) as Error;
		expect(error.message).toContain(`"${label}"`);
		expect(error.message).not.toMatch(/\bat .+:\d+|undefined|\[object/);
		expect(error.message.length).toBeLessThan(250);
		const others = aha.requests.filter(({ path }) => !LISTS_OF_NAMES.includes(path));
		expect(others).toEqual([]);
	},
);

describe('what only Aha! can judge', () => {
	const LARGE: Array<[string, string, unknown, string]> = [
		['300 tags', 'tags', Array.from({ length: 300 }, (_, n) => `tag ${n}`), 'tags'],
		['a megabyte of HTML', 'description', `<p>${'x'.repeat(1024 * 1024)}</p>`, 'description'],
		['an unknown status', 'workflow_status', 'No such status', 'workflow_status'],
	];

	test.each(LARGE)(
		'%s arrives whole, and its refusal is an error',
		async (_what, field, value, key) => {
			answer = () => ({
				status: 422,
				body: {
					errors: { message: `${key} is not valid`, attributes: { [key]: ['is not valid'] } },
				},
			});
			const error = (await run(updateOf(field), value).catch((thrown: unknown) => thrown)) as Error;
			expect(error).toMatchObject({ httpCode: '422', description: expect.stringContaining('422') });
			expect(error.message).toContain(`${key} is not valid`);
			expect(aha.requests.map(({ body }) => body)).toEqual([{ feature: { [key]: value } }]);
		},
	);
});

describe('an expression without a value', () => {
	const TEXTS = ['name', 'description'];
	const OTHERS = [
		...['workflow_status', 'tags', 'watchers', 'custom_fields'],
		...['initial_estimate', 'progress', 'due_date'],
	];

	test.each<[string, INodeParameters, string | null]>([
		...TEXTS.map((field): [string, INodeParameters, ''] => [field, updateOf(field), '']),
		...OTHERS.map((field): [string, INodeParameters, null] => [field, updateOf(field), null]),
		['assigned_to_user', updateOf('assigned_to_user', locator('email', GIVEN)), null],
		['epic', updateOf('epic', byId), null],
	])('clears %s or leaves it alone', async (field, parameters, empty) => {
		await run(parameters, null);
		await expect(run(parameters, undefined)).rejects.toMatchObject({
			message: 'Nothing to update',
		});
		const [cleared, ...others] = aha.requests.map(({ body }) => body);
		expect(cleared).toEqual({ feature: { [field]: empty } });
		expect(others).toEqual([]);
		for (const { text } of aha.requests) expect(text).not.toMatch(/undefined|NaN|"null"/);
	});
});

test('one bad item among good ones is the only one that fails', async () => {
	const items = ['2026-01-31', 'never', '2026-02-01'].map((value) => ({ json: { value } }));
	const given = await n8n.run(updateOf('due_date'), items, { continueOnFail: true });
	expect(given.map(({ json }) => json.error ?? json.id)).toEqual([
		'1',
		expect.stringContaining('"Due Date" must be a date'),
		'1',
	]);
	expect(aha.requests).toHaveLength(2);
});
