import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { startSandbox, type Sandbox, type SandboxAccount } from '../../sandbox';
import { Cleanup } from '../demo/cleanup';
import type { DemoCredential } from '../demo/credentials';
import { ensureN8n, ensureRuntime } from '../runtime/install';
import { N8n } from '../runtime/n8n';
import type { Execution, N8nClient } from '../runtime/n8nClient';
import { installTarball, packPackage } from '../runtime/package';
import { chain, manualTrigger } from '../runtime/workflow';
import { startOtherHost, type OtherHost } from './otherHost';

/** One version of n8n with the packed package and a simulated account. */
export interface World {
	readonly client: N8nClient;
	readonly sandbox: Sandbox;
	readonly account: SandboxAccount;
	readonly apiKey: DemoCredential;
	/** Connected by the check of OAuth2. */
	readonly oAuth2: DemoCredential;
	readonly otherHost: OtherHost;
	/** Runs one node after a manual trigger. */
	run(node: INode): Promise<Execution>;
}

async function createCredentials(client: N8nClient, { app, domain, keys }: SandboxAccount) {
	app.redirectUris.push(client.oauthRedirectUri);
	const apiKey = await client.createCredential('API key', 'ahaApiKey', {
		accountDomain: domain,
		apiKey: keys.owner,
	});
	const oAuth2 = await client.createCredential('OAuth2', 'ahaOAuth2Api', {
		accountDomain: domain,
		clientId: app.clientId,
		clientSecret: app.clientSecret,
	});
	return {
		apiKey: { ...apiKey, authentication: 'apiKey' },
		oAuth2: { ...oAuth2, authentication: 'oAuth2' },
	} as const;
}

/**
 * Installs a version of n8n unless it is there, then the packed package in it, and starts it for
 * as long as some work takes.
 */
export async function withWorld<T>(
	version: string,
	work: (world: World) => Promise<T>,
): Promise<T> {
	// The client of MCP servers comes with the pinned n8n.
	await ensureRuntime();
	const installation = await ensureN8n(version);
	const cleanup = new Cleanup();
	try {
		const folder = await mkdtemp(join(tmpdir(), 'n8n-compat-'));
		cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
		const tarball = await packPackage(folder);
		const sandbox = await startSandbox({ limits: null });
		cleanup.add(async () => await sandbox.stop());
		const otherHost = await startOtherHost();
		cleanup.add(async () => await otherHost.stop());
		const n8n = new N8n({
			folder,
			installation,
			// Versions do not know all modules that others have.
			env: { ...sandbox.env, N8N_DISABLED_MODULES: undefined },
			install: async () => await installTarball(folder, tarball),
		});
		cleanup.add(async () => await n8n.stop());
		await n8n.start();
		await n8n.signIn();
		const { client } = n8n;
		const account = sandbox.account('mycompany');
		return await work({
			client,
			sandbox,
			account,
			otherHost,
			...(await createCredentials(client, account)),
			run: async (node) => {
				const { id } = await client.createWorkflow(chain(node.name, [manualTrigger(), node]));
				return await client.runWorkflow(id);
			},
		});
	} finally {
		await cleanup.run();
	}
}
