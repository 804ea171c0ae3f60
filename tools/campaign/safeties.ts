import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../runtime/places';

/** A safety of the node, and how to take it out of its sources. */
interface Safety {
	readonly file: string;
	readonly code: RegExp;
	readonly replacement: string;
}

/** The campaign has to notice when one of these is missing. */
export const SAFETIES: Readonly<Record<string, Safety>> = {
	/** A create that was left unclear is not sent again. */
	noRepeat: {
		file: 'nodes/Aha/transport/retry.ts',
		code: /method !== 'POST'/,
		replacement: 'method !== undefined',
	},
	/** An error says that the request may have been carried out. */
	mayExist: {
		file: 'nodes/Aha/transport/errors.ts',
		code: /error\.message = `\$\{error\.message\}\. Aha! may have[^;]*;/,
		replacement: 'return error;',
	},
	/** Requests follow no redirect. */
	noRedirect: {
		file: 'nodes/Aha/transport/http.ts',
		code: /disableFollowRedirect: true/,
		replacement: 'disableFollowRedirect: false',
	},
};

/**
 * Copies the sources without a safety.
 *
 * @returns the path of the node's module
 * @throws when the sources do not have the safety
 */
export function nodeWithout(name: string): string {
	const { file, code, replacement } = SAFETIES[name];
	const folder = join(ROOT, 'test/output/campaign', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const source of ['nodes', 'credentials', 'package.json', 'tsconfig.json'])
		cpSync(join(ROOT, source), join(folder, source), { recursive: true });
	const path = join(folder, file);
	const text = readFileSync(path, 'utf8');
	if (!code.test(text)) throw new Error(`${file} does not have the safety ${name}`);
	writeFileSync(path, text.replace(code, replacement));
	return join(folder, 'nodes/Aha/Aha.node.ts');
}
