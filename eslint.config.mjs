import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** What the package ships; n8n's rules for community nodes are about these. */
const shipped = ['credentials/**/*.ts', 'nodes/**/*.ts', 'package.json'];

/**
 * n8n's rules as `n8n-node lint` and its verification scan apply them, but of the newest plugins:
 * the scan brings older ones of its own.
 */
const n8nRules = tseslint.config(
	{ files: shipped, extends: [n8nCommunityNodesPlugin.configs.recommended] },
	{ files: shipped, rules: { 'no-console': 'error' } },
	{ files: shipped, plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{ files: ['package.json'], rules: n8nNodesBase.configs.community.rules },
	{ files: ['package.json'], languageOptions: { parser: tseslint.parser } },
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
			// The type is called `AhaApiKey`; these two rules would have it end in `Api`.
			'n8n-nodes-base/cred-class-name-unsuffixed': 'off',
			'n8n-nodes-base/cred-class-field-name-unsuffixed': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
);

export default tseslint.config(
	{
		ignores: [
			'dist/',
			'.runtime/',
			'.site/',
			'test/output/',
			'.stryker-tmp/',
			'reports/',
			'**/*.js',
		],
	},
	...n8nRules,
	{ files: ['**/*.ts'], extends: [tseslint.configs.strict] },
	{
		files: ['**/*.ts'],
		rules: {
			'@typescript-eslint/consistent-type-imports': [
				'error',
				// jest.requireActual takes the type of a whole module.
				{ disallowTypeAnnotations: false },
			],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'max-lines': ['error', { max: 400 }],
		},
	},
);
