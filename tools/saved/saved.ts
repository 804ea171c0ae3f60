import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { WorkflowFile } from '../runtime/n8nClient';
import { runN8nCommand } from '../runtime/n8nProcess';
import { ROOT } from '../runtime/places';

/** A credential as n8n exports it, with its secrets. */
export interface SavedCredential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: ICredentialDataDecryptedObject;
}

/** A workflow as n8n exports it, without what depends on the instance. */
export type SavedWorkflow = WorkflowFile & { readonly id: string; readonly active: boolean };

/** What people keep when they update the package: all of it was saved with one version. */
export interface Saved {
	/** The version of n8n. */
	readonly n8n: string;
	readonly workflows: readonly SavedWorkflow[];
	readonly credentials: readonly SavedCredential[];
	/** A change that the webhook trigger has received. */
	readonly delivered: string;
}

/** One file for each version of this package. */
export const SAVED = join(ROOT, 'test', 'n8n', 'saved');

const commandArguments = (folder: string, direction: 'export' | 'import') => {
	const file = (what: string) => join(folder, `${what}.json`);
	const option = direction === 'export' ? '--output' : '--input';
	const all = direction === 'export' ? ['--all'] : [];
	const decrypted = direction === 'export' ? ['--decrypted'] : [];
	return {
		file,
		workflows: [`${direction}:workflow`, ...all, `${option}=${file('workflows')}`],
		credentials: [
			`${direction}:credentials`,
			...all,
			...decrypted,
			`${option}=${file('credentials')}`,
		],
	};
};

/** Reads workflows and credentials from n8n's database. n8n must have been stopped. */
export async function exportAll(folder: string): Promise<Pick<Saved, 'workflows' | 'credentials'>> {
	const { file, workflows, credentials } = commandArguments(folder, 'export');
	await runN8nCommand(folder, workflows);
	await runN8nCommand(folder, credentials);
	const read = async <T>(what: string) =>
		JSON.parse(await readFile(file(what), 'utf8')) as readonly T[];
	return {
		workflows: (await read<SavedWorkflow>('workflows')).map(
			({ id, name, active, nodes, connections, settings, staticData }) => ({
				id,
				name,
				active,
				nodes,
				connections,
				settings,
				staticData,
			}),
		),
		credentials: (await read<SavedCredential>('credentials')).map(({ id, name, type, data }) => ({
			id,
			name,
			type,
			data,
		})),
	};
}

/** Writes workflows and credentials into n8n's database. n8n must not run. */
export async function importAll(folder: string, saved: Saved): Promise<void> {
	const { file, workflows, credentials } = commandArguments(folder, 'import');
	await writeFile(file('workflows'), JSON.stringify(saved.workflows));
	await writeFile(file('credentials'), JSON.stringify(saved.credentials));
	await runN8nCommand(folder, credentials);
	await runN8nCommand(folder, workflows);
}
