import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { lastLines, ProcessGroup } from './processGroup';
import { N8N_SCRIPT, NODE_BINARY, RUNTIME, RUNTIME_BIN, RUNTIME_MANIFEST } from './places';
import { CliError } from './cliError';
import { Progress } from './progress';
import { run } from './run';

interface NpmCommand {
	title: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	/** Shown when it fails, before the end of the log. */
	hint: string;
}

const GIGABYTE = 1024 ** 3;
const NEEDED_GIGABYTES = 4;
const STAMP = join(RUNTIME, 'installed.json');
const LOG = join(RUNTIME, 'install.log');

/** Written after an installation. It changes with the versions to install and the platform. */
const expectedStamp = (): string =>
	JSON.stringify({
		lock: createHash('sha256')
			.update(readFileSync(join(RUNTIME_MANIFEST, 'package-lock.json')))
			.digest('hex'),
		platform: `${process.platform}-${process.arch}`,
	});

const isInstalled = (): boolean =>
	existsSync(STAMP) && readFileSync(STAMP, 'utf8') === expectedStamp() && existsSync(N8N_SCRIPT);

const freeBytes = (): number => {
	const { bavail, bsize } = statfsSync(RUNTIME);
	return bavail * bsize;
};

const gigabytes = (bytes: number): string => `${Math.max(0, bytes / GIGABYTE).toFixed(1)} GB`;

const commands: NpmCommand[] = [
	{
		title: 'Downloading n8n (about 3 minutes, 3 GB, once)',
		// The scripts of an optional module would download sources from somewhere else.
		args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
		hint: 'npm could not install n8n.',
	},
	{
		title: 'Downloading Node 24',
		args: ['rebuild', 'node', '--ignore-scripts=false'],
		hint: 'npm could not install Node 24.',
	},
	{
		title: 'Preparing SQLite',
		args: ['rebuild', 'sqlite3', '--ignore-scripts=false'],
		env: {
			// Build it with and for the Node.js that n8n runs on.
			PATH: [RUNTIME_BIN, process.env.PATH].join(delimiter),
			npm_config_nodedir: join(
				RUNTIME,
				`node_modules/node/node_modules/node-${process.platform}-${process.arch}`,
			),
		},
		hint: 'There is no prebuilt SQLite for this machine, and building it failed. Install python3, make and g++, then try again.',
	},
];

/** Fails early if the installation cannot succeed. */
async function checkMachine(): Promise<void> {
	if (process.platform === 'win32') {
		throw new CliError('This command supports only Linux and macOS. On Windows, use WSL.');
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
			'n8n is not installed yet, and the npm registry cannot be reached. Check your network, then try again.',
		);
	}
}

async function install(command: NpmCommand, freeAtStart: number): Promise<void> {
	const child = await ProcessGroup.start({
		command: 'npm',
		args: command.args,
		cwd: RUNTIME,
		env: { ...process.env, ...command.env },
		logFile: LOG,
	});
	const progress = new Progress(command.title, () => gigabytes(freeAtStart - freeBytes()));
	const { exitCode } = await child.ended.finally(() => progress.end());
	if (exitCode !== 0) {
		throw new CliError(`${command.hint} The end of the log (${LOG}):\n${lastLines(child.log())}`);
	}
}

/**
 * Installs the pinned n8n and Node.js in `.runtime`, unless they are already there.
 *
 * @throws CliError when there is too little space, no network, or the platform is not supported
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
	for (const command of commands) await install(command, freeAtStart);
	// Check that n8n runs; this takes a second.
	await run(NODE_BINARY, [N8N_SCRIPT, '--version']);
	await writeFile(STAMP, expectedStamp());
}
