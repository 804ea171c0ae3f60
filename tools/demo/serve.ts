import { basename, join } from 'node:path';

import { LOCAL_OWNER } from '../runtime/n8n';
import { serveBoard } from './board';
import { box } from './box';
import { installedBrowser, openBrowser, browserOptions } from './browser';
import {
	bearerCredential,
	ensureApiKey,
	ensureOAuth2,
	ensureServices,
	type DemoCredential,
} from './credentials';
import type { Cleanup } from './cleanup';
import type { Session } from './session';
import { ensureExamples, examples } from './workflows';

/** The example to try with the board. */
const TRIGGERED = 'Shipped feature tells everyone';

const STOP: readonly [string, string] = ['Stop', 'Ctrl-C'];

const signIn: readonly [string, string] = [
	'Sign in',
	`${LOCAL_OWNER.email}   ${LOCAL_OWNER.password}`,
];

type DemoSession = Session & Required<Pick<Session, 'sandbox'>>;

/** Adds credentials and workflows for the sandbox. @returns the credential that is not connected */
export async function prepareDemo({
	n8n: { client },
	sandbox,
	services,
}: Pick<DemoSession, 'n8n' | 'sandbox' | 'services'>): Promise<DemoCredential> {
	const account = sandbox.account('mycompany');
	const oAuth2 = await ensureOAuth2(client, account);
	// The newest credential is the one that n8n chooses for a new node.
	const aha = await ensureApiKey(client, account);
	const others = await ensureServices(client, [...Object.values(services), bearerCredential]);
	await ensureExamples(client, { aha, others });
	return oAuth2;
}

/** Prepares the demo, and prints how to use it. */
export async function serveDemo(session: DemoSession, cleanup: Cleanup): Promise<void> {
	const { n8n, sandbox, folder } = session;
	const account = sandbox.account('mycompany');
	const oAuth2 = await prepareDemo(session);
	const board = await serveBoard(sandbox.board(account.domain), Number(new URL(n8n.url).port) + 1);
	cleanup.add(board.stop);

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
				'Then',
				`Publish "${TRIGGERED}", open ${board.url} and drag a feature to Shipped. The workflow runs within a minute: see its Executions`,
			],
			[
				'Optional',
				`OAuth2: Credentials > "${oAuth2.name}" > Connect, in the window ${browser ? 'that has opened' : 'of the command below'}. Sign in to Aha! with ${email}   ${password}`,
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
	return `Only for OAuth2: this opens a browser that reaches the simulated Aha! at its own address.\n${name} ${quoted}`;
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
