import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

import { NODE_BINARY, ROOT, RUNTIME } from '../runtime/places';
import { run } from '../runtime/run';

const GIGABYTE = 1024 ** 3;

const versionIn = (folder: string): string =>
	(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;

/** The machine of a measurement. */
export interface Machine {
	readonly cpu: string;
	readonly cores: number;
	readonly memory: string;
	readonly system: string;
}

export function machine(): Machine {
	const [{ model }, ...others] = cpus();
	return {
		cpu: model.trim(),
		cores: others.length + 1,
		memory: `${Math.round(totalmem() / GIGABYTE)} GB`,
		system: `${type()} ${release()}`,
	};
}

/** The versions of all software that was measured. */
export const versions = async (): Promise<Readonly<Record<string, string>>> => ({
	'n8n-nodes-aha': versionIn(ROOT),
	node: (await run(NODE_BINARY, ['--version'])).slice(1),
	n8n: versionIn(join(RUNTIME, 'node_modules/n8n')),
	'n8n-core': versionIn(join(ROOT, 'node_modules/n8n-core')),
	'n8n-nodes-base': versionIn(join(RUNTIME, 'node_modules/n8n-nodes-base')),
	axios: versionIn(join(ROOT, 'node_modules/axios')),
});
