import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../sandbox';
import { examples, startsByClick, triggerOf, withCredentials } from '../../tools/demo/workflows';
import { N8n, type N8nOptions } from '../../tools/runtime/n8n';
import { installTarball, packPackage } from '../../tools/runtime/package';
import { failureOf, outputOf } from '../../tools/runtime/workflow';
import { createRegistry, type Registry } from './support/registry';

jest.setTimeout(300_000);

const PACKAGE = 'n8n-nodes-aha';
const TYPES = ['aha', 'ahaTool', 'ahaTrigger', 'ahaWebhookTrigger'];

let folder: string;
let tarball: string;
let sandbox: Sandbox;
let registry: Registry;
let env: NodeJS.ProcessEnv;
let n8n: N8n | undefined;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'aha-install-'));
	tarball = await packPackage(folder);
	registry = createRegistry(tarball);
	const services = new Map([[registry.host, registry.listener]]);
	sandbox = await startSandbox({ limits: null, services });
	env = {
		...sandbox.env,
		// For the npm that n8n starts, whatever the settings of this machine.
		npm_config_cafile: sandbox.authority,
		npm_config_cache: join(folder, 'npm-cache'),
		npm_config_registry: `https://${registry.host}/`,
	};
});
beforeEach(() => {
	n8n = undefined;
	registry.requested.length = 0;
});
afterEach(async () => await n8n?.stop());
afterAll(async () => {
	await sandbox.stop();
	await rm(folder, { recursive: true, force: true });
});

/** Starts n8n in a fresh user folder. */
async function start(name: string, options: Partial<N8nOptions> = {}) {
	const home = join(folder, name);
	n8n = new N8n({ folder: home, env, install: async () => undefined, ...options });
	await n8n.start();
	await n8n.signIn();
	return { client: n8n.client, nodes: join(home, '.n8n', 'nodes', 'node_modules') };
}

type Started = Awaited<ReturnType<typeof start>>;

/** Checks what was installed, and that the examples run as they are. */
async function works({ client, nodes }: Started): Promise<void> {
	const packages = (await readdir(nodes)).filter((name) => !name.startsWith('.'));
	expect(packages).toEqual([PACKAGE]);
	expect(await readdir(join(nodes, PACKAGE))).not.toContain('node_modules');
	const names = (await client.nodeTypes()).map(({ name }) => name);
	expect(names.filter((name) => /aha/i.test(name)).sort()).toEqual(
		TYPES.map((type) => `${PACKAGE}.${type}`),
	);

	const { domain, keys } = sandbox.account('mycompany');
	const credential = await client.createCredential('Aha!', 'ahaApiKey', {
		accountDomain: domain,
		apiKey: keys.owner,
	});
	for (const example of examples.filter(startsByClick)) {
		const aha = { ...credential, authentication: 'apiKey' } as const;
		const { id } = await client.createWorkflow(withCredentials(example, aha));
		const execution = await client.runWorkflow(id, triggerOf(example));
		expect(failureOf(execution)).toBeUndefined();
		const { lastNodeExecuted = '' } = execution.data.resultData;
		expect(outputOf(execution, lastNodeExecuted).length).toBeGreaterThan(0);
	}
}

test('in the editor: Settings > Community nodes > Install', async () => {
	const started = await start('editor');
	const { client } = started;
	await client.request('POST', 'rest/community-packages', { name: PACKAGE });
	expect(registry.requested).toContain(`/${PACKAGE}/latest`);
	expect(registry.requested.filter((path) => path.endsWith('.tgz'))).toHaveLength(1);
	const installed = await client.request<Array<{ packageName: string; failedLoading?: boolean }>>(
		'GET',
		'rest/community-packages',
	);
	expect(installed).toEqual([
		expect.objectContaining({ packageName: PACKAGE, failedLoading: false }) as object,
	]);
	await works(started);
});

test('by hand, or in an image: npm install --omit=peer', async () => {
	const install = async (home: string) => await installTarball(home, tarball);
	await works(await start('by-hand', { install }));
});

test('with Docker: N8N_COMMUNITY_PACKAGES', async () => {
	const managed = {
		...env,
		N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV: 'true',
		N8N_COMMUNITY_PACKAGES: JSON.stringify([{ name: PACKAGE }]),
	};
	const started = await start('environment', { env: managed });
	await works(started);
	// n8n then refuses changes in the editor.
	const request = started.client.request('DELETE', `rest/community-packages?name=${PACKAGE}`);
	await expect(request).rejects.toThrow('managed via environment variables');
});
