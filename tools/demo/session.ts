import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { ensureRuntime } from '../runtime/install';
import { LOCAL_OWNER, N8n } from '../runtime/n8n';
import { RUNTIME } from '../runtime/places';
import { CliError } from '../runtime/cliError';
import { freePort } from '../runtime/ports';
import { N8nApiError } from '../runtime/restClient';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { Cleanup } from './cleanup';
import { checkFolder, checkPort } from './machine';
import { byHost, createServices, type DemoServices } from './services';

/** Each mode has its own n8n, so that credentials for Aha! and the sandbox are never mixed up. */
export type Mode = 'demo' | 'run' | 'live';

export interface Session {
	readonly n8n: N8n;
	/** n8n's user folder, which is kept between starts except in `run` mode. */
	readonly folder: string;
	/** Undefined in `live` mode. */
	readonly sandbox?: Sandbox;
	/** The simulated services beside Aha!, which `live` mode does not have either. */
	readonly services: DemoServices;
}

/** n8n's default. */
const PORT = 5678;

/** Space for n8n's database and log, in bytes. */
const REQUIRED_SPACE = 200 * 1024 ** 2;

/** @throws CliError when N8N_PORT is not a port */
function parsePort(): number {
	const { N8N_PORT: typed = String(PORT) } = process.env;
	const port = Number(typed);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new CliError(`N8N_PORT is "${typed}", but it must be a number from 1 to 65535.`);
}

/**
 * Installs n8n if necessary, starts the sandbox and n8n, and signs in.
 *
 * @param cleanup receives tasks that stop everything
 * @throws CliError when something cannot be installed or started
 */
export async function startSession(mode: Mode, cleanup: Cleanup): Promise<Session> {
	const port = mode === 'run' ? await freePort() : parsePort();
	await checkPort(port);
	const folder = join(RUNTIME, mode === 'run' ? `run-${process.pid}` : mode);
	await checkFolder(folder, REQUIRED_SPACE);
	if (mode === 'run') cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	await ensureRuntime();

	const services = createServices();
	const sandbox = mode === 'live' ? undefined : await startSandbox({ services: byHost(services) });
	if (sandbox) cleanup.add(async () => await sandbox.stop());

	const n8n = new N8n({ folder, port, env: sandbox?.env });
	cleanup.add(async () => await n8n.stop());
	console.log('Starting n8n …');
	await n8n.start();
	await signIn(n8n, folder);
	return { n8n, folder, sandbox, services };
}

async function signIn(n8n: N8n, folder: string): Promise<void> {
	try {
		await n8n.signIn();
	} catch (error) {
		if (!(error instanceof N8nApiError)) throw error;
		throw new CliError(
			`${LOCAL_OWNER.email} cannot sign in to n8n (${error.n8nMessage}). Delete ${folder} to start again.`,
		);
	}
}
