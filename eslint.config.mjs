import { buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import tseslint from 'typescript-eslint';

/** What the package ships; n8n's rules for community nodes are about these. */
const shipped = ['credentials/**/*.ts', 'nodes/**/*.ts', 'package.json'];

const n8nRules = (await buildScanConfig()).map((config) => ({
	...config,
	files: config.files ?? shipped,
	// Their patterns match any folder of that name, such as `test/unit/credentials`.
	ignores: ['test/**', ...(config.ignores ?? [])],
}));

export default tseslint.config(
	{ ignores: ['dist/', '.runtime/', 'test/output/', '.stryker-tmp/', 'reports/', '**/*.js'] },
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
	{
		// The type is called `AhaApiKey`; these two rules would have it end in `Api`.
		files: ['credentials/**/*.ts'],
		rules: {
			'n8n-nodes-base/cred-class-name-unsuffixed': 'off',
			'n8n-nodes-base/cred-class-field-name-unsuffixed': 'off',
		},
	},
);
