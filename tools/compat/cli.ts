import { parseArgs } from 'node:util';

import { writeSection } from '../docs/section';
import { CliError } from '../runtime/cliError';
import { PINNED_VERSION } from '../runtime/install';
import { hasFailed, runChecks, type VersionResult } from './run';
import { tableOf } from './table';

/** The oldest supported version of n8n. */
const FLOOR = '2.0.0';

const USAGE = `npm run compat                  checks the oldest and the newest version of n8n
npm run compat -- 2.15.1 …      checks these versions; each needs 3 GB
npm run compat -- --write       also writes the table into docs/compatibility.md`;

function parse() {
	try {
		const options = { write: { type: 'boolean' } } as const;
		const { values, positionals } = parseArgs({ options, allowPositionals: true });
		const wrong = positionals.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
		if (wrong !== undefined) throw new Error(`"${wrong}" is not a version, such as 2.0.0`);
		const versions = positionals.length > 0 ? positionals : [FLOOR, PINNED_VERSION];
		return { versions, write: values.write };
	} catch (error) {
		throw new CliError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

/** @returns whether all checks passed that should */
async function main(): Promise<boolean> {
	const { versions, write } = parse();
	const results: VersionResult[] = [];
	for (const version of versions) results.push(await runChecks(version));
	const table = tableOf(results);
	console.log(`\n${table}`);
	if (write) await writeSection({ file: 'docs/compatibility.md', name: 'compat' }, table);
	return !results.some(({ outcomes }) => outcomes.some(hasFailed));
}

main().then(
	(passed) => process.exit(passed ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof CliError ? error.message : error);
		process.exit(1);
	},
);
