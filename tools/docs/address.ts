import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ROOT } from '../runtime/places';

/** The files that name the repository's address. */
export const FILES = [
	'.github/ISSUE_TEMPLATE/bug.yml',
	'.github/ISSUE_TEMPLATE/check-live.yml',
	'.github/ISSUE_TEMPLATE/config.yml',
	'credentials/AhaApiKey.credentials.ts',
	'credentials/AhaOAuth2Api.credentials.ts',
	'nodes/Aha/Aha.node.json',
	'nodes/AhaTrigger/AhaTrigger.node.json',
	'nodes/AhaWebhookTrigger/AhaWebhookTrigger.node.json',
	'package.json',
];

/** A text with this address wherever it names a repository on GitHub. */
export const withAddress = (text: string, address: string): string =>
	text.replace(/https:\/\/github\.com\/[\w.-]+\/[\w-]+/g, address);

/**
 * Writes the `homepage` of package.json into the files that name the repository's address.
 *
 * @param check only finds the files
 * @returns the files that had another address
 */
export async function updateAddress(check: boolean): Promise<string[]> {
	const manifest = await readFile(join(ROOT, 'package.json'), 'utf8');
	const { homepage } = JSON.parse(manifest) as { homepage: string };
	const outdated: string[] = [];
	for (const file of FILES) {
		const text = await readFile(join(ROOT, file), 'utf8');
		const updated = withAddress(text, homepage);
		if (updated === text) continue;
		outdated.push(file);
		if (!check) await writeFile(join(ROOT, file), updated);
	}
	return outdated;
}
