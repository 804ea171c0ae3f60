import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ROOT } from '../../../tools/runtime/places';
import { ACCEPTED, findingsOf, problems, type ScanResult } from '../../../tools/scan/findings';

/** Scans a folder with these files. The scanner is a module that Jest cannot load. */
async function scanned(
	files: Record<string, string>,
): Promise<{ result: ScanResult; folder: string }> {
	const folder = await mkdtemp(join(tmpdir(), 'scan-'));
	try {
		for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
		const script = `
			const { analyzePackage } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
			console.log(JSON.stringify(await analyzePackage(${JSON.stringify(folder)}, ['**/*.js'])));`;
		const args = ['--input-type=module', '-e', script];
		const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
		return { result: JSON.parse(stdout) as ScanResult, folder };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

describe("what n8n's scan finds", () => {
	it('is told by file and rule', async () => {
		const { result, folder } = await scanned({
			'a.js': 'console.log(1);\n',
			'b.js': "require('fs');\n",
			'c.js': 'module.exports = 1;\n',
		});
		const names = findingsOf(result, folder).map(({ file, line, rule }) => [file, line, rule]);
		expect(names).toEqual([
			['a.js', 1, 'no-console'],
			['b.js', 1, '@n8n/community-nodes/no-restricted-imports'],
		]);
	});

	it('is an error for a folder with nothing to scan', async () => {
		const { result, folder } = await scanned({ 'readme.txt': 'nothing' });
		expect(() => findingsOf(result, folder)).toThrow('Nothing was scanned');
	});

	it('is an error for a file that cannot be read', async () => {
		const { result, folder } = await scanned({ 'a.js': 'const =' });
		expect(problems(findingsOf(result, folder), [])).toEqual(['a.js:  is not accepted']);
	});
});

describe('the verdict', () => {
	const finding = (name: string) => {
		const [file, rule] = name.split(': ');
		return { file, rule, line: 1, severity: 'error', message: 'Suffix' };
	};
	const accepted = ACCEPTED.map(finding);

	it('passes with the accepted findings alone', () => {
		expect(problems(accepted, ACCEPTED)).toEqual([]);
	});

	it.each([
		['one more finding', [...accepted, finding('nodes/a.ts: no-console')]],
		[
			'an accepted rule in another file',
			[...accepted, finding(ACCEPTED[0].replace('ApiKey', 'OAuth2Api'))],
		],
		['an accepted finding twice', [...accepted, accepted[0]]],
		['an accepted finding missing', accepted.slice(1)],
		['no finding at all', []],
	])('does not pass with %s', (_, findings) => {
		expect(problems(findings, ACCEPTED)).not.toEqual([]);
	});
});
