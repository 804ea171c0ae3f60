import type {
	IAdditionalCredentialOptions,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { accountHost } from '../../../credentials/account';
import { isCredentialTimeout } from './retry';
import { wait } from './wait';

/** Where n8n runs our code: an execution, a poll, a webhook, an activation, or a form. */
export type AhaContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

/** The credential that the user picked. */
export interface Credential {
	/** n8n's name of its type. */
	readonly type: string;
	/** The account's host, such as `mycompany.aha.io`. */
	readonly host: string;
	/** The same for all clients with this credential: its account, type and ID. */
	readonly key: string;
	/** Whether n8n refreshes its token. */
	readonly expires: boolean;
	/**
	 * Its secrets, which must not show in errors: those that n8n has stored now, and those that were
	 * read before, as a response may repeat a token that was refreshed meanwhile.
	 */
	secrets(): Promise<string[]>;
	/** Its values, where they are handed to n8n with each request. */
	readonly decrypted?: IAdditionalCredentialOptions;
}

const API_KEY = 'ahaApiKey';
const OAUTH2 = 'ahaOAuth2Api';

/** n8n's name of the credential type for each choice of Authentication. */
const TYPES: Readonly<Record<string, string>> = { apiKey: API_KEY, oAuth2: OAUTH2 };

/**
 * Reads the node's credential.
 *
 * @throws UserError when the account domain names no account
 */
export async function readCredential(context: AhaContext): Promise<Credential> {
	const type = TYPES[context.getNodeParameter('authentication', 0) as string];
	const data = await valuesOf(context, type);
	const host = accountHost(data.accountDomain);
	const secrets = new Set(secretsIn(data));
	// A credential without an ID is shared with nobody.
	const id = context.getNode().credentials?.[type]?.id ?? Math.random();
	return {
		type,
		host,
		key: `${host} ${type} ${id}`,
		expires: type === OAUTH2,
		secrets: async () => {
			const now = type === OAUTH2 ? secretsIn(await valuesOf(context, type)) : [];
			for (const secret of now) secrets.add(secret);
			return [...secrets];
		},
		// n8n reads a credential for each request unless it gets the values. An OAuth2 token must be
		// read each time, as it may have been refreshed.
		...(type === API_KEY && {
			decrypted: { credentialsDecrypted: { id: '', name: type, type, data } },
		}),
	};
}

/** Keys of a credential with secrets, also of the tokens in it. */
const SECRET_KEYS = new Set([
	'apiKey',
	'clientSecret',
	'access_token',
	'refresh_token',
	'id_token',
]);

const secretsIn = (data: object): string[] =>
	Object.entries(data).flatMap(([key, value]) => {
		if (typeof value === 'object' && value !== null) return secretsIn(value as object);
		return SECRET_KEYS.has(key) && typeof value === 'string' && value !== '' ? [value] : [];
	});

/** How often a credential is read before its error is thrown. */
const ATTEMPTS = 4;

/** Milliseconds between two attempts. */
const PAUSE = 250;

/** The values of a credential, also on a machine so busy that n8n gives up reading them. */
async function valuesOf(
	context: AhaContext,
	type: string,
	attempts = ATTEMPTS,
): Promise<ICredentialDataDecryptedObject> {
	const values = context.getCredentials(type);
	return await values.catch(async ({ message }: Error) => {
		if (attempts === 1 || !isCredentialTimeout(message)) return await values;
		await wait(PAUSE);
		return await valuesOf(context, type, attempts - 1);
	});
}
