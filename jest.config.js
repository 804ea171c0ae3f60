/** The ES modules of tests and tools; Jest has to turn them into CommonJS. */
const esModules = [
	'@sec-ant/readable-stream',
	'@sindresorhus/merge-streams',
	'cookie',
	'execa',
	'figures',
	'get-port',
	'get-stream',
	'human-signals',
	'is-plain-obj',
	'is-stream',
	'is-unicode-supported',
	'marked',
	'npm-run-path',
	'parse-ms',
	'path-key',
	'pretty-ms',
	'set-cookie-parser',
	'strip-final-newline',
	'unicorn-magic',
	'yoctocolors',
];

const swc = (syntax) => ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax } } }];

const common = {
	transform: { '\\.ts$': swc('typescript'), '\\.js$': swc('ecmascript') },
	transformIgnorePatterns: [`/node_modules/(?!(?:${esModules.join('|')})/)`],
	moduleNameMapper: {
		// Named in full, as other tools take `X.node` for the codex file `X.node.json`.
		'^(\\.{1,2}/.*\\.node)\\.js$': '$1.ts',
		// It exports nothing to `require`.
		'^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js',
	},
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/.runtime/',
		'<rootDir>/.stryker-tmp/',
		'<rootDir>/.site/',
	],
};
const project = (displayName) => ({
	...common,
	displayName,
	testMatch: [`<rootDir>/test/${displayName}/**/*.test.ts`],
});

/** Units, the node in n8n-core, the simulated Aha!, and a real n8n with a real browser. */
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
