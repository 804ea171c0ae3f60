import { basename, join } from 'node:path';

import { LOCAL_OWNER } from '../runtime/n8n';
import { box } from './box';
import { installedBrowser, openBrowser, browserOptions } from './browser';
import { bearerCredential, ensureApiKey, ensureOAuth2, ensureServices } from './credentials';
import type { Cleanup } from './cleanup';
import type { Session } from './session';
import { ensureExamples, examples } from './workflows';

const STOP: readonly [string, string] = ['Stop', 'Ctrl-C'];

const signIn: readonly [string, string] = [
	'Sign in',
	`${LOCAL_OWNER.email}   ${LOCAL_OWNER.password}`,
];

/** Adds credentials and workflows for the sandbox, and prints how to use them. */
export async function serveDemo(
	session: Session & Required<Pick<Session, 'sandbox'>>,
	cleanup: Cleanup,
) {
	const { n8n, sandbox, folder, services } = session;
	const account = sandbox.account('mycompany');
	const apiKey = await ensureApiKey(n8n.client, account);
	const others = await ensureServices(n8n.client, [...Object.values(services), bearerCredential]);
	const oAuth2 = await ensureOAuth2(n8n.client, account);
	await ensureExamples(n8n.client, { aha: apiKey, others });

	const options = browserOptions(sandbox, join(folder, 'browser'));
	const browser = await openBrowser(n8n.url, options, folder);
	if (browser) cleanup.add(async () => await browser.stop());
	const { email, password } = account.person;
	console.log(
		box('n8n is ready, with the Aha! nodes and a simulated Aha! account', [
			['Open', browser ? `${n8n.url} (a window has opened)` : n8n.url],
			signIn,
			['Click first', `Open the workflow "${examples[0].name}" and choose Execute workflow`],
			[
				'OAuth2',
				`Credentials > "${oAuth2.name}" > Connect, in the window ${browser ? 'that has opened' : 'that the command below opens'}. Sign in to Aha! with ${email}   ${password}`,
			],
			STOP,
		]),
	);
	if (!browser) console.log(windowCommand(options, n8n.url));
}

/** The command that opens a browser window, for a terminal on a machine with a screen. */
function windowCommand(options: readonly string[], url: string): string {
	const name = basename(installedBrowser() ?? 'google-chrome');
	const quoted = [...options, url].map((option) => `'${option}'`).join(' ');
	return `Open this window for the OAuth2 sign-in. Other browsers cannot reach the simulated Aha!:\n${name} ${quoted}`;
}

/** Adds workflows for a real Aha! account, and prints how to use them. */
export async function serveLive({ n8n }: Session): Promise<void> {
	await ensureExamples(n8n.client);
	console.log(
		box('n8n is ready, with the Aha! nodes and the real Aha!', [
			['Open', n8n.url],
			signIn,
			[
				'Click first',
				'Credentials > Create credential > "Aha! API". Enter the part before ".aha.io" in the URL of your account, and an API key (in Aha!: Personal settings > Developer > Generate API key)',
			],
			['Take care', 'The example workflows change your real account'],
			STOP,
		]),
	);
}
