import { delimiter, join } from 'node:path';

import { ProcessGroup } from './processGroup';
import { PINNED, type Installation } from './places';
import { freePort } from './ports';
import { run } from './run';

export interface N8nProcessOptions {
	/** n8n's user folder. `.n8n` in it has the database, key, settings and community nodes. */
	folder: string;
	/** n8n's output is appended to it. */
	logFile: string;
	/** Added to the environment, for example the sandbox's proxy or `N8N_…` settings. */
	env?: NodeJS.ProcessEnv;
	/** The n8n to start; the pinned one by default. */
	installation?: Installation;
	/** Arguments after the command, for example `--concurrency=5`. */
	args?: string[];
}

/** Environment variables that n8n inherits. A developer's own `N8N_…` settings are not among them. */
const INHERITED = ['HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

const inherited = (): NodeJS.ProcessEnv =>
	Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));

/** Turns off telemetry, external requests and the questions to new users. */
const QUIET: NodeJS.ProcessEnv = {
	// Otherwise n8n's assistant opens after the sign-in instead of the list of workflows.
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
};

/** The environment of n8n's processes and commands, which share a user folder. */
async function environment({
	folder,
	env,
	installation = PINNED,
}: Pick<N8nProcessOptions, 'folder' | 'env' | 'installation'>): Promise<NodeJS.ProcessEnv> {
	return {
		...inherited(),
		...QUIET,
		PATH: [installation.bin, process.env.PATH].join(delimiter),
		N8N_USER_FOLDER: folder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// The default is a fixed port, which a second n8n on this machine could not use.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...env,
	};
}

/**
 * Starts an n8n process.
 *
 * @param command `start` for the editor and its API, `worker` for a queue mode worker
 */
export async function startN8nProcess(
	command: 'start' | 'worker',
	options: N8nProcessOptions,
): Promise<ProcessGroup> {
	const { folder, logFile, installation = PINNED, args = [] } = options;
	return await ProcessGroup.start({
		command: installation.node,
		args: [installation.n8n, command, ...args],
		cwd: folder,
		logFile,
		env: await environment(options),
	});
}

/**
 * Runs a command of the pinned n8n while it is not started, such as `export:workflow`.
 *
 * @param folder n8n's user folder
 * @throws ExecaError when the command fails
 */
export async function runN8nCommand(folder: string, args: readonly string[]): Promise<void> {
	const env = await environment({ folder });
	await run(PINNED.node, [PINNED.n8n, ...args], { cwd: folder, env, extendEnv: false });
}

/** The folder where n8n installs a community package. */
export const communityPackageFolder = (folder: string, name: string): string =>
	join(folder, '.n8n', 'nodes', 'node_modules', name);
