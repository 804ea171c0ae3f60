import type { ICredentialType, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { TESTED_URL_EXPRESSION } from '../../../credentials/account';
import { AhaApiKey } from '../../../credentials/AhaApiKey.credentials';
import { AhaOAuth2Api } from '../../../credentials/AhaOAuth2Api.credentials';

/** What a credential asks for, without its texts. */
const fieldsOf = ({ properties }: ICredentialType) =>
	properties
		.filter(({ type }) => type !== 'hidden')
		.map(({ name, type, required, typeOptions, default: initial }) => [
			name,
			type,
			...(required ? ['required'] : []),
			...(typeOptions?.password ? ['password'] : []),
			initial,
		]);

const hiddenOf = ({ properties }: ICredentialType) =>
	Object.fromEntries(
		properties
			.filter(({ type }) => type === 'hidden')
			.map(({ displayName, name, default: value }) => {
				expect(displayName).toBe(name);
				return [name, value];
			}),
	);

describe('Aha! API', () => {
	const credential = new AhaApiKey();
	const { authenticate, test: credentialTest } = credential;
	const stored = { accountDomain: 'mycompany', apiKey: 'sandbox-key-1' };

	it('asks for the account and a key', () => {
		expect(fieldsOf(credential)).toEqual([
			['accountDomain', 'string', 'required', ''],
			['accountDomainNotice', 'notice', ''],
			['apiKey', 'string', 'required', 'password', ''],
		]);
		expect(hiddenOf(credential)).toEqual({
			allowedHttpRequestDomains: 'domains',
			allowedDomains: expect.stringContaining('.aha.io') as string,
		});
		expect(credential.name).toBe('ahaApiKey');
	});

	it('adds the key to a request, and nothing else changes', async () => {
		const options: IHttpRequestOptions = {
			url: 'https://mycompany.aha.io/api/v1/me',
			method: 'PUT',
			headers: { Accept: 'application/json' },
			body: { name: 'a' },
		};
		expect(await authenticate(stored, options)).toEqual({
			...options,
			sendCredentialsOnCrossOriginRedirect: false,
			headers: { Accept: 'application/json', Authorization: 'Bearer sandbox-key-1' },
		});
	});

	it.each<Partial<IHttpRequestOptions> & { uri?: string }>([
		{ baseURL: 'https://mycompany.aha.io', url: '/me' },
		{ uri: 'https://mycompany.aha.io/me' },
	])('knows the URL of %j', async (options) => {
		const { headers } = await authenticate(stored, options as IHttpRequestOptions);
		expect(headers).toEqual({ Authorization: 'Bearer sandbox-key-1' });
	});

	it.each<Partial<IHttpRequestOptions> & { uri?: string }>([
		{ url: 'https://evil-mycompany.aha.io/me' },
		{ uri: 'https://evil.com/' },
		{ baseURL: 'https://evil.com', url: '/me' },
		{ url: 'https://evil.com/', uri: 'https://mycompany.aha.io/me' } as never,
		{},
	])('keeps the key from %j', async (options) => {
		const signed = authenticate(stored, options as IHttpRequestOptions);
		await expect(signed).rejects.toThrow('only sends requests to https://mycompany.aha.io');
	});

	const url = 'https://mycompany.aha.io/me';

	it('removes spaces around the key', async () => {
		const { headers } = await authenticate({ ...stored, apiKey: ' key!~\n' }, { url });
		expect(headers?.Authorization).toBe('Bearer key!~');
	});

	it.each(['', ' ', undefined, null, 'a b', 'a\r\nb', 'kéy', 'key\u007f', 'a\u200bb'])(
		'rejects the key %j without showing it',
		async (apiKey) => {
			const signed = authenticate({ ...stored, apiKey } as never, { url });
			await expect(signed).rejects.toThrow(UserError);
			await expect(signed).rejects.toThrow(/^The API key is empty or contains characters/);
		},
	);

	it('is tested with a small request, whose failures are told apart', () => {
		expect(credentialTest.request).toEqual({ baseURL: TESTED_URL_EXPRESSION, url: '/me' });
		const rules = credentialTest.rules?.map(({ type, properties }) => [
			type,
			(properties as { value: number }).value,
		]);
		expect(rules).toEqual([401, 403, 404, 429].map((status) => ['responseCode', status]));
	});
});

describe('Aha! OAuth2 API', () => {
	const credential = new AhaOAuth2Api();

	it("asks for the account and the application, in n8n's own flow", () => {
		expect(credential.name).toBe('ahaOAuth2Api');
		expect(credential.extends).toEqual(['oAuth2Api']);
		expect(fieldsOf(credential)).toEqual([
			['accountDomain', 'string', 'required', ''],
			['accountDomainNotice', 'notice', ''],
			['clientId', 'string', 'required', ''],
			['clientSecret', 'string', 'required', 'password', ''],
			['scope', 'string', ''],
			['choiceNotice', 'notice', ''],
		]);
		expect(hiddenOf(credential)).toEqual({
			grantType: 'authorizationCode',
			authUrl: expect.stringContaining('.aha.io/oauth/authorize"') as string,
			accessTokenUrl: expect.stringContaining('.aha.io/oauth/token"') as string,
			authQueryParameters: '',
			authentication: 'body',
			allowedHttpRequestDomains: 'domains',
			allowedDomains: expect.stringContaining('.aha.io') as string,
		});
	});
});

test.each([new AhaApiKey(), new AhaOAuth2Api()])(
	'$name offers itself in the HTTP Request node, with an icon that exists',
	({ httpRequestNode, icon }) => {
		expect(httpRequestNode?.name).toBe('Aha!');
		expect(icon).toEqual({ light: 'file:../icons/aha.svg', dark: 'file:../icons/aha.dark.svg' });
	},
);
