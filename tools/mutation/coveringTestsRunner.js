const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { default: TestRunner } = require('jest-runner');

/** Whether a test file belongs to the room of a mutated file, such as `transport`. */
const isOfRoom = ({ path }, [mutated = '']) =>
	basename(dirname(path)) === basename(dirname(mutated));

/**
 * Jest's runner, but quick for one mutant. Stryker names the tests that cover a mutant, and jest
 * would still load every file that imports the mutated one; loading n8n-workflow takes most of the
 * time of a file. So this one loads only the files with such tests, those of the
 * mutant's room first, and stops
 * after the first file with a failure. Stryker's first run, of all tests, tells which file has
 * which tests.
 */
module.exports = class CoveringTestsRunner extends TestRunner {
	async runTests(tests, watcher, options) {
		const { nonFlagArgs, rootDir, testNamePattern } = this._globalConfig;
		const recordPath = join(rootDir, 'test-files.json');
		if (!testNamePattern && !existsSync(recordPath)) {
			const record = {};
			const forget = this.on('test-file-success', ([{ path }, { perfStats, testResults }]) => {
				record[path] = {
					runtime: perfStats.runtime,
					names: testResults.map(({ fullName }) => fullName),
				};
			});
			await super.runTests(tests, watcher, options);
			forget();
			writeFileSync(recordPath, JSON.stringify(record));
			return;
		}

		const record = JSON.parse(readFileSync(recordPath, 'utf8'));
		const wanted = new RegExp(testNamePattern, 'i');
		// For code that runs once as it loads, Stryker names the test files if it was given any.
		if (tests.some(({ path }) => testNamePattern && wanted.test(path))) {
			this._globalConfig = { ...this._globalConfig, testNamePattern: undefined };
		}
		const covering = tests
			.filter(
				({ path }) =>
					record[path] && [path, ...record[path].names].some((name) => wanted.test(name)),
			)
			.sort((a, b) => record[a.path].runtime - record[b.path].runtime)
			.sort((a, b) => isOfRoom(b, nonFlagArgs) - isOfRoom(a, nonFlagArgs));
		let hasFailed = false;
		const forget = this.on('test-file-success', ([, { numFailingTests, testExecError }]) => {
			hasFailed ||= numFailingTests > 0 || testExecError !== undefined;
		});
		for (const test of covering) {
			if (!hasFailed) await super.runTests([test], watcher, options);
		}
		forget();
	}
};
