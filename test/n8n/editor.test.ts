import type { Page } from 'playwright-core';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ACCOUNT_DOMAIN_HINT } from '../../credentials/account';
import { digestOf } from '../../sandbox';
import type { Grants } from '../../sandbox/oauth/grants';
import type { CredentialDialog } from './support/credentialDialog';
import type { Editor } from './support/editor';
import { leaks } from './support/leaks';
import { ahaNode, byId, chain, failureOf, manualTrigger, outputOf } from './support/workflow';
import { useWorld } from './support/world';

const world = useWorld('editor');
const ACTION = 'Get many features';
let editor: Editor;

beforeAll(async () => {
	editor = await world().openEditor();
	const { id } = await world().client.createWorkflow(chain('Editor', [manualTrigger()]));
	await editor.openWorkflow(id);
});

describe('the node panel', () => {
	test('finds the node, shows its actions, and lets one be dragged onto the canvas', async () => {
		await editor.searchPanel('aha', 'Aha!');
		await editor.openInPanel('Aha!');
		await editor.panelAction('Create a feature').waitFor();
		await editor.screenshot('panel');
		await editor.dragAction(ACTION, { x: 620, y: 300 });
		await editor.screenshot('node');
		expect(await editor.value('resource')).toBe('Feature');
		expect(await editor.value('operation')).toBe('Get Many');
	});
});

describe('an API key in the credential form', () => {
	let dialog: CredentialDialog;

	test('is one of two types that the picker offers', async () => {
		dialog = await editor.newCredential();
		expect(await dialog.types()).toEqual(['API Key', 'OAuth2']);
		await editor.screenshot('credential-types');
		await dialog.chooseType('API Key');
	});

	test('is refused for another host before anything leaves', async () => {
		const { account, sandbox } = world();
		const before = account.requests.length;
		await dialog.fill({ accountDomain: 'evil.com/#', apiKey: account.keys.owner });
		await dialog.text('This is not an Aha! account domain').waitFor();
		await dialog.save();
		await dialog.failure(`The account domain is not valid. ${ACCOUNT_DOMAIN_HINT}`);
		await editor.screenshot('credential-hostile-domain');
		expect(account.requests.slice(before)).toEqual([]);
		// n8n itself asks for newer versions of the package meanwhile.
		expect(sandbox.refused.join()).not.toContain('evil');
	});

	// Each says something else than the one before it, so that no answer passes for the next.
	test.each([
		['mycompany', 'revoked', 'Aha! did not accept this API key. It is wrong or was revoked'],
		['nobody-has-this', 'owner', 'There is no Aha! account with this name'],
		['mycompany', 'wrong', 'Aha! did not accept this API key. It is wrong or was revoked'],
	] as const)('of %s that is %s is told apart', async (accountDomain, key, reason) => {
		const { keys } = world().account;
		const apiKey = key === 'wrong' ? 'sandbox-key-wrong' : keys[key];
		await dialog.fill({ accountDomain, apiKey });
		await dialog.save();
		await dialog.failure(reason);
	});

	test('that is good is saved, and the node uses it', async () => {
		await editor.screenshot('credential-wrong-key');
		await dialog.fill({ accountDomain: ' MyCompany ', apiKey: world().account.keys.owner });
		await dialog.text('This is not an Aha! account domain').waitFor({ state: 'hidden' });
		await dialog.save();
		// n8n closes the form of a new credential that is good.
		await dialog.closed();
		dialog = await editor.openCredential();
		await dialog.succeeded();
		await editor.screenshot('credential-good-key');
		await dialog.close();
	});
});

describe('a run', () => {
	test('shows the records in the output panel', async () => {
		await editor.closeNode();
		await editor.connect('Start', ACTION);
		const execution = await world().client.executionEnd(await editor.run());
		expect(failureOf(execution)).toBeUndefined();
		await editor.screenshot('canvas');
		await editor.openNode(ACTION);
		const [first] = outputOf(execution, ACTION);
		await editor.showsOutput(String(first.name));
		await editor.screenshot('records');
	});

	test('with a key that may only read says what is missing', async () => {
		const { client, account } = world();
		const credential = await client.createCredential('Read only', 'ahaApiKey', {
			accountDomain: account.domain,
			apiKey: account.keys.readOnly,
		});
		expect(await client.testCredential(credential.id)).toMatchObject({ status: 'OK' });
		const node = ahaNode('Create', credential, {
			resource: 'idea',
			operation: 'create',
			product_id: byId('PRJ1'),
			name: 'Not allowed',
		});
		const { id } = await client.createWorkflow(chain('Read only', [manualTrigger(), node]));
		expect(failureOf(await client.runWorkflow(id))).toMatch(/permission|may not/i);
	});
});

describe('OAuth2 in the credential form', () => {
	let dialog: CredentialDialog;
	let popup: Page;
	const secrets = () => {
		const { clientId, clientSecret } = world().account.app;
		return { clientId, clientSecret };
	};

	/** Signs in where Aha! asks for it, and answers the consent page. */
	async function consent(answer: 'Authorize' | 'Deny'): Promise<void> {
		const { person } = world().account;
		const button = popup.getByRole('button', { name: answer });
		const email = popup.locator('input[type=email]');
		await button.or(email).first().waitFor();
		if (await email.isVisible()) {
			await email.fill(person.email);
			await popup.locator('input[type=password]').fill(person.password);
			await popup.getByRole('button', { name: 'Sign in' }).click();
			await button.waitFor();
			await editor.screenshot('consent', popup);
		}
		await button.click();
	}

	/** Why n8n could not connect, as its page says. */
	async function reason(): Promise<string> {
		await popup.getByText('More details').click();
		return await popup.locator('body').innerText();
	}

	/** Lets somebody be quicker than n8n: the next code is exchanged as soon as it is issued. */
	function useNextCode(): void {
		const { app, tokens } = world().account;
		const grants = tokens as Grants;
		const issue = grants.issueCode.bind(grants);
		jest.spyOn(grants, 'issueCode').mockImplementationOnce((redirectUri, scope) => {
			const code = issue(redirectUri, scope);
			grants.exchange({
				grant_type: 'authorization_code',
				client_id: app.clientId,
				client_secret: app.clientSecret,
				redirect_uri: redirectUri,
				code,
			});
			return code;
		});
	}

	afterEach(async () => await popup?.close());

	test('asks for the account, and shows the redirect URI to register', async () => {
		dialog = await editor.newCredential();
		await dialog.types();
		await dialog.chooseType('OAuth2');
		expect(await dialog.redirectUri.innerText()).toContain(world().client.oauthRedirectUri);
		await dialog.fill({ ...secrets(), accountDomain: 'evil.com/#' });
		await dialog.text('This is not an Aha! account domain').scrollIntoViewIfNeeded();
		await editor.screenshot('oauth-hostile-domain');
	});

	test('says why consent was refused', async () => {
		await dialog.fill({ accountDomain: 'https://mycompany.aha.io/products' });
		popup = await dialog.authorize();
		await consent('Deny');
		expect(await reason()).toContain('access_denied');
		await editor.screenshot('oauth-refused', popup);
	});

	test('says that the redirect URI is not registered', async () => {
		const { redirectUris } = world().account.app;
		const registered = redirectUris.splice(0);
		popup = await dialog.authorize();
		await popup.getByText('redirect URI is not exactly the registered one').waitFor();
		redirectUris.push(...registered);
	});

	test('says that the client secret is wrong', async () => {
		await dialog.fill({ clientSecret: 'sandbox-secret-wrong' });
		popup = await dialog.authorize();
		await consent('Authorize');
		expect(await reason()).toContain('Client authentication failed');
		await editor.screenshot('oauth-wrong-secret', popup);
	});

	test('says that the code was used before', async () => {
		await dialog.fill(secrets());
		useNextCode();
		popup = await dialog.authorize();
		await consent('Authorize');
		expect(await reason()).toContain(
			'authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked',
		);
	});

	test('is connected through the consent page', async () => {
		popup = await dialog.authorize();
		await consent('Authorize');
		// n8n closes the form of a new credential that is connected.
		await dialog.closed();
		dialog = await editor.openCredential();
		await dialog.connected.waitFor();
		await editor.screenshot('oauth-connected');
		await dialog.close();
	});

	test('lets the node run with no further step', async () => {
		const { client, account } = world();
		const before = account.requests.length;
		await editor.closeNode();
		const execution = await client.executionEnd(await editor.run());
		expect(failureOf(execution)).toBeUndefined();
		expect(outputOf(execution, ACTION)).toHaveLength(50);
		const carried = account.requests.slice(before).map(({ token }) => token);
		expect(carried).not.toEqual([]);
		expect(carried).not.toContain(digestOf(account.keys.owner));
	});
});

describe('secrets, after all this', () => {
	/** Everything that is kept, sent or shown. */
	async function places(): Promise<Record<string, Buffer | string>> {
		const { client, n8n, folder, sandbox, account } = world();
		const workflows = await client.workflows();
		const executions = await Promise.all(
			workflows.map(async ({ id }) => {
				const list = await client.executions(id);
				return await Promise.all(list.map(async (each) => await client.execution(each.id)));
			}),
		);
		const data = join(folder, '.n8n');
		const files = (await readdir(data)).filter((file) => file.startsWith('database.sqlite'));
		const databases = files.map(async (file) => [file, await readFile(join(data, file))] as const);
		return {
			...Object.fromEntries(await Promise.all(databases)),
			'the log': n8n.log(),
			'the executions': JSON.stringify(executions.flat()),
			'the exported workflows': JSON.stringify(
				await Promise.all(workflows.map(async ({ id }) => await client.exportWorkflow(id))),
			),
			'the credentials as n8n gives them': JSON.stringify(
				await Promise.all(
					(await client.credentials()).map(async ({ id }) => await client.getCredential(id)),
				),
			),
			'the requests': JSON.stringify(account.requests),
			'the pages': editor.addresses.join('\n'),
			'refused hosts': sandbox.refused.join('\n'),
		};
	}

	test('stand nowhere but in the credentials that n8n encrypts', async () => {
		const { keys, app } = world().account;
		const searched = await places();
		const names = Object.keys(searched);
		expect(names).toContain('database.sqlite');
		expect(searched['the executions']).toContain('reference_num');
		expect(searched['the pages']).toContain('/oauth/authorize');
		const secrets = {
			'the key': keys.owner,
			'the revoked key': keys.revoked,
			'the reading key': keys.readOnly,
			'the client secret': app.clientSecret,
			// Every token of the sandbox begins so.
			'an access token': 'sandbox-access-',
			'a refresh token': 'sandbox-refresh-',
		};
		expect(leaks(searched, secrets)).toEqual([]);

		const planted = { ...searched, planted: `https://x.example/?a=${btoa(`k:${keys.owner}`)}` };
		expect(leaks(planted, secrets)).toEqual(['planted holds the key']);
	});
});
