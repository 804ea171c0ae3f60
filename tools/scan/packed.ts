import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ROOT } from '../runtime/places';

const run = promisify(execFile);

/**
 * Packs the package as npm would publish it, and unpacks it.
 *
 * @param folder an empty folder
 * @returns the folder with the package's files
 */
export async function unpacked(folder: string): Promise<string> {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const { stdout } = await run('npm', args, { cwd: ROOT });
	const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
	await run('tar', ['-xzf', filename], { cwd: folder });
	return join(folder, 'package');
}
