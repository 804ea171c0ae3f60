import { delimiter, join } from 'node:path';

import { ProcessGroup } from './processGroup';
import { N8N_SCRIPT, NODE_BINARY, RUNTIME_BIN } from './places';
import { freePort } from './ports';

export interface N8nProcessOptions {
	/** n8n's user folder: its database, key, settings and community nodes, below `.n8n`. */
	folder: string;
	/** Receives n8n's output, appended. */
	logFile: string;
	/** Added to the environment: the sandbox's proxy and authority, `N8N_…`, `DB_…`, `QUEUE_…`. */
	env?: NodeJS.ProcessEnv;
	/** What follows the command, for example `--concurrency=5`. */
	args?: string[];
}

/** What n8n may see of the environment; a person's own `N8N_…` and `DB_…` settings stay out. */
const INHERITED = ['HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

const inherited = (): NodeJS.ProcessEnv =>
	Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));

/** Keeps n8n from calling home and from asking a new user about themselves. */
const QUIET: NodeJS.ProcessEnv = {
	// n8n's own assistant would take the place of the workflows after the sign-in.
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

/**
 * Starts one of n8n's commands in a process of its own.
 *
 * @param command `start` for the editor and its API, `worker` for a worker of the queue mode
 */
export async function startN8nProcess(
	command: 'start' | 'worker',
	{ folder, logFile, env, args = [] }: N8nProcessOptions,
): Promise<ProcessGroup> {
	return await ProcessGroup.start({
		command: NODE_BINARY,
		args: [N8N_SCRIPT, command, ...args],
		cwd: folder,
		logFile,
		env: {
			...inherited(),
			...QUIET,
			PATH: [RUNTIME_BIN, process.env.PATH].join(delimiter),
			N8N_USER_FOLDER: folder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			// n8n would take a fixed one, and a second n8n on this machine could not start.
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			...env,
		},
	});
}

/** Where a community package lies below a user folder, as n8n's own installer puts it. */
export const communityPackageFolder = (folder: string, name: string): string =>
	join(folder, '.n8n', 'nodes', 'node_modules', name);
