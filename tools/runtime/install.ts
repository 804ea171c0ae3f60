import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { ProcessGroup } from './processGroup';
import { N8N_SCRIPT, NODE_BINARY, RUNTIME, RUNTIME_BIN, RUNTIME_MANIFEST } from './places';
import { CliError } from './cliError';
import { Progress } from './progress';
import { run } from './run';

interface NpmCommand {
	what: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	/** Said when it fails, before the end of the log. */
	hint: string;
}

const GIGABYTE = 1024 ** 3;
const NEEDED_GIGABYTES = 4;
const STAMP = join(RUNTIME, 'installed.json');
const LOG = join(RUNTIME, 'install.log');

/** What a stamp must say for the install beside it to be whole and the one that is wanted. */
const wantedStamp = (): string =>
	JSON.stringify({
		lock: createHash('sha256')
			.update(readFileSync(join(RUNTIME_MANIFEST, 'package-lock.json')))
			.digest('hex'),
		platform: `${process.platform}-${process.arch}`,
	});

const isInstalled = (): boolean =>
	existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wantedStamp() && existsSync(N8N_SCRIPT);

const freeBytes = (): number => {
	const { bavail, bsize } = statfsSync(RUNTIME);
	return bavail * bsize;
};

const gigabytes = (bytes: number): string => `${Math.max(0, bytes / GIGABYTE).toFixed(1)} GB`;

const commands: NpmCommand[] = [
	{
		what: 'Downloading n8n (about 3 minutes, 3 GB, once)',
		// One optional module of n8n's downloads its source from elsewhere when its scripts run.
		args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
		hint: 'npm could not install n8n.',
	},
	{
		what: 'Fetching Node 24 for it',
		args: ['rebuild', 'node', '--ignore-scripts=false'],
		hint: 'npm could not install Node 24.',
	},
	{
		what: 'Preparing its database',
		args: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
		env: {
			// Built with, and for, the Node that n8n runs on.
			PATH: [RUNTIME_BIN, process.env.PATH].join(delimiter),
			npm_config_nodedir: join(
				RUNTIME,
				`node_modules/node/node_modules/node-${process.platform}-${process.arch}`,
			),
		},
		hint: 'No ready-made SQLite could be had for this machine, and building it failed: install python3, make and g++ and try again.',
	},
];

/** Refuses early what would fail late. */
async function checkMachine(): Promise<void> {
	if (process.platform === 'win32') {
		throw new CliError('n8n is installed for Linux and macOS only: on Windows, use WSL.');
	}
	const free = freeBytes();
	if (free < NEEDED_GIGABYTES * GIGABYTE) {
		throw new CliError(
			`n8n needs ${NEEDED_GIGABYTES} GB on the disk of ${RUNTIME}, but only ${gigabytes(free)} are free.`,
		);
	}
	try {
		const args = ['view', 'n8n', 'name', '--fetch-retries=0', '--fetch-timeout=30000'];
		await run('npm', args, { cwd: RUNTIME });
	} catch {
		throw new CliError(
			'The npm registry cannot be reached, and n8n is not installed yet: check the network and try again.',
		);
	}
}

async function install(step: NpmCommand, freeAtStart: number): Promise<void> {
	const child = await ProcessGroup.start({
		command: 'npm',
		args: step.args,
		cwd: RUNTIME,
		env: { ...process.env, ...step.env },
		logFile: LOG,
	});
	const progress = new Progress(step.what, () => gigabytes(freeAtStart - freeBytes()));
	const { exitCode } = await child.ended.finally(() => progress.end());
	if (exitCode !== 0) {
		throw new CliError(`${step.hint} The end of the log (${LOG}):\n${child.logEnd()}`);
	}
}

/**
 * Installs the pinned n8n and its own Node below `.runtime`, unless that was done before.
 *
 * @throws PlainError with a sentence when the disk, the network or the machine does not allow it
 */
export async function ensureRuntime(): Promise<void> {
	if (isInstalled()) return;
	await mkdir(RUNTIME, { recursive: true });
	await rm(STAMP, { force: true });
	await checkMachine();
	for (const file of ['package.json', 'package-lock.json']) {
		await copyFile(join(RUNTIME_MANIFEST, file), join(RUNTIME, file));
	}
	await rm(LOG, { force: true });
	const freeAtStart = freeBytes();
	for (const step of commands) await install(step, freeAtStart);
	// A whole install can say its version; it takes a second.
	await run(NODE_BINARY, [N8N_SCRIPT, '--version']);
	await writeFile(STAMP, wantedStamp());
}
