import { AhaApiKey } from '../../../credentials/AhaApiKey.credentials';
import { AhaOAuth2Api } from '../../../credentials/AhaOAuth2Api.credentials';
import {
	ACCOUNT_DOMAIN_PATTERN,
	accountExpression,
	accountHost,
	assertAccountUrl,
	TESTED_URL_EXPRESSION,
} from '../../../credentials/account';
import { accountDomainFields } from '../../../credentials/fields';

const KEY = 'sandbox-key-unit';
const credential = { accountDomain: ' MyCompany ', apiKey: ` ${KEY} ` };
const apiKey = new AhaApiKey();

describe('the account domain', () => {
	test.each([
		['mycompany', 'mycompany.aha.io'],
		[' MyCompany.Aha.IO ', 'mycompany.aha.io'],
		['https://mycompany.aha.io/products/PRJ1?a=b#c', 'mycompany.aha.io'],
		['HTTP://mycompany.aha.io', 'mycompany.aha.io'],
		['a', 'a.aha.io'],
		['www2', 'www2.aha.io'],
		['securest', 'securest.aha.io'],
		[`a${'b'.repeat(61)}c`, `a${'b'.repeat(61)}c.aha.io`],
	])('%j leads to %s', (typed, host) => {
		expect(accountHost(typed)).toBe(host);
	});

	test.each([
		...['', ' ', 'www', 'secure', 'WWW.aha.io', 'Secure', 'xn--abc', '-a', 'a-', 'a.b'],
		...[`a${'b'.repeat(62)}c`, 'evil.com', 'mycompany.aha.io.evil.com', 'mycompany.aha.io//evil'],
		...['https://mycompany', 'ftp://mycompany.aha.io', 'mycompany@evil', 'x mycompany'],
	])('%j is rejected', (typed) => {
		expect(() => accountHost(typed)).toThrow(
			'The account domain is not valid. Enter the account domain from your browser',
		);
	});

	test.each([undefined, null, 1, {}, ['mycompany']])('%j is rejected', (typed) => {
		expect(() => accountHost(typed)).toThrow('The account domain is not valid');
	});

	test('is read by the form and by n8n with the same pattern', () => {
		const [, notice] = accountDomainFields;
		expect(notice.displayOptions).toEqual({
			hide: { accountDomain: ['', { _cnd: { regex: ACCOUNT_DOMAIN_PATTERN } }] },
		});
		const evaluate = (expression: string, name: string, fields: object) =>
			expression.replace(/\{\{([\s\S]*)\}\}/, (_, code: string) =>
				// The expression is our own.
				String(new Function(name, `return ${code}`)(fields)),
			);
		const url = evaluate(accountExpression('https://', '/oauth/token'), '$self', credential);
		expect(url.trim()).toBe('=https://mycompany.aha.io/oauth/token');
		const tested = (accountDomain: unknown) =>
			evaluate(TESTED_URL_EXPRESSION, '$credentials', { accountDomain });
		expect(tested(' MyCompany ')).toBe('=https://mycompany.aha.io/api/v1');
		expect(tested('evil.com/#')).toBe('=https://.aha.io/api/v1');
	});
});

describe('a key', () => {
	test('is added to a request to its account', async () => {
		const request = { url: '/me', baseURL: 'https://mycompany.aha.io/api/v1', headers: { a: 'b' } };
		expect(await apiKey.authenticate(credential, request)).toEqual({
			...request,
			sendCredentialsOnCrossOriginRedirect: false,
			headers: { a: 'b', Authorization: `Bearer ${KEY}` },
		});
	});

	test("is added to a request of n8n's older helper", async () => {
		const request = { uri: 'https://mycompany.aha.io/api/v1/me' } as never;
		expect((await apiKey.authenticate(credential, request)).headers).toEqual({
			Authorization: `Bearer ${KEY}`,
		});
	});

	test.each([
		'https://evil-mycompany.aha.io/api/v1/me',
		'https://mycompany.aha.io.evil.example/api/v1/me',
		'https://mycompany.aha.io@evil.example/',
		'https://mycompany.aha.io:8443/api/v1/me',
		'https://sub.mycompany.aha.io/api/v1/me',
		'https://other.aha.io/api/v1/me',
		'http://mycompany.aha.io/api/v1/me',
		'//evil.example/',
		'not a URL',
		'',
	])('never goes to %j', async (url) => {
		await expect(apiKey.authenticate(credential, { url })).rejects.toThrow(
			'This Aha! credential only sends requests to https://mycompany.aha.io',
		);
	});

	test('never goes to another host through the base URL', () => {
		const check = (url: string, base?: string) => () =>
			assertAccountUrl('mycompany.aha.io', url, base);
		expect(check('/me', 'https://mycompany.aha.io')).not.toThrow();
		expect(check('/me', 'https://evil.example')).toThrow('only sends requests');
		expect(check('https://evil.example/me', 'https://mycompany.aha.io')).toThrow('only sends');
		expect(check('/me')).toThrow('only sends');
	});

	test.each(['', ' ', 'a b', 'a\r\nX: y', 'ü', 'a\u007f', undefined])(
		'that is %j is rejected without being shown',
		async (key) => {
			const request = { url: 'https://mycompany.aha.io/api/v1/me' };
			await expect(
				apiKey.authenticate({ ...credential, apiKey: key as string }, request),
			).rejects.toThrow('The API key is empty or contains characters that are not allowed');
		},
	);

	test.each(['!', '~', 'a-b_c.d'])('may be %j', async (key) => {
		const request = { url: 'https://mycompany.aha.io/api/v1/me' };
		const { headers } = await apiKey.authenticate({ ...credential, apiKey: key }, request);
		expect(headers).toEqual({ Authorization: `Bearer ${key}` });
	});
});

const fieldsOf = (credentialType: AhaApiKey | AhaOAuth2Api) =>
	Object.fromEntries(credentialType.properties.map((property) => [property.name, property]));

test.each([new AhaApiKey(), new AhaOAuth2Api()])(
	'%# is limited to the host of the account, and hides secrets',
	(credentialType) => {
		const { allowedHttpRequestDomains, allowedDomains, accountDomain, apiKey, clientSecret } =
			fieldsOf(credentialType);
		expect(allowedHttpRequestDomains).toMatchObject({ type: 'hidden', default: 'domains' });
		expect(allowedDomains).toMatchObject({ type: 'hidden', default: accountExpression('', '') });
		expect(accountDomain).toMatchObject({ type: 'string', required: true, default: '' });
		expect((apiKey ?? clientSecret).typeOptions).toEqual({ password: true });
		expect((apiKey ?? clientSecret).required).toBe(true);
	},
);

test('OAuth2 uses the authorization code grant of the account', () => {
	const fields = fieldsOf(new AhaOAuth2Api());
	const values = Object.fromEntries(
		Object.entries(fields).map(([name, property]) => [name, property.default]),
	);
	expect(values).toMatchObject({
		grantType: 'authorizationCode',
		authentication: 'body',
		authQueryParameters: '',
		scope: '',
		authUrl: accountExpression('https://', '/oauth/authorize'),
		accessTokenUrl: accountExpression('https://', '/oauth/token'),
	});
	for (const name of ['grantType', 'authentication', 'authUrl', 'accessTokenUrl']) {
		expect(fields[name].type).toBe('hidden');
	}
	expect(fields.clientId.required).toBe(true);
	expect(new AhaOAuth2Api().extends).toEqual(['oAuth2Api']);
});

test('the test of a key asks who its user is', () => {
	expect(apiKey.test.request).toEqual({ baseURL: TESTED_URL_EXPRESSION, url: '/me' });
	const statuses = apiKey.test.rules?.map(({ type, properties }) => [type, properties]);
	expect(statuses).toEqual(
		[401, 403, 404, 429].map((value) => [
			'responseCode',
			{ value, message: expect.stringMatching(/\w/) },
		]),
	);
});
