import type {
	IAuthenticateRuleResponseCode,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { accountHost, assertAccountUrl, TESTED_URL_EXPRESSION } from './account';
import { accountDomainFields, accountHostOnly } from './fields';

const onStatus = (value: number, message: string): IAuthenticateRuleResponseCode => ({
	type: 'responseCode',
	properties: { value, message },
});

/** A key of one user, with that user's permissions. For service-to-service work. */
export class AhaApiKey implements ICredentialType {
	name = 'ahaApiKey';

	displayName = 'Aha! API';

	icon: Icon = { light: 'file:../icons/aha.svg', dark: 'file:../icons/aha.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-aha/n8n-nodes-aha/blob/main/docs/credentials/api-key.md';

	httpRequestNode = {
		name: 'Aha!',
		docsUrl: 'https://www.aha.io/api',
		apiBaseUrlPlaceholder: 'https://mycompany.aha.io/api/v1/me',
	};

	properties: INodeProperties[] = [
		...accountDomainFields,
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'In Aha!, go to Personal settings > Developer > Generate API key. Copy the key right away, as Aha! only shows it once. Everything runs as the user who owns the key. If people should sign in with their own Aha! account, choose Aha! OAuth2 API instead.',
		},
		...accountHostOnly,
	];

	/**
	 * Adds the key to a request, if it goes to the account's own host.
	 *
	 * @throws UserError when the account domain names no account, the key is not valid, or the request
	 * goes to another host
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const host = accountHost(credentials.accountDomain);
		// n8n's credential tests use its older request helper, which says `uri` for `url`.
		const { uri } = requestOptions as { uri?: string };
		assertAccountUrl(host, requestOptions.url ?? uri ?? '', requestOptions.baseURL);

		const key = String(credentials.apiKey ?? '').trim();
		// Other characters would break the header, and the error would show the key.
		if (!/^[\x21-\x7e]+$/.test(key)) {
			throw new UserError('The API key is empty or contains characters that are not allowed');
		}
		return {
			...requestOptions,
			sendCredentialsOnCrossOriginRedirect: false,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${key}` },
		};
	};

	test: ICredentialTestRequest = {
		request: { baseURL: TESTED_URL_EXPRESSION, url: '/me' },
		rules: [
			onStatus(401, 'Aha! did not accept this API key. It is wrong or was revoked'),
			onStatus(403, 'The API key is valid, but its user has no access to the API of this account'),
			onStatus(404, 'There is no Aha! account with this name. Check the account domain'),
			onStatus(429, 'The account reached its rate limit. Try again in a minute'),
		],
	};
}
