import { connect } from '../../../tools/runtime/consent';
import type { Credential } from '../../../tools/runtime/n8nClient';
import type { World } from './world';

/** A credential with an API key that has full access. */
export const keyCredential = async ({ client, account }: World): Promise<Credential> =>
	await client.createCredential('Aha! key', 'ahaApiKey', {
		accountDomain: account.domain,
		apiKey: account.keys.owner,
	});

/** An OAuth2 credential that is not connected yet. */
export const oauthCredential = async (
	{ client, account }: World,
	clientSecret = account.app.clientSecret,
): Promise<Credential> =>
	await client.createCredential('Aha! sign-in', 'ahaOAuth2Api', {
		accountDomain: account.domain,
		clientId: account.app.clientId,
		clientSecret,
	});

/** A connected OAuth2 credential; no browser is needed. */
export async function connectedCredential(world: World): Promise<Credential> {
	const { client, sandbox, account } = world;
	const credential = await oauthCredential(world);
	await connect(client, credential.id, sandbox.proxyUrl, account.person, 'Authorize');
	return credential;
}
