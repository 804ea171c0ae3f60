import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';

import { CliError } from '../runtime/cliError';
import { isPortFree } from '../runtime/ports';

const MEGABYTE = 1024 ** 2;

/** @throws CliError when another process uses the port */
export async function checkPort(port: number): Promise<void> {
	if (await isPortFree(port)) return;
	throw new CliError(
		`Port ${port} is taken, perhaps by another n8n. Stop it, or choose another port: N8N_PORT=${port + 1} npm start`,
	);
}

/**
 * Creates a folder if necessary.
 *
 * @param needed free space in bytes
 * @throws CliError when the folder is not writable or its disk is full
 */
export async function checkFolder(folder: string, needed: number): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
		await access(folder, constants.W_OK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new CliError(
			`The folder ${folder} is not writable (${code}). Change its permissions, then try again.`,
		);
	}
	const { bavail, bsize } = await statfs(folder);
	if (bavail * bsize >= needed) return;
	throw new CliError(
		`The disk of ${folder} is full: ${Math.floor((bavail * bsize) / MEGABYTE)} MB are free, but ${Math.ceil(needed / MEGABYTE)} MB are needed.`,
	);
}
