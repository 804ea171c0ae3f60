import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSandbox, type Sandbox } from '../../sandbox';
import type { Audit } from '../../sandbox/api/auditLog';
import { startsByClick } from '../../tools/demo/workflows';
import { connect } from '../../tools/runtime/consent';
import { N8n } from '../../tools/runtime/n8n';
import { Runs } from '../../tools/runtime/triggers';
import { failureOf, outputOf } from '../../tools/runtime/workflow';
import { importAll, SAVED, type Saved, type SavedWorkflow } from '../../tools/saved/saved';
import { bearer, clientOf } from '../sandbox/browsing';

jest.setTimeout(300_000);

const versions = readdirSync(SAVED).map((file) => file.replace('.json', ''));

test('what this version saves is kept', () => {
	const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
	expect(versions).toContain(version);
});

describe.each(versions)('saved with %s', (version) => {
	const saved = JSON.parse(readFileSync(join(SAVED, `${version}.json`), 'utf8')) as Saved;
	let folder: string;
	let sandbox: Sandbox;
	let n8n: N8n;

	/** What `PUT /features` adds to the audit log. */
	async function renameFeature(name: string): Promise<Audit> {
		const account = sandbox.account('mycompany');
		const audits: Audit[] = [];
		const end = account.store.onAudit((audit) => audits.push(audit));
		const body = { feature: { name } };
		const client = clientOf(sandbox, `https://${account.host}/api/v1`);
		await client.put('/features/PRJ1-1', body, bearer(account.keys.owner));
		end();
		expect(audits).toHaveLength(1);
		return audits[0];
	}

	const workflowWith = (type: string): SavedWorkflow => {
		const found = saved.workflows.find(({ nodes }) =>
			nodes.some((node) => node.type === `n8n-nodes-aha.${type}`),
		);
		if (!found) throw new Error(`No workflow with ${type} was saved`);
		return found;
	};

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'aha-upgrade-'));
		sandbox = await startSandbox({ limits: null });
		await importAll(folder, saved);
		n8n = new N8n({ folder, env: sandbox.env });
		await n8n.start();
		await n8n.signIn();
	});
	afterAll(async () => {
		await n8n.stop();
		await sandbox.stop();
		rmSync(folder, { recursive: true });
	});

	test('the credentials sign in', async () => {
		const { client } = n8n;
		const account = sandbox.account('mycompany');
		const credentials = await client.credentials();
		expect(credentials.map(({ type }) => type).sort()).toEqual(['ahaApiKey', 'ahaOAuth2Api']);
		for (const { id, type } of credentials) {
			if (type === 'ahaOAuth2Api') {
				account.app.redirectUris.push(client.oauthRedirectUri);
				await connect(client, id, sandbox.proxyUrl, account.person, 'Authorize');
				const { data } = await client.getCredential(id);
				expect(data.oauthTokenData).toBeTruthy();
			} else expect((await client.testCredential(id)).status).toBe('OK');
		}
	});

	test('Aha! Trigger continues where it was', async () => {
		const { id } = workflowWith('ahaTrigger');
		// A new trigger would start now and miss this change.
		const missed = await renameFeature('Changed while n8n was updated');
		await n8n.client.activateWorkflow(id);
		const runs = await new Runs(id).until(n8n.client, (items) => items.length > 0);
		const emitted = runs.flatMap(({ items }) => items.map((item) => item.id));
		expect(emitted).toEqual([missed.id]);
		await n8n.client.deactivateWorkflow(id);
	});

	test('Aha! Webhook Trigger knows what it has received', async () => {
		const { id, nodes } = workflowWith('ahaWebhookTrigger');
		await n8n.client.activateWorkflow(id);
		const [{ webhookId, parameters }] = nodes;
		const url = `${n8n.url}/webhook/${webhookId}/${String(parameters.secret)}`;
		const post = async (audit: object) =>
			await fetch(url, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ event: 'audit', audit }),
			});
		// n8n responds before the URL is open.
		while ((await post({})).status === 404) await sleep(200);
		const audit = await renameFeature('Delivered by a webhook');
		const again = await post({ ...audit, id: saved.delivered });
		expect(await again.json()).toEqual({ message: 'Already delivered' });
		expect((await post(audit)).status).toBe(200);
		const runs = await new Runs(id).until(n8n.client, (items) => items.length > 0);
		expect(runs.flatMap(({ items }) => items.map((item) => item.id))).toEqual([audit.id]);
		await n8n.client.deactivateWorkflow(id);
	});

	const manual = saved.workflows.filter(startsByClick);
	test.each(manual.map(({ name, id }) => [name, id]))('%s runs', async (_name, id) => {
		const execution = await n8n.client.runWorkflow(id);
		expect(failureOf(execution)).toBeUndefined();
		const { lastNodeExecuted = '' } = execution.data.resultData;
		expect(outputOf(execution, lastNodeExecuted).length).toBeGreaterThan(0);
	});
});
