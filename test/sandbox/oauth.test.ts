import type { AxiosInstance } from 'axios';

import type { Sandbox, SandboxAccount } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { authorizationQuery, bearer, clientOf, User } from './browsing';

const CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';

// Generating keys can take long on a busy machine.
jest.setTimeout(60_000);

let sandbox: Sandbox;
let account: SandboxAccount;
let aha: AxiosInstance;
let person: User;

beforeAll(async () => {
	sandbox = await startSandbox({ limits: null });
	aha = clientOf(sandbox, 'https://mycompany.aha.io');
	account = sandbox.account('mycompany');
	account.app.redirectUris.push(CALLBACK, 'https://example.com/other');
});
beforeEach(() => {
	person = new User(aha, account);
	Object.assign(account.tokens, { lifetime: Infinity, rotateRefresh: true, refreshes: 0 });
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => sandbox.stop());

const token = (fields: Record<string, string>) =>
	aha.post(
		'/oauth/token',
		new URLSearchParams({
			client_id: account.app.clientId,
			client_secret: account.app.clientSecret,
			...fields,
		}),
	);
const exchange = (code: string, fields: Record<string, string> = {}) =>
	token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...fields });
const renew = (refresh: string) => token({ grant_type: 'refresh_token', refresh_token: refresh });
const accepts = async (access: string) =>
	(await aha.get('/api/v1/me', bearer(access))).status === 200;
const newTokens = async () => (await exchange(await person.code(authorizationQuery(account)))).data;
const goOn = (milliseconds: number) => {
	const later = Date.now() + milliseconds;
	jest.spyOn(Date, 'now').mockReturnValue(later);
};

describe('the pages', () => {
	it.each([
		['an unknown client', { client_id: 'sandbox-client-unknown' }],
		['an unregistered redirect URI', { redirect_uri: 'https://example.com/evil' }],
		['a redirect URI that only begins as a registered one', { redirect_uri: `${CALLBACK}/more` }],
		['no redirect URI', { redirect_uri: undefined }],
	])('show an error and do not redirect for %s', async (_, differences) => {
		const { status, headers, data } = await person.open(authorizationQuery(account, differences));
		expect(status).toBe(400);
		expect(headers).not.toHaveProperty('location');
		expect(data).toContain('cannot be authorized');
	});

	it('accept only the code grant', async () => {
		const { headers } = await person.open(authorizationQuery(account, { response_type: 'token' }));
		expect(headers.location).toBe(`${CALLBACK}?error=unsupported_response_type&state=state-1`);
	});

	it('ask again when the password is wrong', async () => {
		const page = await person.open(authorizationQuery(account));
		const response = await person.signIn(page, 'sandbox-password-wrong');
		expect(response.status).toBe(401);
		expect(response.data).toContain('password is wrong');
		expect((await person.open(authorizationQuery(account))).headers.location).toContain(
			'/session/new',
		);
	});

	it('redirect with a code and the state', async () => {
		const { origin, pathname, searchParams } = await person.consent(
			authorizationQuery(account, { state: 'a b&c=ä', scope: 'one two' }),
		);
		expect(origin + pathname).toBe(CALLBACK);
		expect(searchParams.get('state')).toBe('a b&c=ä');
		const { data } = await exchange(searchParams.get('code') ?? '');
		expect(data).toMatchObject({ token_type: 'Bearer', scope: 'one two' });
		expect(data).not.toHaveProperty('expires_in');
	});

	it('redirect with an error when the user denies', async () => {
		const { searchParams } = await person.consent(authorizationQuery(account), 'Deny');
		expect(Object.fromEntries(searchParams)).toEqual({ error: 'access_denied', state: 'state-1' });
	});

	it('accept no consent from another page', async () => {
		await person.signIn(await person.open(authorizationQuery(account)));
		const { data } = await person.open(authorizationQuery(account));
		const forged = data.replace(/(authenticity_token" value=")[^"]*/, '$1forged');
		expect((await person.press(forged, 'Authorize')).status).toBe(422);
	});

	it('escape parameters in the HTML', async () => {
		await person.signIn(await person.open(authorizationQuery(account)));
		const { data } = await person.open(authorizationQuery(account, { state: '"><script>' }));
		expect(data).not.toContain('<script>');
	});

	it('do not share sessions with other accounts', async () => {
		const other = sandbox.account('othercompany');
		other.app.redirectUris.push(CALLBACK);
		const stranger = new User(clientOf(sandbox, 'https://othercompany.aha.io'), other);
		const code = await stranger.code(authorizationQuery(other));
		expect((await exchange(code)).data.error).toBe('invalid_grant');
	});
});

describe('the exchange of a code', () => {
	it.each([
		['a wrong secret', { client_secret: 'sandbox-secret-wrong' }, 401, 'invalid_client'],
		['a wrong client', { client_id: 'sandbox-client-wrong' }, 401, 'invalid_client'],
		['another registered URI', { redirect_uri: 'https://example.com/other' }, 400, 'invalid_grant'],
		['an unknown code', { code: 'sandbox-code-wrong' }, 400, 'invalid_grant'],
		['an unknown grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
		['no grant', { grant_type: '' }, 400, 'invalid_request'],
	])('is refused for %s', async (_, fields, status, error) => {
		const code = await person.code(authorizationQuery(account));
		const refusal = await exchange(code, fields);
		expect([refusal.status, refusal.data.error]).toEqual([status, error]);
		expect(refusal.data.error_description).toMatch(/\w+/);
		expect((await exchange(code)).status).toBe(200);
	});

	it('works once; a second time revokes the tokens of the first', async () => {
		const code = await person.code(authorizationQuery(account));
		const { access_token: access, refresh_token: refresh } = (await exchange(code)).data;
		expect(await accepts(access)).toBe(true);
		expect((await exchange(code)).data.error).toBe('invalid_grant');
		expect(await accepts(access)).toBe(false);
		expect((await renew(refresh)).data.error).toBe('invalid_grant');
	});

	it('works within ten minutes', async () => {
		const code = await person.code(authorizationQuery(account));
		const late = await person.code(authorizationQuery(account));
		goOn(599_000);
		expect((await exchange(code)).status).toBe(200);
		goOn(600_000);
		expect((await exchange(late)).data.error).toBe('invalid_grant');
	});

	it('returns a token that is only valid for this account', async () => {
		const { access_token: access } = await newTokens();
		const other = clientOf(sandbox, 'https://othercompany.aha.io');
		expect((await other.get('/api/v1/me', bearer(access))).status).toBe(401);
	});
});

describe('tokens', () => {
	it('can be expired and refreshed', async () => {
		const { access_token: access, refresh_token: refresh } = await newTokens();
		account.tokens.expireAccess();
		expect(await accepts(access)).toBe(false);
		const { data } = await renew(refresh);
		expect(await accepts(data.access_token)).toBe(true);
		expect(account.tokens.refreshes).toBe(1);
	});

	it('count refresh tokens that are used again', async () => {
		const { refresh_token: refresh } = await newTokens();
		await renew(refresh);
		expect(account.tokens.reuses).toBe(0);
		expect((await renew(refresh)).status).toBe(400);
		expect(account.tokens.reuses).toBe(1);
	});

	it('have the lifetime that was set', async () => {
		account.tokens.lifetime = 3_600;
		const { access_token: access, expires_in: expires } = await newTokens();
		expect(expires).toBe(3_600);
		goOn(3_599_000);
		expect(await accepts(access)).toBe(true);
		goOn(2_000);
		expect(await accepts(access)).toBe(false);
	});

	it('rotate; a used refresh token revokes all tokens of the consent', async () => {
		const { refresh_token: first } = await newTokens();
		const { data } = await renew(first);
		expect(data.refresh_token).not.toBe(first);
		expect(await accepts(data.access_token)).toBe(true);
		expect((await renew(first)).data.error).toBe('invalid_grant');
		expect(await accepts(data.access_token)).toBe(false);
		expect((await renew(data.refresh_token)).data.error).toBe('invalid_grant');
	});

	it('keep the refresh token when rotation is off', async () => {
		account.tokens.rotateRefresh = false;
		const { refresh_token: refresh } = await newTokens();
		expect((await renew(refresh)).data.refresh_token).toBe(refresh);
		expect((await renew(refresh)).status).toBe(200);
	});

	it('are revoked by the application together with all others of the consent', async () => {
		const mine = await newTokens();
		const others = await newTokens();
		const revoke = (secret: string) =>
			aha.post(
				'/oauth/revoke',
				new URLSearchParams({
					client_id: account.app.clientId,
					client_secret: secret,
					token: mine.access_token,
				}),
			);
		expect((await revoke('sandbox-secret-wrong')).status).toBe(401);
		expect(await accepts(mine.access_token)).toBe(true);
		expect((await revoke(account.app.clientSecret)).status).toBe(200);
		expect(await accepts(mine.access_token)).toBe(false);
		expect((await renew(mine.refresh_token)).status).toBe(400);
		expect(await accepts(others.access_token)).toBe(true);
	});

	it('are all revoked by the user', async () => {
		const { access_token: access, refresh_token: refresh } = await newTokens();
		account.tokens.revokeAll();
		expect(await accepts(access)).toBe(false);
		expect((await renew(refresh)).data.error).toBe('invalid_grant');
	});
});
