import { join } from 'node:path';

import { ROOT } from '../runtime/places';
import { run } from '../runtime/run';

/**
 * Packs the package as npm would publish it, then unpacks it.
 *
 * @param folder an empty folder
 * @returns the folder with the files of the package
 */
export async function unpacked(folder: string): Promise<string> {
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
	const [{ filename }] = JSON.parse(await run('npm', args, { cwd: ROOT })) as [
		{ filename: string },
	];
	await run('tar', ['-xzf', filename], { cwd: folder });
	return join(folder, 'package');
}
