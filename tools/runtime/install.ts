import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { lastLines, ProcessGroup } from './processGroup';
import { installationIn, PINNED, RUNTIME, RUNTIME_MANIFEST, type Installation } from './places';
import { CliError } from './cliError';
import { Progress } from './progress';
import { run } from './run';
import { isOlder } from './version';

interface NpmCommand {
	title: string;
	args: string[];
	env?: NodeJS.ProcessEnv;
	/** Shown when it fails, before the end of the log. */
	hint: string;
}

/** An n8n to install in a folder of its own. */
interface Target {
	folder: string;
	/** Describes what is installed; another one means that it must be installed again. */
	stamp: string;
	/** Writes the files for npm. */
	writeManifest: () => Promise<void>;
	/** npm's command, which takes the versions from the lockfile or from package.json. */
	command: 'ci' | 'install';
}

const GIGABYTE = 1024 ** 3;
const NEEDED_GIGABYTES = 4;

/** Below this version, n8n takes \`xlsx\` from a place other than the npm registry. */
const XLSX_FROM_NPM = '2.33.0';

const pinned = JSON.parse(readFileSync(join(RUNTIME_MANIFEST, 'package.json'), 'utf8')) as {
	dependencies: { n8n: string; node: string };
};

/** The version of n8n that the tests use. */
export const PINNED_VERSION = pinned.dependencies.n8n;

const platform = `${process.platform}-${process.arch}`;

/** The pinned n8n, with the versions in its lockfile. */
const pinnedTarget: Target = {
	folder: RUNTIME,
	stamp: JSON.stringify({
		lock: createHash('sha256')
			.update(readFileSync(join(RUNTIME_MANIFEST, 'package-lock.json')))
			.digest('hex'),
		platform,
	}),
	writeManifest: async () => {
		for (const file of ['package.json', 'package-lock.json']) {
			await copyFile(join(RUNTIME_MANIFEST, file), join(RUNTIME, file));
		}
	},
	command: 'ci',
};

/** Another version of n8n, with whatever npm installs for it today. */
function versionTarget(version: string): Target {
	const folder = join(RUNTIME, `n8n-${version}`);
	const manifest = {
		...pinned,
		dependencies: { ...pinned.dependencies, n8n: version },
		...(isOlder(version, XLSX_FROM_NPM) && { overrides: { xlsx: '0.18.5' } }),
	};
	return {
		folder,
		stamp: JSON.stringify({ manifest, platform }),
		writeManifest: async () =>
			await writeFile(join(folder, 'package.json'), JSON.stringify(manifest)),
		command: 'install',
	};
}

const stampFile = ({ folder }: Target): string => join(folder, 'installed.json');

function isInstalled(target: Target): boolean {
	const file = stampFile(target);
	if (!existsSync(file) || readFileSync(file, 'utf8') !== target.stamp) return false;
	return existsSync(installationIn(target.folder).n8n);
}

const freeBytes = (): number => {
	const { bavail, bsize } = statfsSync(RUNTIME);
	return bavail * bsize;
};

const gigabytes = (bytes: number): string => `${Math.max(0, bytes / GIGABYTE).toFixed(1)} GB`;

const commandsFor = ({ folder, command }: Target): NpmCommand[] => [
	{
		title: 'Downloading n8n (about 3 minutes, 3 GB, once)',
		// The scripts of an optional module would download sources from somewhere else.
		args: [command, '--ignore-scripts', '--no-audit', '--no-fund'],
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
			PATH: [installationIn(folder).bin, process.env.PATH].join(delimiter),
			npm_config_nodedir: join(folder, `node_modules/node/node_modules/node-${platform}`),
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

async function runCommand(
	command: NpmCommand,
	{ folder }: Target,
	freeAtStart: number,
): Promise<void> {
	const logFile = logOf(folder);
	const child = await ProcessGroup.start({
		command: 'npm',
		args: command.args,
		cwd: folder,
		env: { ...process.env, ...command.env },
		logFile,
	});
	const progress = new Progress(command.title, () => gigabytes(freeAtStart - freeBytes()));
	const { exitCode } = await child.ended.finally(() => progress.end());
	if (exitCode !== 0) {
		throw new CliError(
			`${command.hint} The end of the log (${logFile}):\n${lastLines(child.log())}`,
		);
	}
}

const logOf = (folder: string): string => join(folder, 'install.log');

async function install(target: Target): Promise<void> {
	if (isInstalled(target)) return;
	await mkdir(target.folder, { recursive: true });
	await rm(stampFile(target), { force: true });
	await checkMachine();
	await target.writeManifest();
	await rm(logOf(target.folder), { force: true });
	const freeAtStart = freeBytes();
	for (const command of commandsFor(target)) await runCommand(command, target, freeAtStart);
	// Check that n8n runs; this takes a second.
	const { node, n8n } = installationIn(target.folder);
	await run(node, [n8n, '--version']);
	await writeFile(stampFile(target), target.stamp);
}

/**
 * Installs the pinned n8n and Node.js in `.runtime`, unless they are already there.
 *
 * @throws CliError when there is too little space, no network, or the platform is not supported
 */
export const ensureRuntime = async (): Promise<void> => await install(pinnedTarget);

/**
 * Installs some version of n8n in a folder of its own, unless it is already there.
 *
 * @param version for example `2.0.0`
 * @throws CliError as `ensureRuntime` does
 */
export async function ensureN8n(version: string): Promise<Installation> {
	if (version === PINNED_VERSION) {
		await ensureRuntime();
		return PINNED;
	}
	const target = versionTarget(version);
	await install(target);
	return installationIn(target.folder);
}
