import { parseJson } from '../../nodes/Aha/transport/json';
import { kinds } from '../../sandbox/api/kinds';
import { startApi, useApi } from './startedApi';

/** What people measured on real accounts, where one would guess otherwise. */

const api = useApi();

type Fields = Record<string, unknown>;

const recordIn = async (route: string, key: string, body?: unknown): Promise<Fields> => {
	const { status, text } = await api.ask(route, body);
	expect({ status, text }).toMatchObject({ status: 200 });
	return (parseJson(text) as Fields)[key] as Fields;
};

const IDENTITY = ['created_at', 'id', 'name', 'product_id', 'reference_num', 'resource', 'url'];

test.each([
	['/products/PRJ1/features', 'features', IDENTITY],
	['/releases/PRJ1-R-5/features', 'features', IDENTITY],
	['/releases/PRJ1-R-5/epics', 'epics', IDENTITY.filter((key) => key !== 'product_id')],
])('%s has identity only, unless asked for more', async (path, key, identity) => {
	const { body } = await api.ask(`GET ${path}`);
	const records = body[key] as Fields[];
	expect(records.length).toBeGreaterThan(0);
	for (const record of records) expect(Object.keys(record).sort()).toEqual(identity);
	const asked = await api.ask(`GET ${path}?fields=name,workflow_status`);
	expect((asked.body[key] as Fields[])[0]).toHaveProperty('workflow_status.name');
});

test('a list without per_page has 30 records', async () => {
	const { body } = await api.ask('GET /features');
	expect(body.features).toHaveLength(30);
});

test('a record that does not exist is told in Aha!’s words', async () => {
	const { status, body } = await api.ask('GET /features/PRJ1-999999');
	expect([status, body]).toEqual([404, { error: 'Record not found.' }]);
});

test('a key result read by itself has neither url nor resource', async () => {
	const [{ id }] = [...api.store.all('key_result')];
	const record = await recordIn(`GET /key_results/${id}`, 'key_result');
	expect(record).not.toHaveProperty('url');
	expect(record).not.toHaveProperty('resource');
	expect(record.workflow_status).toEqual(expect.objectContaining({ name: expect.any(String) }));
});

test('a roll-up release has a page of its own, and a reference with R or MR', async () => {
	const references = [...api.store.all('roll_up_release')].map(({ data }) =>
		String(data.reference_num),
	);
	expect(references).toContainEqual(expect.stringMatching(/-MR-\d+$/));
	expect(references).toContainEqual(expect.stringMatching(/-R-10\d$/));
	for (const reference of references) {
		const { url } = await recordIn(`GET /roll_up_releases/${reference}`, 'roll_up_release');
		expect(url).toBe(`https://mycompany.aha.io/master_releases/${reference}`);
	}
});

test('a prefix can have small letters', async () => {
	const features = (await api.ask('GET /products/PRJe/features')).body.features as Fields[];
	expect(features[0].reference_num).toMatch(/^PRJe-\d+$/);
});

test('a workspace names the workflow of each kind of record', async () => {
	for (const prefix of ['PRJ1', 'PRJe']) {
		const product = await recordIn(`GET /products/${prefix}`, 'product');
		for (const kind of ['feature', 'epic', 'requirement', 'idea', 'release']) {
			const { id, statusable_type: type } = product[`${kind}_workflow`] as Fields;
			const workflow = await recordIn(`GET /workflows/${String(id)}`, 'workflow');
			expect((workflow.workflow_statuses as Fields[]).length).toBeGreaterThan(1);
			if (kind === 'epic' || kind === 'requirement') expect(type).toBe('Feature');
		}
	}
});

test('an id that was recorded as a number has all its digits', async () => {
	const { text } = await api.ask('GET /features/PRJ1-1?fields=custom_fields');
	expect(text).toMatch(/"custom_fields":\[\{"id":\d{19},/);
});

test('the history of a fresh account has each kind of record, and changes that are not interesting', async () => {
	const { store, app } = await startApi('othercompany');
	await app.close();
	const types = new Set(store.audits.map(({ auditable_type: type }) => type.replace(/^.*\//, '')));
	const wanted = kinds.filter(({ name, primary }) => primary && store.count(name) > 0);
	expect(types.size).toBeGreaterThanOrEqual(wanted.length);
	expect(new Set(store.audits.map(({ interesting }) => interesting))).toEqual(
		new Set([true, false]),
	);
});

test('a file is found in the description it was uploaded to', async () => {
	const before = await recordIn('GET /features/PRJ1-9', 'feature');
	const { id } = before.description as Fields;
	const link = {
		file_url: 'https://example.com/a.txt',
		file_name: 'a.txt',
		content_type: 'text/plain',
	};
	const { status } = await api.ask(`POST /notes/${String(id)}/attachments`, { attachment: link });
	expect(status).toBe(200);
	const after = await recordIn('GET /features/PRJ1-9', 'feature');
	expect(after.description).toMatchObject({ attachments: [{ file_name: 'a.txt' }] });
});

test.each(['note', 'whiteboard', 'folder', 'internal_link', 'external_link'])(
	'a note can be a %s, with or without a name',
	async (type) => {
		for (const named of [{ name: 'Notes' }, {}]) {
			const page = { ...named, document_type: type };
			const made = await recordIn('POST /products/PRJ1/pages', 'page', { page });
			expect(made).toMatchObject({
				document_type: expect.any(Number) as number,
				document_type_name: type,
				name: named.name ?? null,
			});
		}
	},
);

test('a create and an update respond with the fields that the body asks for', async () => {
	const body = { feature: { name: 'With fields' }, fields: 'name,workflow_status' };
	const made = await recordIn('POST /releases/PRJ1-R-5/features', 'feature', body);
	expect(Object.keys(made).sort()).toEqual(['id', 'name', 'product_id', 'workflow_status']);
	const changed = await recordIn(`PUT /features/${String(made.id)}`, 'feature', {
		feature: { name: 'Other' },
		fields: '*,watchers',
	});
	expect(changed).toMatchObject({ name: 'Other', description: expect.any(Object) as object });
});

test('an idea takes an admin response, a roll-up release a theme', async () => {
	await recordIn('PUT /ideas/PRJ1-I-5', 'idea', { idea: { admin_response: '<p>Soon</p>' } });
	const idea = await recordIn('GET /ideas/PRJ1-I-5?fields=admin_response', 'idea');
	expect(idea.admin_response).toMatchObject({ body: '<p>Soon</p>' });
	const [{ id }] = [...api.store.all('roll_up_release')];
	const body = { roll_up_release: { theme: '<p>Spring</p>' } };
	expect((await api.ask(`PUT /roll_up_releases/${id}`, body)).status).toBe(200);
	const theme = api.store.get(id)?.data.theme as never;
	expect(api.store.resolve(theme)?.data.body).toBe('<p>Spring</p>');
});

test.each([
	[
		'a record link',
		'POST /features/PRJ1-3/record_links',
		() => ({
			record_link: {
				record_type: 'feature',
				record_id: [...api.store.all('feature')].at(-1)?.id,
				link_type: 10,
			},
		}),
	],
])('%s responds with 204 and no body', async (_what, route, bodyOf) => {
	const { status, body } = await api.ask(route, bodyOf());
	expect([status, body]).toEqual([204, { text: '' }]);
});
