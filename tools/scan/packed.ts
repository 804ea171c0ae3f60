import { join } from 'node:path';

import { packPackage } from '../runtime/package';
import { run } from '../runtime/run';

/**
 * Packs the package as npm would publish it, then unpacks it.
 *
 * @param folder an empty folder
 * @returns the folder with the files of the package
 */
export async function unpacked(folder: string): Promise<string> {
	await run('tar', ['-xzf', await packPackage(folder)], { cwd: folder });
	return join(folder, 'package');
}
