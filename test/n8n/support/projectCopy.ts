import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../../../tools/runtime/places';

/** The parts of this repository that `npm start` reads. */
const NEEDED = [
	'package.json',
	'examples',
	'index.js',
	'dist',
	'sandbox',
	'tools/demo',
	'tools/runtime',
];

export interface ProjectCopy {
	readonly folder: string;
	remove(): void;
}

/**
 * Copies the project, so that tests do not touch the data of a person's n8n.
 *
 * @param runtime whether n8n is installed in the copy; it must be installed here
 */
export function copyProject(runtime: boolean): ProjectCopy {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-aha-'));
	for (const path of NEEDED) {
		if (existsSync(join(ROOT, path))) {
			cpSync(join(ROOT, path), join(folder, path), { recursive: true });
		}
	}
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
	if (runtime) {
		mkdirSync(join(folder, '.runtime'));
		for (const name of ['installed.json', 'node_modules']) {
			symlinkSync(join(ROOT, '.runtime', name), join(folder, '.runtime', name));
		}
	}
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
