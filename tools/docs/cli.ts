import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { resources } from '../../nodes/Aha/resources';
import { ROOT } from '../runtime/places';
import { operationsTable, withTable } from './operationsTable';

/** Writes the table of operations into the README; with `--check` only says whether it is there. */
async function main(): Promise<void> {
	const path = join(ROOT, 'README.md');
	const stands = await readFile(path, 'utf8');
	const options = { ...(await resolveConfig(path)), filepath: path };
	const wanted = await format(withTable(stands, operationsTable(resources)), options);
	if (!process.argv.includes('--check')) return await writeFile(path, wanted);
	if (stands === wanted) return;
	console.error('The table of operations in README.md is out of date: run "npm run docs".');
	process.exitCode = 1;
}

void main();
