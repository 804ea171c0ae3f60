import { existsSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
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
	const { name, n8n } = manifest();
	const missing = [...n8n.nodes, ...n8n.credentials].find((file) => !existsSync(join(ROOT, file)));
	if (missing) {
		throw new CliError(`The package is not built (${missing} is missing). Run "npm run build".`);
	}
	const target = communityPackageFolder(folder, name);
	await rm(target, { recursive: true, force: true });
	for (const file of await packedFiles()) {
		await cp(join(ROOT, file), join(target, file));
	}
}
