import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { StoredCredentials } from '../../tools/harness/credentials';
import type { StubResponse, RecordedRequest, Recorder } from '../../tools/harness/recorder';
import { startRecorder } from '../../tools/harness/recorder';

const credentials: StoredCredentials = {
	ahaApiKey: { accountDomain: ' MyCompany ', apiKey: 'sandbox-key-owner' },
	ahaOAuth2Api: {
		accountDomain: 'https://mycompany.aha.io/products',
		clientId: 'sandbox-client',
		clientSecret: 'sandbox-secret',
		oauthTokenData: { access_token: 'sandbox-old', refresh_token: 'sandbox-refresh' },
	},
};
let accepted = 'sandbox-new';
const feature = { id: '7', reference_num: 'PRJ1-7', name: 'Feature 7' };

function answer({ path, authorization, query }: RecordedRequest): StubResponse {
	if (path === '/oauth/token') {
		return { body: { access_token: accepted, refresh_token: 'sandbox-refresh-2' } };
	}
	if (authorization !== `Bearer ${accepted}`) return { status: 401, body: { error: 'invalid' } };
	if (path === '/api/v1/products') return { body: { products: [{ id: '1', name: 'Gizmo' }] } };
	if (query.q) return { status: 422, body: { errors: { message: 'q is no word' } } };
	if (path === '/api/v1/features') return { body: { features: [feature] } };
	return { body: { feature } };
}

let aha: Recorder;
let n8n: Harness;

beforeAll(async () => {
	aha = await startRecorder(answer);
	n8n = await harness({ env: aha.env, credentials });
});

afterAll(async () => {
	n8n.stop();
	await aha.stop();
});

beforeEach(() => (aha.requests.length = 0));

const get = { resource: 'feature', operation: 'get', output: 'raw' };
const byId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };

test('items stay paired through the engine, with an API key', async () => {
	accepted = 'sandbox-key-owner';
	const items = await n8n.run({ ...get, record: byId }, [
		{ json: { id: 'PRJ1-7' } },
		{ json: { id: '8' } },
	]);
	expect(items).toEqual([
		{ json: feature, pairedItem: { item: 0 } },
		{ json: feature, pairedItem: { item: 1 } },
	]);
	expect(aha.requests.map(({ method, host, path }) => `${method} ${host}${path}`)).toEqual([
		'GET mycompany.aha.io/api/v1/features/PRJ1-7',
		'GET mycompany.aha.io/api/v1/features/8',
	]);
});

test('an expired token is refreshed once and kept', async () => {
	accepted = 'sandbox-new';
	const run = { ...get, authentication: 'oAuth2', record: byId };
	const items = await n8n.run(run, [{ json: { id: '7' } }, { json: { id: '8' } }]);
	expect(items.map(({ json }) => json)).toEqual([feature, feature]);
	const refreshes = aha.requests.filter(({ path }) => path === '/oauth/token');
	expect(refreshes.map(({ body }) => body)).toEqual([
		expect.objectContaining({
			grant_type: 'refresh_token',
			refresh_token: 'sandbox-refresh',
			client_id: 'sandbox-client',
		}),
	]);
	expect(credentials.ahaOAuth2Api?.oauthTokenData).toMatchObject({
		access_token: 'sandbox-new',
		refresh_token: 'sandbox-refresh-2',
	});
});

test("Aha!'s own sentence is n8n's error, or an item where the node goes on", async () => {
	accepted = 'sandbox-key-owner';
	const run = { resource: 'feature', operation: 'getAll', filters: { q: '={{ $json.q }}' } };
	const items = [{ json: { q: '' } }, { json: { q: '?' } }];
	await expect(n8n.run(run, items)).rejects.toMatchObject({
		message: 'q is no word',
		httpCode: '422',
	});
	const given = await n8n.run(run, items, { continueOnFail: true });
	expect(
		given.map(({ json, pairedItem }) => [json.reference_num ?? json.error, pairedItem]),
	).toEqual([
		['PRJ1-7', { item: 0 }],
		['q is no word', { item: 1 }],
	]);
});

test('a list of the form is asked for as the editor asks', async () => {
	accepted = 'sandbox-key-owner';
	const { results } = await n8n.search('workspace', { resource: 'feature', operation: 'getAll' });
	expect(results).toEqual([{ name: 'Gizmo', value: '1' }]);
});
