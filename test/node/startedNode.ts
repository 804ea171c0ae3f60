import type { Sandbox, SandboxAccount } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';

/** The node in n8n's engine, and the simulated account that it talks to without limits. */
export interface StartedNode {
	readonly n8n: Harness;
	readonly account: SandboxAccount;
}

/** Starts the node before the tests of a file, and stops it after them. */
export function useNode(): () => StartedNode {
	let sandbox: Sandbox;
	let started: StartedNode;

	beforeAll(async () => {
		sandbox = await startSandbox({ limits: null });
		const account = sandbox.account('mycompany');
		const ahaApiKey = { accountDomain: 'mycompany', apiKey: account.keys.owner };
		started = {
			n8n: await harness({ env: sandbox.env, credentials: { ahaApiKey } }),
			account,
		};
	});

	afterAll(async () => {
		started.n8n.stop();
		await sandbox.stop();
	});

	return () => started;
}
