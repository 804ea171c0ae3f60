import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Keys whose texts only a person reads. */
const TEXT_KEYS = new Set([
	'action',
	'apiBaseUrlPlaceholder',
	'description',
	'displayName',
	'docsUrl',
	'documentationUrl',
	'hint',
	'placeholder',
]);

/** Two words with a blank between them: code compares no such text. */
const SENTENCE = /\p{L}[.,:;!?)"]* "?\p{L}/u;

/**
 * Texts for people, such as labels, hints and messages: tests of their wording would only repeat
 * them. All other strings are mutated: names of headers and codes, keys, expressions.
 */
const texts = {
	shouldIgnore(path) {
		const { node, parent } = path;
		const parts =
			node.type === 'StringLiteral'
				? [node.value]
				: node.type === 'TemplateLiteral'
					? node.quasis.map(({ value }) => value.cooked)
					: undefined;
		if (!parts) return undefined;
		const key = ['ObjectProperty', 'ClassProperty'].includes(parent.type) && parent.key.name;
		const isText = TEXT_KEYS.has(key) || SENTENCE.test(parts.join('x'));
		return isText ? 'a text for people' : undefined;
	},
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'texts', texts)];

/**
 * `npm run mutation` changes the code in one place at a time and sees whether a test notices. All
 * of it takes an hour; some files with some of the tests take minutes:
 *
 *     npm run mutation -- --mutate 'nodes/Aha/run/**\/*.ts' --testFiles 'test/unit/run/**\/*.test.ts'
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	mutate: ['credentials', 'nodes/Aha/transport', 'nodes/Aha/run', 'nodes/Aha/triggers'].map(
		(room) => `${room}/**/*.ts`,
	),
	thresholds: { high: 95, low: 85, break: 85 },
	testRunner: 'jest',
	jest: { configFile: 'tools/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	plugins: ['@stryker-mutator/jest-runner', import.meta.url],
	ignorers: ['texts'],
	packageManager: 'npm',
	reporters: ['clear-text', 'progress', 'html'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	ignorePatterns: ['/.runtime', '/dist', '/docs', '/icons', '/reports', '/test/output'],
	tempDirName: '.stryker-tmp',
};
