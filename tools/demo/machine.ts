import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';

import { CliError } from '../runtime/cliError';
import { isPortFree } from '../runtime/ports';

const MEGABYTE = 1024 ** 2;

/** Refuses a port that somebody else listens on. */
export async function checkPort(port: number): Promise<void> {
	if (await isPortFree(port)) return;
	throw new CliError(
		`Port ${port} is taken, perhaps by another n8n: end that, or choose a port: N8N_PORT=${port + 1} npm start`,
	);
}

/**
 * Makes a folder, and refuses one that cannot be written, or whose disk is full.
 *
 * @param needed in bytes
 */
export async function checkFolder(folder: string, needed: number): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
		await access(folder, constants.W_OK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new CliError(`The folder ${folder} cannot be written (${code}): free it and try again.`);
	}
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize >= needed) return;
	throw new CliError(
		`The disk of ${folder} is full: ${Math.floor((bavail * bsize) / MEGABYTE)} MB are free, and ${Math.ceil(needed / MEGABYTE)} MB are needed.`,
	);
}
