import type { ICredentialDataDecryptedObject, INode, INodeProperties } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { accountHost } from '../../credentials/account';
import { AhaApiKey } from '../../credentials/AhaApiKey.credentials';
import { accountDomainFields } from '../../credentials/fields';
import type { Sandbox } from '../../sandbox';
import { digestOf, startSandbox } from '../../sandbox';
import { GOOD, HOSTILE } from './accountDomains';
import type { CredentialName } from '../../tools/harness/credentials';
import { credentialsHelper } from '../../tools/harness/credentials';
import { clientOf } from '../sandbox/browsing';

// A machine with other work on it may take long to make keys.
jest.setTimeout(120_000);

const CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';

let sandbox: Sandbox;
const DOMAINS = ['mycompany', 'mycompany.use3', 'othercompany'];
const accounts = () => DOMAINS.map((domain) => sandbox.account(domain));
/** What reaches the accounts when nothing does. */
const NOTHING = { ...Object.fromEntries(DOMAINS.map((domain) => [domain, []])), refused: [] };

beforeAll(async () => {
	sandbox = await startSandbox({ limits: null, domains: DOMAINS });
	for (const { app } of accounts()) app.redirectUris.push(CALLBACK);
});
beforeEach(() => {
	sandbox.refused.length = 0;
	for (const { requests } of accounts()) requests.length = 0;
});
afterAll(() => sandbox.stop());

/** The paths that reached an account, and what reached none. */
const reached = () => ({
	...Object.fromEntries(
		accounts().map(({ domain, requests }) => [domain, requests.map(({ path }) => path)]),
	),
	refused: sandbox.refused,
});

/** A credential as n8n hands it out: defaults filled in, expressions evaluated. */
const evaluated = (type: CredentialName, typed: string) =>
	credentialsHelper({ [type]: { accountDomain: typed, apiKey: keyOf(typed) } }).getDecrypted(
		{} as never,
		{ id: '1', name: 'Aha!' },
		type,
		'internal',
		undefined,
		false,
	);

/** Fake, and another for each domain, so that a stray one is seen. */
const keyOf = (typed: string): string => `sandbox-key-${digestOf(typed)}`;

/** What n8n's OAuth2 controller and client do with a URL: nothing where it is none. */
async function send(method: 'GET' | 'POST', url: unknown): Promise<void> {
	if (!URL.canParse(String(url))) return;
	const { origin, pathname } = new URL(String(url));
	await clientOf(sandbox, origin).request({ method, url: pathname });
}

const node = { name: '', type: 'none', typeVersion: 1, parameters: {} } as unknown as INode;
const workflow = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: { getByNameAndVersion: () => undefined } as never,
});

/** n8n's credential test: its expressions, then `authenticate`, then the request. */
async function testKey(credentials: ICredentialDataDecryptedObject): Promise<void> {
	const { test, authenticate } = new AhaApiKey();
	const baseURL = workflow.expression.getSimpleParameterValue(
		node,
		String(test.request.baseURL),
		'internal',
		{ $credentials: credentials as never },
		undefined,
		'',
	);
	const options = { baseURL: String(baseURL), url: test.request.url ?? '' };
	const { headers } = await authenticate(credentials, options);
	await clientOf(sandbox, options.baseURL).get(options.url, { headers: headers as never });
}

it('has 57 good and 200 hostile domains or more, no two equal', () => {
	expect(new Set(GOOD.map(([typed]) => typed)).size).toBe(57);
	expect(new Set(HOSTILE).size).toBe(HOSTILE.length);
	expect(HOSTILE.length).toBeGreaterThanOrEqual(200);
});

describe('OAuth2', () => {
	it.each(GOOD)('%j leads to %s', async (typed, account) => {
		const { authUrl, accessTokenUrl, allowedDomains } = await evaluated('ahaOAuth2Api', typed);
		await send('GET', authUrl);
		await send('POST', accessTokenUrl);
		expect(allowedDomains).toBe(`${account}.aha.io`);
		expect(reached()).toEqual({ ...NOTHING, [account]: ['/oauth/authorize', '/oauth/token'] });
	});

	it.each(HOSTILE.map((typed) => [typed]))('%j leads nowhere', async (typed) => {
		const { authUrl, accessTokenUrl, allowedDomains } = await evaluated('ahaOAuth2Api', typed);
		await send('GET', authUrl);
		await send('POST', accessTokenUrl);
		expect([authUrl, accessTokenUrl, allowedDomains]).toEqual([undefined, undefined, undefined]);
		expect(reached()).toEqual(NOTHING);
	});
});

describe('API key', () => {
	it.each(GOOD)('%j is tested at %s', async (typed, account) => {
		const credentials = await evaluated('ahaApiKey', typed);
		await testKey(credentials);
		expect(credentials.allowedDomains).toBe(`${account}.aha.io`);
		expect(reached()).toEqual({ ...NOTHING, [account]: ['/api/v1/me'] });
		expect(sandbox.account(account).requests[0].token).toBe(digestOf(keyOf(typed)));
	});

	it.each(HOSTILE.map((typed) => [typed]))('%j is refused with what to enter', async (typed) => {
		const credentials = await evaluated('ahaApiKey', typed);
		await expect(testKey(credentials)).rejects.toThrow(
			'Enter the account domain from your browser',
		);
		expect(credentials.allowedDomains).toBeUndefined();
		expect(reached()).toEqual(NOTHING);
	});

	it.each([
		'https://othercompany.aha.io/api/v1/me',
		'http://mycompany.aha.io/api/v1/me',
		'https://mycompany.aha.io:8443/api/v1/me',
		'https://mycompany.aha.io.evil.com/',
		'https://mycompany.aha.io@evil.com/',
		'//evil.com/',
		'not a URL',
	])('is not put on a request to %s', async (url) => {
		const credentials = await evaluated('ahaApiKey', 'mycompany');
		await expect(new AhaApiKey().authenticate(credentials, { url })).rejects.toThrow(
			'only sends requests to https://mycompany.aha.io',
		);
	});
});

describe('what the node and the form read', () => {
	const [, notice] = accountDomainFields;
	const showsNotice = (accountDomain: string, field: INodeProperties = notice) =>
		NodeHelpers.displayParameter({ accountDomain }, field, null, null);

	it.each(GOOD)('%j names %s, and the form is content', (typed, account) => {
		expect(accountHost(typed)).toBe(`${account}.aha.io`);
		expect(showsNotice(typed)).toBe(false);
	});

	it.each(HOSTILE.map((typed) => [typed]))('%j names none, and the form says so', (typed) => {
		expect(() => accountHost(typed)).toThrow('Enter the account domain from your browser');
		// A field that nobody has filled in yet is no mistake.
		expect(showsNotice(typed)).toBe(typed !== '');
	});

	it.each(['a', '3m', 'a-b', 'a1', `a${'b'.repeat(61)}c`])('%s is a name too', (typed) => {
		expect(accountHost(typed)).toBe(`${typed}.aha.io`);
	});

	it.each([undefined, null, 1, {}, ['mycompany']])('%j is no text', (typed) => {
		expect(() => accountHost(typed)).toThrow('Enter the account domain');
	});
});
