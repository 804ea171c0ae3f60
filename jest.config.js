/** Units, the node in n8n-core, the simulated Aha!, and a real n8n with a real browser. */
const common = {
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
	},
	// Named in full, as other tools take `X.node` for the codex file `X.node.json`.
	moduleNameMapper: { '^(\\.{1,2}/.*\\.node)\\.js$': '$1.ts' },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.runtime/', '<rootDir>/.stryker-tmp/'],
};
const project = (displayName) => ({
	...common,
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
});

module.exports = {
	// A busy machine starts servers and scanners slowly; no test is about how fast they are.
	testTimeout: 60_000,
	projects: [
		project('unit'),
		project('node'),
		project('sandbox'),
		{ ...project('n8n'), globalSetup: '<rootDir>/test/n8n/support/globalSetup.ts' },
	],
};
