import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prepareDemo } from '../demo/serve';
import { byHost, createServices, type DemoServices } from '../demo/services';
import { ensureRuntime } from '../runtime/install';
import { N8n } from '../runtime/n8n';
import { startSandbox, type Sandbox } from '../../sandbox';

export interface RunningDemo {
	readonly n8n: N8n;
	readonly sandbox: Sandbox;
	readonly services: DemoServices;
	stop(): Promise<void>;
}

/** Starts the demo in a folder of its own, as a first user finds it. */
export async function runningDemo(): Promise<RunningDemo> {
	await ensureRuntime();
	const folder = await mkdtemp(join(tmpdir(), 'aha-pictures-'));
	const services = createServices();
	const sandbox = await startSandbox({ services: byHost(services) });
	const n8n = new N8n({ folder, env: sandbox.env });
	const stop = async () => {
		await n8n.stop();
		await sandbox.stop();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await n8n.start();
		await n8n.signIn();
		await prepareDemo({ n8n, sandbox, services });
	} catch (error) {
		await stop();
		throw error;
	}
	return { n8n, sandbox, services, stop };
}
