import { basename, join } from 'node:path';

import { LOCAL_OWNER } from '../runtime/n8n';
import { box } from './box';
import { installedBrowser, openBrowser, browserOptions } from './browser';
import { ensureApiKey, ensureOAuth2 } from './credentials';
import type { Cleanup } from './cleanup';
import type { Session } from './session';
import { ensureExamples, examples } from './workflows';

const END: readonly [string, string] = ['End', 'Ctrl-C'];

const signIn: readonly [string, string] = [
	'Sign in',
	`${LOCAL_OWNER.email}   ${LOCAL_OWNER.password}`,
];

/** Prepares an n8n with the sandbox behind it, and says what to do with it. */
export async function serveDemo(
	session: Session & Required<Pick<Session, 'sandbox'>>,
	cleanup: Cleanup,
) {
	const { n8n, sandbox, folder } = session;
	const account = sandbox.account('mycompany');
	const apiKey = await ensureApiKey(n8n.client, account);
	const oAuth2 = await ensureOAuth2(n8n.client, account);
	await ensureExamples(n8n.client, apiKey);

	const options = browserOptions(sandbox, join(folder, 'browser'));
	const browser = await openBrowser(n8n.url, options, folder);
	if (browser) cleanup.add(async () => await browser.stop());
	const { email, password } = account.person;
	console.log(
		box('n8n is ready, with the Aha! nodes and a simulated Aha! account', [
			['Open', browser ? `${n8n.url} (a window has opened)` : n8n.url],
			signIn,
			['Click first', `The workflow "${examples[0].name}", then Execute workflow`],
			[
				'OAuth2',
				`Credentials > "${oAuth2.name}" > Connect, in the window ${browser ? 'that has opened' : 'of the command below'}. Aha! asks who you are: ${email}   ${password}`,
			],
			END,
		]),
	);
	if (!browser) console.log(windowCommand(options, n8n.url));
}

/** What a person can paste into a terminal of the machine with the screen. */
function windowCommand(options: readonly string[], url: string): string {
	const name = basename(installedBrowser() ?? 'google-chrome');
	const quoted = [...options, url].map((option) => `'${option}'`).join(' ');
	return `This window reaches the simulated Aha! for the OAuth2 sign-in, other browsers do not:\n${name} ${quoted}`;
}

/** Prepares an n8n for the real Aha!. */
export async function serveLive({ n8n }: Session): Promise<void> {
	await ensureExamples(n8n.client);
	console.log(
		box('n8n is ready, with the Aha! nodes and the real Aha!', [
			['Open', n8n.url],
			signIn,
			[
				'Click first',
				'Credentials > Create credential > "Aha! API". It asks for the part before ".aha.io" in the address of your account, and for an API key: in Aha!, Personal settings > Developer > Generate API key',
			],
			['Take care', 'The example workflows then change your real account'],
			END,
		]),
	);
}
