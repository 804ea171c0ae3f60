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

/** Each mode keeps its own n8n: the real Aha! and the sandbox never share a credential. */
export type Mode = 'demo' | 'run' | 'live';

export interface Session {
	readonly n8n: N8n;
	/** n8n's folder, kept between starts but for `run`. */
	readonly folder: string;
	/** None in `live` mode. */
	readonly sandbox?: Sandbox;
}

/** n8n's own. */
const PORT = 5678;

/** What n8n's database and log take, and some air, in bytes. */
const REQUIRED_SPACE = 200 * 1024 ** 2;

/** @throws PlainError for a port that is none */
function parsePort(): number {
	const { N8N_PORT: typed = String(PORT) } = process.env;
	const port = Number(typed);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new CliError(`N8N_PORT is "${typed}", but a port is a number from 1 to 65535.`);
}

/**
 * Installs n8n if need be, starts the sandbox and n8n, and signs in to it as its first user.
 *
 * @param endings receives what ends all that was started
 * @throws PlainError with a sentence when this machine does not allow it
 */
export async function startSession(mode: Mode, cleanup: Cleanup): Promise<Session> {
	const port = mode === 'run' ? await freePort() : parsePort();
	await checkPort(port);
	const folder = join(RUNTIME, mode === 'run' ? `run-${process.pid}` : mode);
	await checkFolder(folder, REQUIRED_SPACE);
	if (mode === 'run') cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	await ensureRuntime();

	const sandbox = mode === 'live' ? undefined : await startSandbox();
	if (sandbox) cleanup.add(async () => await sandbox.stop());

	const n8n = new N8n({ folder, port, env: sandbox?.env });
	cleanup.add(async () => await n8n.stop());
	console.log('Starting n8n …');
	await n8n.start();
	await signIn(n8n, folder);
	return { n8n, folder, sandbox };
}

async function signIn(n8n: N8n, folder: string): Promise<void> {
	try {
		await n8n.signIn();
	} catch (error) {
		if (!(error instanceof N8nApiError)) throw error;
		throw new CliError(
			`n8n does not let ${LOCAL_OWNER.email} in (${error.n8nMessage}). Delete ${folder} to start anew.`,
		);
	}
}
