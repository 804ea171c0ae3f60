import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSandbox, type SandboxAccount } from '../../sandbox';
import { packageVersion } from '../../nodes/Aha/transport/version';
import { runCommand, type Cleanup } from '../demo/cleanup';
import { ensureApiKey, ensureOAuth2, type DemoCredential } from '../demo/credentials';
import { examples, startsByClick, withCredentials } from '../demo/workflows';
import { CliError } from '../runtime/cliError';
import { ensureRuntime, PINNED_VERSION } from '../runtime/install';
import { N8n } from '../runtime/n8n';
import type { N8nClient } from '../runtime/n8nClient';

import { publishTrigger, Runs } from '../runtime/triggers';
import { failureOf } from '../runtime/workflow';
import { exportAll, SAVED, type Saved } from './saved';
import { forms } from './workflows';

const CHANGES = { recordTypes: ['feature'], events: ['updated'] };

/** Runs a workflow. @throws CliError when it fails: what is saved must work */
async function runOnce(client: N8nClient, id: string, name: string): Promise<void> {
	const problem = failureOf(await client.runWorkflow(id));
	if (problem !== undefined) throw new CliError(`"${name}" failed: ${problem}`);
}

/** Lets both triggers receive a change, so that they have a state. @returns the change's id */
async function runTriggers(
	client: N8nClient,
	account: SandboxAccount,
	credential: DemoCredential,
): Promise<string> {
	const polling = await publishTrigger(client, 'ahaTrigger', credential, CHANGES);
	const secret = 'saved-hook-secret';
	const hook = await publishTrigger(client, 'ahaWebhookTrigger', credential, {
		secret,
		...CHANGES,
	});
	const url = `${client.baseUrl}/webhook/ahaWebhookTrigger/${secret}`;
	// n8n responds before the URL is open and before the polling trigger has started.
	while ((await fetch(url, { method: 'POST', body: '{}' })).status === 404) await sleep(200);
	while (!(await client.exportWorkflow(polling)).staticData) await sleep(200);
	const end = account.webhooks(url);
	const { id } = await client.createWorkflow(forms('Change', credential, account.host));
	await runOnce(client, id, 'Change');
	await client.request('POST', `rest/workflows/${id}/archive`);
	await client.request('DELETE', `rest/workflows/${id}`);
	const isDone = (items: unknown[]) => items.length > 0;
	await new Runs(polling).until(client, isDone);
	const delivered = await new Runs(hook).until(client, isDone);
	end();
	await client.deactivateWorkflow(polling);
	await client.deactivateWorkflow(hook);
	return String(delivered.flatMap(({ items }) => items)[0].id);
}

/**
 * Saves what people have in n8n with this version of the package. Later versions must work with
 * it, see test/n8n/upgrade.test.ts.
 */
async function main(cleanup: Cleanup): Promise<number> {
	await ensureRuntime();
	const folder = await mkdtemp(join(tmpdir(), 'n8n-saved-'));
	cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	const sandbox = await startSandbox({ limits: null });
	cleanup.add(async () => await sandbox.stop());
	const n8n = new N8n({ folder, env: sandbox.env });
	cleanup.add(async () => await n8n.stop());
	await n8n.start();
	await n8n.signIn();

	const { client } = n8n;
	const account = sandbox.account('mycompany');
	const apiKey = await ensureApiKey(client, account);
	const oAuth2 = await ensureOAuth2(client, account);
	for (const example of examples.filter(startsByClick)) {
		const { id } = await client.createWorkflow(withCredentials(example, apiKey));
		await runOnce(client, id, example.name);
	}
	for (const credential of [apiKey, oAuth2]) {
		await client.createWorkflow(forms(`Forms, ${credential.type}`, credential, account.host));
	}
	const delivered = await runTriggers(client, account, apiKey);
	await n8n.stop();

	const saved: Saved = { n8n: PINNED_VERSION, delivered, ...(await exportAll(folder)) };
	await mkdir(SAVED, { recursive: true });
	const file = join(SAVED, `${packageVersion}.json`);
	await writeFile(file, `${JSON.stringify(saved, null, '\t')}\n`);
	console.log(`Wrote ${file}`);
	return 0;
}

runCommand(main, 1);
