import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { ROOT } from '../runtime/places';
import { replaceSection } from './replaceSection';

/** The part of a Markdown file that a command writes, see `replaceSection`. */
export interface Section {
	/** Relative to the repository. */
	readonly file: string;
	readonly name: string;
}

/** The file as it is, and with new content in a section, formatted by Prettier. */
async function render({ file, name }: Section, content: string) {
	const path = join(ROOT, file);
	const current = await readFile(path, 'utf8');
	const options = { ...(await resolveConfig(path)), filepath: path };
	return { path, current, updated: await format(replaceSection(current, name, content), options) };
}

export async function writeSection(section: Section, content: string): Promise<void> {
	const { path, updated } = await render(section, content);
	await writeFile(path, updated);
}

export async function isUpToDate(section: Section, content: string): Promise<boolean> {
	const { current, updated } = await render(section, content);
	return current === updated;
}

/**
 * Writes a section, or with `--check` on the command line only checks it.
 *
 * @param command that writes the section, for the message
 */
export async function updateSection(
	section: Section,
	content: string,
	command: string,
): Promise<void> {
	if (!process.argv.includes('--check')) return await writeSection(section, content);
	if (await isUpToDate(section, content)) return;
	console.error(`${section.file}, "${section.name}", is out of date. Run "${command}".`);
	process.exitCode = 1;
}
