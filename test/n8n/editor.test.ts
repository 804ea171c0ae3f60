import type { INode } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ACCOUNT_DOMAIN_HINT } from '../../credentials/account';
import { digestOf } from '../../sandbox';
import type { Grants } from '../../sandbox/oauth/grants';
import type { Execution } from '../../tools/runtime/n8nClient';
import { consent, consentFailure } from './support/consent';
import type { CredentialDialog } from './support/credentialDialog';
import type { Editor } from './support/editor';
import { leaks } from './support/leaks';
import {
	ahaNode,
	byId,
	chain,
	failureOf,
	manualTrigger,
	outputOf,
} from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const world = useWorld('editor');
const ACTION = 'Get many features';
const WRONG_DOMAIN = 'This is not an Aha! account domain';
let editor: Editor;

beforeAll(async () => (editor = await world().openEditor()));

afterEach(async () => {
	jest.restoreAllMocks();
	await editor.tidyUp();
});

async function openWorkflow(nodes: INode[]): Promise<void> {
	const { id } = await world().client.createWorkflow(chain('Editor', nodes));
	await editor.openWorkflow(id);
}

/**
 * The form of a new credential, opened from a node. Loading the editor takes seconds, so the page
 * of another test is used again if it has such a node.
 */
async function newCredential(type: 'API Key' | 'OAuth2'): Promise<CredentialDialog> {
	if (!(await editor.hasNode(ACTION))) {
		const parameters = { resource: 'feature', operation: 'getAll' };
		await openWorkflow([manualTrigger(), ahaNode(ACTION, undefined, parameters)]);
	}
	if (!(await editor.parameters.isVisible())) await editor.openNode(ACTION);
	const dialog = await editor.newCredential();
	await dialog.chooseType(type);
	return dialog;
}

/** The form of a new OAuth2 credential, filled in. */
async function newSignIn(values: Readonly<Record<string, string>> = {}): Promise<CredentialDialog> {
	const { domain, app } = world().account;
	const { clientId, clientSecret } = app;
	const dialog = await newCredential('OAuth2');
	await dialog.fill({ accountDomain: domain, clientId, clientSecret, ...values });
	return dialog;
}

/** Runs the open workflow with its button. */
const run = async (): Promise<Execution> => await world().client.executionEnd(await editor.run());

/** Writes with a key that may only read. @returns what n8n says about the failure */
async function runReadOnly(): Promise<string | undefined> {
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
	return failureOf(await client.runWorkflow(id));
}

describe('the node panel', () => {
	test('leads a first user with an API key from a search to records', async () => {
		await openWorkflow([manualTrigger()]);
		await editor.searchPanel('aha', 'Aha!');
		await editor.openInPanel('Aha!');
		await editor.panelAction('Create a feature').waitFor();
		await editor.screenshot('panel');
		await editor.dragAction(ACTION, { x: 620, y: 300 });
		await editor.screenshot('node');
		expect(await editor.value('resource')).toBe('Feature');
		expect(await editor.value('operation')).toBe('Get Many');

		let dialog = await editor.newCredential();
		expect(await dialog.types()).toEqual(['API Key', 'OAuth2']);
		await editor.screenshot('credential-types');
		await dialog.chooseType('API Key');
		const { keys } = world().account;
		await dialog.fill({ accountDomain: ' MyCompany ', apiKey: keys.owner });
		await dialog.save();
		// n8n closes the form of a new credential that works.
		await dialog.closed();
		dialog = await editor.openCredential();
		await dialog.succeeded();
		await editor.screenshot('credential-good-key');
		await dialog.close();

		await editor.closeNode();
		await editor.connect('Start', ACTION);
		const execution = await run();
		expect(failureOf(execution)).toBeUndefined();
		await editor.screenshot('canvas');
		await editor.openNode(ACTION);
		const [first] = outputOf(execution, ACTION);
		await editor.showsOutput(String(first.name));
		await editor.screenshot('records');
	});
});

describe('an API key in the credential form', () => {
	test('is refused for another host before anything leaves, until the domain is corrected', async () => {
		const { account, sandbox } = world();
		const dialog = await newCredential('API Key');
		const before = account.requests.length;
		await dialog.fill({ accountDomain: 'evil.com/#', apiKey: account.keys.owner });
		await dialog.text(WRONG_DOMAIN).waitFor();
		await dialog.save();
		await dialog.failure(`The account domain is not valid. ${ACCOUNT_DOMAIN_HINT}`);
		await editor.screenshot('credential-hostile-domain');
		expect(account.requests.slice(before)).toEqual([]);
		// n8n itself asks for newer versions of the package meanwhile.
		expect(sandbox.refused.join()).not.toContain('evil');

		await dialog.fill({ accountDomain: ' MyCompany ' });
		await dialog.text(WRONG_DOMAIN).waitFor({ state: 'hidden' });
		await dialog.save();
		await dialog.closed();
	});

	test.each([
		['mycompany', 'revoked', 'Aha! did not accept this API key. It is wrong or was revoked'],
		['nobody-has-this', 'owner', 'There is no Aha! account with this name'],
		['mycompany', 'wrong', 'Aha! did not accept this API key. It is wrong or was revoked'],
	] as const)('for %s (%s) is refused with the reason', async (accountDomain, key, reason) => {
		const { keys } = world().account;
		const apiKey = key === 'wrong' ? 'sandbox-key-wrong' : keys[key];
		const dialog = await newCredential('API Key');
		await dialog.fill({ accountDomain, apiKey });
		await dialog.save();
		await dialog.failure(reason);
		await editor.screenshot(`credential-${accountDomain}-${key}`);
	});

	test('is tested as typed last, however slowly n8n reads the form', async () => {
		const { account } = world();
		const dialog = await newCredential('API Key');
		await editor.slowDown(1_000);
		try {
			await dialog.fill({ accountDomain: 'nobody-has-this', apiKey: account.keys.owner });
			await dialog.save();
			await dialog.failure('There is no Aha! account with this name');
			await dialog.fill({ accountDomain: account.domain });
			await dialog.save();
			await dialog.closed();
		} finally {
			// The next test gets a page of the usual speed.
			await editor.leave();
		}
	});

	test('that may only read fails to write, with the reason', async () => {
		expect(await runReadOnly()).toMatch(/permission|may not/i);
	});
});

describe('OAuth2 in the credential form', () => {
	/** Agrees or refuses in the window that Connect opens. */
	async function connect(dialog: CredentialDialog, decision: 'Authorize' | 'Deny'): Promise<Page> {
		const popup = await dialog.authorize();
		await consent(popup, world().account.person, decision, async () => {
			await editor.screenshot('consent', popup);
		});
		return popup;
	}

	/** Exchanges the next code as soon as it is issued, before n8n can. */
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

	test('asks for the account, and shows the redirect URI to register', async () => {
		const dialog = await newSignIn({ accountDomain: 'evil.com/#' });
		expect(await dialog.redirectUri.innerText()).toContain(world().client.oauthRedirectUri);
		await dialog.text(WRONG_DOMAIN).scrollIntoViewIfNeeded();
		await editor.screenshot('oauth-hostile-domain');
	});

	test('says why consent was refused', async () => {
		const dialog = await newSignIn({ accountDomain: 'https://mycompany.aha.io/products' });
		const popup = await connect(dialog, 'Deny');
		expect(await consentFailure(popup)).toContain('access_denied');
		await editor.screenshot('oauth-refused', popup);
	});

	test('says that the redirect URI is not registered', async () => {
		const { redirectUris } = world().account.app;
		const registered = redirectUris.splice(0);
		try {
			const popup = await (await newSignIn()).authorize();
			await popup.getByText('redirect URI is not exactly the registered one').waitFor();
		} finally {
			redirectUris.push(...registered);
		}
	});

	test('says that the client secret is wrong', async () => {
		const dialog = await newSignIn({ clientSecret: 'sandbox-secret-wrong' });
		const popup = await connect(dialog, 'Authorize');
		expect(await consentFailure(popup)).toContain('Client authentication failed');
		await editor.screenshot('oauth-wrong-secret', popup);
	});

	test('says that the code was used before', async () => {
		const dialog = await newSignIn();
		useNextCode();
		const popup = await connect(dialog, 'Authorize');
		expect(await consentFailure(popup)).toContain(
			'authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked',
		);
	});

	test('is connected through the consent page, and the node runs with no further step', async () => {
		const { account } = world();
		let dialog = await newSignIn();
		await connect(dialog, 'Authorize');
		// n8n closes the form of a new credential that is connected.
		await dialog.closed();
		dialog = await editor.openCredential();
		await dialog.connected.waitFor();
		await editor.screenshot('oauth-connected');
		await dialog.close();

		const before = account.requests.length;
		await editor.closeNode();
		const execution = await run();
		expect(failureOf(execution)).toBeUndefined();
		expect(outputOf(execution, ACTION)).toHaveLength(50);
		const carried = account.requests.slice(before).map(({ token }) => token);
		expect(carried).not.toEqual([]);
		expect(carried).not.toContain(digestOf(account.keys.owner));
	});
});

describe('secrets', () => {
	/** Creates and uses both credentials in the browser, with a refused key and a failed run. */
	beforeAll(async () => {
		const { account } = world();
		const { keys } = account;
		let dialog = await newCredential('API Key');
		await dialog.fill({ accountDomain: account.domain, apiKey: keys.revoked });
		await dialog.save();
		await dialog.failure('wrong or was revoked');
		await dialog.fill({ apiKey: keys.owner });
		await dialog.save();
		await dialog.closed();
		await editor.closeNode();
		expect(failureOf(await run())).toBeUndefined();
		expect(await runReadOnly()).toBeDefined();

		dialog = await newSignIn();
		await consent(await dialog.authorize(), account.person, 'Authorize');
		await dialog.closed();
		await editor.closeNode();
		expect(failureOf(await run())).toBeUndefined();
		account.tokens.expireAccess();
		expect(failureOf(await run())).toBeUndefined();
	});

	/** Everything that n8n keeps, sends or shows. */
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

	test('are kept only in the credentials, which n8n encrypts', async () => {
		const { keys, app } = world().account;
		const searched = await places();
		const names = Object.keys(searched);
		expect(names).toContain('database.sqlite');
		expect(searched['the executions']).toContain('reference_num');
		expect(searched['the pages']).toContain('/oauth/authorize');
		const secrets = {
			'the key': keys.owner,
			'the revoked key': keys.revoked,
			'the read-only key': keys.readOnly,
			'the client secret': app.clientSecret,
			// Every token of the sandbox starts like this.
			'an access token': 'sandbox-access-',
			'a refresh token': 'sandbox-refresh-',
		};
		expect(leaks(searched, secrets)).toEqual([]);

		const planted = { ...searched, planted: `https://x.example/?a=${btoa(`k:${keys.owner}`)}` };
		expect(leaks(planted, secrets)).toEqual(['planted holds the key']);
	});
});
