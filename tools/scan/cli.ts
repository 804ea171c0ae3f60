import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ROOT } from '../runtime/places';
import { ACCEPTED, findingsOf, problems } from './findings';
import { unpacked } from './packed';

/** The files that n8n's scan checks in a published package. */
const PACKED_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** Prints the findings of n8n's verification scan. @returns whether only accepted ones were found */
async function scan(what: string, folder: string, patterns: string[], accepted: string[]) {
	const findings = findingsOf(await analyzePackage(folder, patterns), folder);
	console.log(`${what}: ${findings.length} findings`);
	for (const { file, line, severity, message, rule } of findings) {
		console.log(`  ${file}:${line}  ${severity}  ${message}  ${rule}`);
	}
	const reasons = problems(findings, accepted);
	for (const reason of reasons) console.log(`  ${reason}`);
	return reasons.length === 0;
}

async function main(): Promise<boolean> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'n8n-nodes-aha-')));
	try {
		const source = await scan('Source', ROOT, SOURCE_FILE_PATTERNS, ACCEPTED);
		const packed = await scan('Package', await unpacked(folder), PACKED_FILE_PATTERNS, []);
		console.log(
			source && packed
				? "Passed n8n's verification scan, except for the name AhaApiKey."
				: "Did not pass n8n's verification scan.",
		);
		return source && packed;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

main().then(
	(passed) => (process.exitCode = passed ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);
