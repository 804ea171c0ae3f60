import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Credential, N8nClient } from '../runtime/n8nClient';
import { CliError } from '../runtime/cliError';
import type { SandboxAccount } from '../../sandbox';

/** A credential in n8n, and what the node's Authentication says when it is used. */
export interface DemoCredential extends Credential {
	readonly authentication: 'apiKey' | 'oAuth2';
}

/** Brings a credential up to date, or makes it when there is none of this name. */
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
 * A credential with an API key of the sandbox, which n8n's own test accepts.
 *
 * @throws PlainError with what the test says otherwise
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

/** A credential of an application that is registered at the sandbox, for a person to connect. */
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
	// The sandbox forgets who was let in when it ends; n8n would not ask again by itself.
	await client.request('DELETE', `rest/credentials/${credential.id}/oauth-token`);
	return { ...credential, authentication: 'oAuth2' };
}
