const { resolve } = require('node:path');

const { displayName: _, ...unit } = require('../../jest.config').projects.find(
	({ displayName }) => displayName === 'unit',
);

/** The unit tests as Stryker runs them: hundreds of times, each time those that cover a mutant. */
module.exports = {
	...unit,
	rootDir: resolve(__dirname, '../..'),
	roots: ['credentials', 'nodes', 'sandbox', 'test/unit', 'tools'].map(
		(folder) => `<rootDir>/${folder}`,
	),
	// These read the built package.
	testPathIgnorePatterns: ['<rootDir>/test/unit/tools/'],
	runner: '<rootDir>/tools/mutation/coveringTestsRunner.js',
	testTimeout: 60_000,
	watchman: false,
};
