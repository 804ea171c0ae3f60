import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import type { DemoCredential } from '../demo/credentials';
import { ahaNode, byId } from '../runtime/workflow';
import type { World } from './world';

/** n8n's HTTP Request node. */
const httpRequest = (url: string): INode => ({
	id: randomUUID(),
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	position: [240, 0],
	parameters: { url, options: {} },
});

/** n8n's HTTP Request node with a credential of this package. */
function signedIn(url: string, { id, name, type }: DemoCredential): INode {
	const node = httpRequest(url);
	const signIn = { authentication: 'predefinedCredentialType', nodeCredentialType: type };
	return {
		...node,
		parameters: { ...node.parameters, ...signIn },
		credentials: { [type]: { id, name } },
	};
}

/** Runs a node with each credential. @throws Error when the other host received a secret */
async function keepsSecrets(
	world: World,
	nodeWith: (credential: DemoCredential) => INode,
): Promise<void> {
	const { apiKey, oAuth2, otherHost, account, run } = world;
	const lost: string[] = [];
	for (const credential of [apiKey, oAuth2]) {
		otherHost.take();
		// Whether the run succeeds does not matter.
		await run(nodeWith(credential));
		const text = otherHost.take().join('\n');
		if (/bearer/i.test(text) || text.includes(account.keys.owner)) lost.push(credential.name);
	}
	if (lost.length > 0) {
		throw new Error(`The other host received the secret of: ${lost.join(', ')}`);
	}
}

/** Redirects the next requests of the account to the other host during some work. */
async function redirecting(
	{ account, otherHost }: World,
	work: () => Promise<void>,
): Promise<void> {
	const end = account.fault({
		match: () => true,
		kind: 'status',
		status: 302,
		headers: { Location: otherHost.url },
	});
	await work().finally(end);
}

export async function sendsElsewhere(world: World): Promise<void> {
	const { url, take } = world.otherHost;
	await world.run(httpRequest(url));
	if (take().length === 0) throw new Error('A request without a credential was not received');
	await keepsSecrets(world, (credential) => signedIn(url, credential));
}

export const redirects = async (world: World): Promise<void> =>
	await redirecting(world, async () => {
		const url = `https://${world.account.host}/api/v1/me`;
		await keepsSecrets(world, (credential) => signedIn(url, credential));
	});

export const doesNotRedirect = async (world: World): Promise<void> =>
	await redirecting(world, async () => {
		const get = { resource: 'feature', operation: 'get', record: byId('PRJ1-1') };
		await keepsSecrets(world, (credential) => ahaNode('Get', credential, get));
	});
