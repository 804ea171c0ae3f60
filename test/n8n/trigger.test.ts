import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { clientOf } from '../sandbox/browsing';
import type { Audit } from '../../sandbox/api/auditLog';
import { publishTrigger, Runs } from '../../tools/runtime/triggers';
import { useWorld } from './support/world';

const CHANGES = 500;
const UPDATES = { recordTypes: ['feature'], events: ['updated'] };
const world = useWorld('trigger', { limits: null });

/** One credential for all tests of the file. */
async function credential() {
	const { client, account } = world();
	const known = await client.credentials();
	return (
		known.find(({ type }) => type === 'ahaApiKey') ??
		(await client.createCredential('Aha!', 'ahaApiKey', {
			accountDomain: account.domain,
			apiKey: account.keys.owner,
		}))
	);
}

/** Publishes the polling trigger for feature updates and waits until it follows the audit log. */
async function publishPolling(): Promise<string> {
	const { client } = world();
	const workflow = await publishTrigger(client, 'ahaTrigger', await credential(), UPDATES);
	// n8n responds before the trigger has started, which misses all changes until then.
	while (!(await client.exportWorkflow(workflow)).staticData) await sleep(200);
	return workflow;
}

let renamed = 0;

/** Gives the next feature a new name, as somebody in Aha! does. */
async function rename(): Promise<void> {
	const { sandbox, account } = world();
	const client = clientOf(sandbox, `https://${account.host}/api/v1`);
	const headers = { Authorization: `Bearer ${account.keys.owner}` };
	const reference = features()[renamed % features().length];
	const body = { feature: { name: `Renamed ${renamed++}` } };
	const { status } = await client.put(`/features/${reference}`, body, { headers });
	expect(status).toBe(200);
}

const features = (): string[] =>
	[...world().account.store.all('feature')].map(({ data }) => String(data.reference_num));

const idsOf = (items: IDataObject[]): string[] => items.map(({ id }) => String(id));

const repeated = (ids: string[]): string[] => [
	...new Set(ids.filter((id, index) => ids.indexOf(id) !== index)),
];

/** The entries that some work adds to the audit log. */
async function auditsDuring(work: () => Promise<void>): Promise<Audit[]> {
	const audits: Audit[] = [];
	const end = world().account.store.onAudit((audit) => audits.push(audit));
	await work();
	end();
	return audits;
}

test('500 changes while n8n is killed twice: none is lost, and only the last batch is repeated', async () => {
	const { n8n } = world();
	const workflow = await publishPolling();
	const runs = new Runs(workflow);
	const lastBatches: string[] = [];
	let written = 0;
	const renameSome = async (count: number) => {
		for (const end = written + count; written < end; written++) await rename();
	};
	/** Kills n8n once it has emitted all changes, and makes more of them. */
	const killAndRestart = async () => {
		const before = await runs.until(n8n.client, (items) => items.length >= written);
		lastBatches.push(...idsOf(before.filter(({ items }) => items.length > 0).at(-1)?.items ?? []));
		const writing = renameSome(75);
		await n8n.kill9();
		await writing;
		await renameSome(75);
		await n8n.start();
		await n8n.signIn();
	};

	const audits = await auditsDuring(async () => {
		await renameSome(100);
		await killAndRestart();
		await renameSome(50);
		await killAndRestart();
		await renameSome(CHANGES - written);
	});
	const wanted = audits.map(({ id }) => id);
	const ended = await runs.until(n8n.client, (items) => {
		const ids = new Set(idsOf(items));
		return wanted.every((id) => ids.has(id));
	});

	const ids = ended.flatMap(({ items }) => idsOf(items));
	expect(wanted).toHaveLength(CHANGES);
	expect([...new Set(ids)].sort()).toEqual([...wanted].sort());
	// docs/triggers.md says why the last batch before a crash can be repeated.
	expect(repeated(ids).filter((id) => !lastBatches.includes(id))).toEqual([]);
	await n8n.client.deactivateWorkflow(workflow);
}, 600_000);

test('a poll that fails says why, and the next one catches up', async () => {
	const { client, account } = world();
	const workflow = await publishPolling();
	const runs = new Runs(workflow);
	const isLog = ({ path }: { path: string }) => path.endsWith('/audits');
	account.fault({ match: isLog, kind: 'status', status: 403, times: 1 });
	const [audit] = await auditsDuring(async () => await rename());
	const ended = await runs.until(client, (items) => items.length > 0);
	expect(ended.map(({ status }) => status)).toEqual(['error', 'success']);
	expect(ended.flatMap(({ items }) => idsOf(items))).toEqual([audit.id]);
	const failed = await client.execution(String(ended[0].id));
	expect(failed.data.resultData.error?.message).toBe('The request failed on demand');
	await client.deactivateWorkflow(workflow);
}, 300_000);

describe('the webhook trigger', () => {
	const secret = 'sandbox-hook-secret';
	const hook = (path: string) => `${world().n8n.url}/webhook/ahaWebhookTrigger${path}`;
	const post = async (path: string, body: string, method = 'POST', type = 'application/json') =>
		await fetch(hook(path), {
			method,
			headers: { 'Content-Type': type },
			...(method === 'POST' && { body: Buffer.from(body) }),
		});
	let workflow: string;

	beforeAll(async () => {
		workflow = await publishTrigger(world().client, 'ahaWebhookTrigger', await credential(), {
			secret,
			...UPDATES,
		});
		// n8n responds before the URL is open.
		while ((await post(`/${secret}`, '{}')).status === 404) await sleep(200);
	});

	afterAll(async () => await world().client.deactivateWorkflow(workflow));

	test('emits each change once, as the polling trigger does, though deliveries repeat and change order', async () => {
		const { client, account } = world();
		const polling = await publishPolling();
		const end = account.webhooks(hook(`/${secret}`), { repeat: 3, shuffle: true });
		const audits = await auditsDuring(async () => {
			for (let number = 0; number < 20; number++) await rename();
		});
		const isWhole = (items: IDataObject[]) => items.length >= audits.length;
		const delivered = await new Runs(workflow).until(client, isWhole);
		const polled = await new Runs(polling).until(client, isWhole);
		end();
		await client.deactivateWorkflow(polling);
		const byId = (a: IDataObject, b: IDataObject) => (String(a.id) < String(b.id) ? -1 : 1);
		const items = delivered.flatMap((run) => run.items).sort(byId);
		expect(idsOf(items)).toEqual(audits.map(({ id }) => id));
		expect(items).toEqual(polled.flatMap((run) => run.items).sort(byId));
	}, 120_000);

	test.each([
		['no secret', '', '{}', 'POST', 401],
		['a wrong secret', '/wrong', '{}', 'POST', 401],
		['a part of the secret', `/${secret.slice(0, -1)}`, '{}', 'POST', 401],
		['the secret in another place', `/activity/${secret}`, '{}', 'POST', 404],
		['junk', `/${secret}`, '{"event":', 'POST', 422],
		['no activity', `/${secret}`, '{"event": "test"}', 'POST', 400],
		['a body over the limit', `/${secret}`, `{"a": "${'x'.repeat(1_100_000)}"}`, 'POST', 413],
		['another method', `/${secret}`, '', 'GET', 404],
		['no body', `/${secret}`, '', 'POST', 400],
		['20,000 levels', `/${secret}`, '[['.repeat(10_000) + ']]'.repeat(10_000), 'POST', 400],
		['an unknown content type', `/${secret}`, '{}', 'POST', 400, 'application/x-unknown'],
		['a form', `/${secret}`, 'a=b', 'POST', 400, 'application/x-www-form-urlencoded'],
		['text', `/${secret}`, '{}', 'POST', 400, 'text/plain'],
	])('refuses %s', async (_what, path, body, method, status, ...[type]) => {
		const response = await post(path, body, method, type as string | undefined);
		expect(response.status).toBe(status);
	});

	test('keeps an ID that is a number beyond 2^53, and takes 20,000 levels in a change', async () => {
		const { client } = world();
		const id = '9223372036854775807';
		const deep = '['.repeat(20_000) + ']'.repeat(20_000);
		const change = { audit_action: 'update', auditable_type: 'feature' };
		const audit = JSON.stringify({ ...change, id: 'ID', changes: [{ value: 'DEEP' }] });
		const body = `{"event":"audit","audit":${audit.replace('"ID"', id).replace('"DEEP"', deep)}}`;
		const runs = new Runs(workflow);
		const before = await runs.ended(client);
		expect((await post(`/${secret}`, body)).status).toBe(200);
		const count = before.flatMap(({ items }) => items).length;
		const ended = await runs.until(client, (items) => items.length > count);
		expect(ended.at(-1)?.items).toMatchObject([{ id, at: null, changes: [{ to: null }] }]);
		expect(await (await post(`/${secret}`, body)).json()).toEqual({
			message: 'Already delivered',
		});
	}, 120_000);
});
