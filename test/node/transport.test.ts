import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Sandbox, SandboxAccount } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import type { Grants } from '../../sandbox/oauth/grants';
import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { StoredCredentials } from '../../tools/harness/credentials';

jest.setTimeout(120_000);

const CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';

let sandbox: Sandbox;
let account: SandboxAccount;
let n8n: Harness;

/** What n8n keeps after a person let it in. */
function signIn(): IDataObject {
	const { clientId, clientSecret, redirectUris } = account.app;
	redirectUris.push(CALLBACK);
	const grants = account.tokens as Grants;
	const code = grants.issueCode(CALLBACK, '');
	return grants.exchange({
		grant_type: 'authorization_code',
		client_id: clientId,
		client_secret: clientSecret,
		redirect_uri: CALLBACK,
		code,
	});
}

beforeAll(async () => {
	// Ten times Aha!'s limits: the same work in a tenth of the time.
	sandbox = await startSandbox({ limits: { perSecond: 200, perMinute: 3_000 } });
	account = sandbox.account('mycompany');
	const { clientId, clientSecret } = account.app;
	const credentials: StoredCredentials = {
		ahaApiKey: { accountDomain: 'mycompany', apiKey: account.keys.owner },
		ahaOAuth2Api: {
			accountDomain: 'mycompany',
			clientId,
			clientSecret,
			oauthTokenData: signIn() as never,
		},
	};
	n8n = await harness({ env: sandbox.env, credentials });
});

afterAll(async () => {
	n8n.stop();
	await sandbox.stop();
});

beforeEach(() => (account.requests.length = 0));

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const create: INodeParameters = {
	resource: 'feature',
	operation: 'create',
	release_id: byId('PRJ1-R-1'),
	name: '={{ $json.name }}',
};

const named = (count: number, prefix: string): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { name: `${prefix} ${index}` } }));

const list: INodeParameters = { resource: 'feature', operation: 'getAll', belongsTo: 'release' };

/** The names of an account's features that begin with a word. */
async function featuresOf(prefix: string): Promise<string[]> {
	const parameters = { ...list, release_id: byId('PRJ1-R-1'), returnAll: true };
	const items = await n8n.run(parameters);
	return items.map(({ json }) => String(json.name)).filter((name) => name.startsWith(prefix));
}

const sorted = (names: readonly unknown[]): string[] => names.map(String).sort();

test('200 creates stand in the order of their items, none lost and none twice', async () => {
	const items = named(200, 'plain');
	const given = await n8n.run(create, items);
	expect(given.map(({ json }) => json.name)).toEqual(items.map(({ json }) => json.name));
	expect(given.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	expect(sorted(await featuresOf('plain'))).toEqual(sorted(items.map(({ json }) => json.name)));
});

test('a storm of refusals loses and doubles nothing', async () => {
	const remove = account.fault({ every: 3, kind: 'status', status: 429 });
	const items = named(150, 'storm');
	const given = await n8n.run(create, items);
	remove();
	expect(account.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(50);
	expect(given.map(({ json }) => json.name)).toEqual(items.map(({ json }) => json.name));
	expect(sorted(await featuresOf('storm'))).toEqual(sorted(items.map(({ json }) => json.name)));
});

test.each([
	['reset', undefined],
	['status', 502],
] as const)('a create that may have been carried out is not repeated: %s', async (kind, status) => {
	const match = ({ method }: { method: string }) => method === 'POST';
	const remove = account.fault({ match, kind, status, before: false, times: 1 });
	const items = named(3, kind);
	const given = await n8n.run(create, items, { continueOnFail: true });
	remove();
	const failed = given.filter(({ json }) => json.error !== undefined);
	expect(failed).toHaveLength(1);
	expect(failed[0].json.error).toContain('the record may exist');
	expect(sorted(await featuresOf(kind))).toEqual(sorted(items.map(({ json }) => json.name)));
});

test('what creates nothing twice is sent again after resets and errors', async () => {
	const [{ json: made }] = await n8n.run(create, named(1, 'again'));
	const id = byId(String(made.id));
	const feature = { resource: 'feature', record: id };
	for (const [method, operation] of [
		['GET', 'get'],
		['PUT', 'update'],
		['DELETE', 'delete'],
	]) {
		const match = (request: { method: string; path: string }) =>
			request.method === method && request.path.endsWith(String(made.id));
		const remove = account.fault({ match, kind: 'reset', before: false, times: 1 });
		const parameters = { ...feature, operation, additionalFields: { name: 'again 1' } };
		expect(await n8n.run(parameters)).toHaveLength(1);
		remove();
		expect(account.requests.filter(match)).toHaveLength(2);
		account.requests.length = 0;
	}
	expect(await featuresOf('again')).toEqual([]);
});

test('a token that expires in the middle of a run is renewed once', async () => {
	const { tokens } = account;
	expect(tokens.rotateRefresh).toBe(true);
	const before = tokens.refreshes;
	let answered = 0;
	const remove = account.fault({
		match: ({ path }) => {
			if (path.startsWith('/api/') && ++answered === 10) tokens.expireAccess();
			return false;
		},
		kind: 'status',
	});
	const items = named(40, 'token');
	const given = await n8n.run({ ...create, authentication: 'oAuth2' }, items);
	remove();
	expect(given.map(({ json }) => json.name)).toEqual(items.map(({ json }) => json.name));
	expect(tokens.refreshes - before).toBe(1);
	expect(account.requests.filter(({ status }) => status === 401).length).toBeGreaterThan(1);
	expect(sorted(await featuresOf('token'))).toEqual(sorted(items.map(({ json }) => json.name)));
});

test('an item that is wrong is the error, and nothing is sent', async () => {
	const items = [...named(5, 'first'), { json: { name: '' } }, ...named(300, 'later')];
	await expect(n8n.run(create, items)).rejects.toMatchObject({ context: { itemIndex: 5 } });
	expect(account.requests).toEqual([]);
});

test('Return All reads what the limits let it, in order, once', async () => {
	const all = { resource: 'feature', operation: 'getAll', belongsTo: 'account', returnAll: true };
	const items = await n8n.run(all);
	const pages = account.requests.map(({ query }) => Number(query.page)).sort((a, b) => a - b);
	expect(items.length).toBeGreaterThan(1_000);
	expect(pages).toEqual(pages.map((_, index) => index + 1));
	expect(pages).toHaveLength(Math.ceil(items.length / 200));
	expect(new Set(items.map(({ json }) => json.id)).size).toBe(items.length);
	account.requests.length = 0;
	await n8n.run({ ...all, returnAll: false, limit: 200 });
	expect(account.requests).toHaveLength(1);
});

test("the form's lists are read once for a while, for each credential", async () => {
	const form = { resource: 'feature', operation: 'getAll', belongsTo: 'account' };
	const first = await n8n.search('workspace', form);
	expect(await n8n.search('workspace', form)).toEqual(first);
	expect(account.requests).toHaveLength(1);
	await n8n.search('workspace', { ...form, authentication: 'oAuth2' });
	expect(account.requests).toHaveLength(2);
	expect(new Set(account.requests.map(({ token }) => token)).size).toBe(2);
});
