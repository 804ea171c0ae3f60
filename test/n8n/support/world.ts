import type { Browser } from 'playwright-core';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { N8n } from '../../../tools/runtime/n8n';
import type { N8nClient } from '../../../tools/runtime/n8nClient';
import { ROOT } from '../../../tools/runtime/places';
import {
	startSandbox,
	type Sandbox,
	type SandboxAccount,
	type SandboxOptions,
} from '../../../sandbox';
import { clientOf } from '../../sandbox/browsing';
import { launchBrowser } from '../../../tools/runtime/browser';
import { Editor } from './editor';

/** The folder for the screenshots and logs of a test run. */
export const OUTPUT = join(ROOT, 'test', 'output');

/** One simulated Aha! and one n8n that reaches it, for all tests of a file. */
export class World {
	private readonly endings: Array<() => Promise<void>> = [];

	private browser?: Browser;

	private constructor(
		readonly sandbox: Sandbox,
		readonly n8n: N8n,
		/** n8n's user folder: its database and its settings. */
		readonly folder: string,
	) {}

	/** Starts both on free ports; the kept log gets this name. */
	static async start(name: string, options?: SandboxOptions): Promise<World> {
		const folder = await mkdtemp(join(tmpdir(), 'aha-n8n-'));
		const sandbox = await startSandbox(options);
		const n8n = new N8n({ folder, env: sandbox.env });
		const world = new World(sandbox, n8n, folder);
		world.endings.push(
			() => rm(folder, { recursive: true, force: true }),
			() => sandbox.stop(),
			() => keepLog(n8n.logFile, name),
			() => n8n.stop(),
		);
		try {
			await n8n.start();
			await n8n.signIn();
			world.account.app.redirectUris.push(n8n.client.oauthRedirectUri);
		} catch (error) {
			await world.end();
			throw error;
		}
		return world;
	}

	get client(): N8nClient {
		return this.n8n.client;
	}

	get account(): SandboxAccount {
		return this.sandbox.account('mycompany');
	}

	/** Gives a feature a status, as somebody in Aha! does. */
	async setStatus(reference: string, name: string): Promise<void> {
		const client = clientOf(this.sandbox, `https://${this.account.host}/api/v1`);
		const headers = { Authorization: `Bearer ${this.account.keys.owner}` };
		const body = { feature: { workflow_status: { name } } };
		expect((await client.put(`/features/${reference}`, body, { headers })).status).toBe(200);
	}

	/** A browser window with n8n's editor, signed in. */
	async openEditor(): Promise<Editor> {
		if (!this.browser) {
			const browser = await launchBrowser(this.sandbox.proxyUrl);
			this.endings.push(() => browser.close());
			this.browser = browser;
		}
		return await Editor.open(this.browser, this.n8n.url, join(OUTPUT, 'screenshots'));
	}

	/** Ends everything that was started, last first, even if some of it fails to end. */
	async end(): Promise<void> {
		const failures: unknown[] = [];
		for (const end of this.endings.reverse()) await end().catch((error) => failures.push(error));
		if (failures.length > 0) throw new AggregateError(failures, 'Some of it did not end');
	}
}

async function keepLog(file: string, name: string): Promise<void> {
	const folder = join(OUTPUT, 'logs');
	await mkdir(folder, { recursive: true });
	await copyFile(file, join(folder, `${name}-${basename(file)}`));
}

/**
 * Starts a world before the tests of a file and ends it after them, even if they fail.
 *
 * @returns a function that gives a test this world
 */
export function useWorld(name: string, options?: SandboxOptions): () => World {
	// n8n starts slowly on a busy machine, and no test is about its speed.
	jest.setTimeout(300_000);
	let world: World | undefined;
	beforeAll(async () => {
		world = await World.start(name, options);
	});
	afterAll(async () => await world?.end());
	return () => {
		if (!world) throw new Error('The world was not started');
		return world;
	};
}
