import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { ROOT } from '../runtime/places';

/**
 * Writes a file, formatted by Prettier, or with `--check` on the command line only checks it.
 *
 * @param file relative to the repository
 * @param command that writes the file, for the message
 */
export async function updateFile(file: string, content: string, command: string): Promise<void> {
	const path = join(ROOT, file);
	const options = { ...(await resolveConfig(path)), filepath: path };
	const updated = await format(content, options);
	if (!process.argv.includes('--check')) {
		await mkdir(dirname(path), { recursive: true });
		return await writeFile(path, updated);
	}
	if ((await readFile(path, 'utf8').catch(() => undefined)) === updated) return;
	console.error(`${file} is out of date. Run "${command}".`);
	process.exitCode = 1;
}
