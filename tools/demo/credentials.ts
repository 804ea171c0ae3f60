import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Credential, N8nClient } from '../runtime/n8nClient';
import { CliError } from '../runtime/cliError';
import type { SandboxAccount } from '../../sandbox';
import type { Service } from './services';

/** A credential in n8n, and the value of the node's Authentication for it. */
export interface DemoCredential extends Credential {
	readonly authentication: 'apiKey' | 'oAuth2';
}

/** Creates a credential, or updates the one with the same name. */
async function ensureCredential(
	client: N8nClient,
	name: string,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<Credential> {
	const known = (await client.credentials()).find(
		(credential) => credential.name === name && credential.type === type,
	);
	if (!known) return await client.createCredential(name, type, data);
	return await client.request('PATCH', `rest/credentials/${known.id}`, { name, type, data });
}

/**
 * Creates or updates a credential with an API key of the sandbox, and tests it.
 *
 * @throws CliError when the test fails
 */
export async function ensureApiKey(
	client: N8nClient,
	{ domain, keys }: SandboxAccount,
): Promise<DemoCredential> {
	const data = { accountDomain: domain, apiKey: keys.owner };
	const credential = await ensureCredential(client, 'Aha! sandbox, API key', 'ahaApiKey', data);
	const { status, message } = await client.testCredential(credential.id);
	if (status !== 'OK') throw new CliError(`The test of "${credential.name}" failed: ${message}`);
	return { ...credential, authentication: 'apiKey' };
}

/** Creates or updates a credential for OAuth2, which is not connected yet. */
export async function ensureOAuth2(
	client: N8nClient,
	{ domain, app }: SandboxAccount,
): Promise<DemoCredential> {
	app.redirectUris.push(client.oauthRedirectUri);
	const credential = await ensureCredential(client, 'Aha! sandbox, OAuth2', 'ahaOAuth2Api', {
		accountDomain: domain,
		clientId: app.clientId,
		clientSecret: app.clientSecret,
	});
	// The sandbox forgets its tokens when it stops, but n8n would keep using them.
	await client.request('DELETE', `rest/credentials/${credential.id}/oauth-token`);
	return { ...credential, authentication: 'oAuth2' };
}

/** What a client of the MCP server in the examples signs in with. */
export const bearerCredential: Pick<Service, 'credential'> = {
	credential: {
		name: 'MCP clients (simulated)',
		type: 'httpBearerAuth',
		data: { token: 'sandbox-mcp-token' },
	},
};

/** Creates or updates the credentials of the other services that recipes use. */
export async function ensureServices(
	client: N8nClient,
	services: Iterable<Pick<Service, 'credential'>>,
): Promise<Credential[]> {
	const credentials: Credential[] = [];
	for (const { credential } of services) {
		const { name, type, data } = credential;
		credentials.push(await ensureCredential(client, name, type, data));
	}
	return credentials;
}
