import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../runtime/places';
import type { Finding } from './judge';

/** A safety of the node, how to take it out of its sources, and what follows. */
interface Safety {
	readonly file: string;
	readonly edits: ReadonlyArray<readonly [code: RegExp, replacement: string]>;
	/** Names of the faults that it is for. */
	readonly faults: readonly string[];
	/** What the campaign has to find without it. */
	readonly finding: Finding;
}

export const SAFETIES: Readonly<Record<string, Safety>> = {
	/** A create that was left unclear is not sent again. */
	noRepeat: {
		file: 'nodes/Aha/transport/retry.ts',
		edits: [[/method !== 'POST'/, 'method !== undefined']],
		faults: ['502 after', 'reset after'],
		finding: 'doubled',
	},
	/** An error says that the request may have been carried out. */
	mayExist: {
		file: 'nodes/Aha/transport/errors.ts',
		edits: [[/export function doubtful\([^)]*\): Error \{/, '$& return error;']],
		faults: ['502 after', 'reset after'],
		finding: 'unreported',
	},
	/** Requests follow no redirect to another host. */
	noRedirect: {
		file: 'nodes/Aha/transport/http.ts',
		edits: [
			[/disableFollowRedirect: true/, 'disableFollowRedirect: false'],
			[/allowedDomains: host,/, ''],
		],
		faults: ['302 to another host', '307 to another host'],
		finding: 'leaked',
	},
};

/**
 * Copies the sources without a safety.
 *
 * @returns the path of the node's module, and what removes the copy
 * @throws when the sources do not have the safety
 */
export function nodeWithout(name: string): { node: string; remove: () => void } {
	const { file, edits } = SAFETIES[name];
	const folder = join(ROOT, 'test/output/campaign', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const source of ['nodes', 'vendor', 'credentials', 'package.json', 'tsconfig.json'])
		cpSync(join(ROOT, source), join(folder, source), { recursive: true });
	const path = join(folder, file);
	let text = readFileSync(path, 'utf8');
	for (const [code, replacement] of edits) {
		if (!code.test(text)) throw new Error(`${file} does not have the safety ${name}`);
		text = text.replace(code, replacement);
	}
	writeFileSync(path, text);
	return {
		node: join(folder, 'nodes/Aha/Aha.node.ts'),
		remove: () => rmSync(folder, { recursive: true }),
	};
}
