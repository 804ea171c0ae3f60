import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { communityPackageFolder } from './n8nProcess';
import { ROOT } from './places';
import { CliError } from './cliError';
import { run } from './run';

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifest = (): Manifest =>
	JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;

/** @throws CliError when the package is not built */
function checkBuilt(): void {
	const { n8n } = manifest();
	const missing = [...n8n.nodes, ...n8n.credentials].find((file) => !existsSync(join(ROOT, file)));
	if (missing) {
		throw new CliError(`The package is not built (${missing} is missing). Run "npm run build".`);
	}
}

/**
 * Packs the built package as npm would publish it.
 *
 * @param folder receives the tarball
 * @returns the path of the tarball
 * @throws CliError when the package is not built
 */
export async function packPackage(folder: string): Promise<string> {
	checkBuilt();
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const [{ filename }] = JSON.parse(await run('npm', args, { cwd: ROOT })) as [
		{ filename: string },
	];
	return join(folder, filename);
}

/** The files that npm would publish. */
async function packedFiles(): Promise<string[]> {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
	const [pack] = JSON.parse(await run('npm', args, { cwd: ROOT })) as [
		{ files: { path: string }[] },
	];
	return pack.files.map((file) => file.path);
}

/**
 * Installs the built package as a community node, with the files that npm would publish.
 *
 * @param folder n8n's user folder
 * @throws CliError when the package is not built
 */
export async function installPackage(folder: string): Promise<void> {
	checkBuilt();
	const target = communityPackageFolder(folder, manifest().name);
	await rm(target, { recursive: true, force: true });
	for (const file of await packedFiles()) {
		await cp(join(ROOT, file), join(target, file));
	}
}

/**
 * Installs a tarball by hand, as the README says.
 *
 * @param folder n8n's user folder
 */
export async function installTarball(folder: string, tarball: string): Promise<void> {
	const nodes = join(folder, '.n8n', 'nodes');
	await mkdir(nodes, { recursive: true });
	await run('npm', ['install', '--omit=peer', tarball], { cwd: nodes });
}
