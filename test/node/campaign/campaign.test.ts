import { join } from 'node:path';

import { startSandbox, type Sandbox } from '../../../sandbox';
import { laneOf, useSpecialSecrets } from '../../../tools/campaign/lane';
import { requestsWithSecrets } from '../../../tools/campaign/secrets';
import { handlers } from '../../../tools/campaign/worker';
import { FORMS, PLACE_NAMES } from './leakyNode';

let sandbox: Sandbox;
const ownConsole = { ...console };

jest.setTimeout(60_000);

beforeAll(async () => {
	sandbox = await startSandbox({ limits: null });
	const account = sandbox.account('mycompany');
	useSpecialSecrets(account);
	const node = join(__dirname, 'leakyNode.ts');
	await handlers.start({ env: sandbox.env, lanes: [laneOf(account)], node });
});
afterAll(async () => {
	handlers.leave();
	Object.assign(console, ownConsole);
	await sandbox.stop();
});

/** Runs the node that leaks. @returns where the campaign finds a secret */
async function leaksOf(name: string): Promise<readonly string[]> {
	const batch = { domain: 'mycompany', authentication: 'apiKey', releaseId: '1' } as const;
	const { leaks } = await handlers.run({ ...batch, action: 'create', operations: [{ name }] });
	return leaks;
}

const SECRETS = [
	'ahaApiKey, apiKey',
	'ahaOAuth2Api, clientSecret',
	'ahaOAuth2Api, access_token',
	'ahaOAuth2Api, refresh_token',
];

describe('the campaign finds a secret', () => {
	test.each(PLACE_NAMES)('at this place, in each form: %s', async (place) => {
		expect(await leaksOf(`${place}, none, ahaApiKey, apiKey`)).toEqual([]);
		for (const form of Object.keys(FORMS)) {
			for (const secret of SECRETS) {
				const leaks = await leaksOf(`${place}, ${form}, ${secret}`);
				expect([form, secret, leaks.length]).not.toEqual([form, secret, 0]);
			}
		}
	});

	test.each(Object.keys(FORMS))('in a URL: %s', (form) => {
		const { keys, tokens } = sandbox.account('mycompany');
		const secrets = [keys.owner, ...tokens.issued()];
		const plain = { method: 'GET', path: '/api/v1/me', query: { q: 'x' }, status: 200, at: 0 };
		expect(secrets).toHaveLength(3);
		for (const secret of secrets) {
			const text = FORMS[form](secret);
			const inPath = { ...plain, path: `/api/v1/${text}` };
			const inQuery = { ...plain, query: { q: `x${text}` } };
			const found = requestsWithSecrets([plain, inPath, inQuery], secrets);
			expect(found).toEqual([inPath, inQuery]);
		}
	});
});
