import { resources } from '../../nodes/Aha/resources';
import { updateAddress } from './address';
import { operationsTable } from './operationsTable';
import { updateSection } from './section';

/**
 * Writes the table of operations into the README, and the repository's address of package.json into
 * the files that need it. With `--check`, fails if they are out of date.
 */
async function main(): Promise<void> {
	const command = 'npm run docs';
	await updateSection(
		{ file: 'README.md', name: 'operations' },
		operationsTable(resources),
		command,
	);
	const check = process.argv.includes('--check');
	const outdated = await updateAddress(check);
	if (!check || outdated.length === 0) return;
	console.error(`Another address of the repository: ${outdated.join(', ')}. Run "${command}".`);
	process.exitCode = 1;
}

void main();
