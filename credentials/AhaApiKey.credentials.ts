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

const answers = (value: number, message: string): IAuthenticateRuleResponseCode => ({
	type: 'responseCode',
	properties: { value, message },
});

/** A key of one user, with that user's permissions: for service-to-service work. */
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
		{
			displayName:
				'The usual choice: everything runs as the user whose key this is. Choose Aha! OAuth2 API instead when each person should sign in with their own Aha! account.',
			name: 'choiceNotice',
			type: 'notice',
			default: '',
		},
		...accountDomainFields,
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'In Aha!: Personal settings > Developer > Generate API key. Aha! shows the key once: copy it right away.',
		},
		...accountHostOnly,
	];

	/**
	 * Puts the key on a request, whoever built it, once its host is the account's own.
	 *
	 * @throws UserError when the account domain names no account, the key cannot be one, or the
	 * request goes elsewhere
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const host = accountHost(credentials.accountDomain);
		// n8n's older request helper, used by its credential tests, says `uri` for `url`.
		const { uri } = requestOptions as { uri?: string };
		assertAccountUrl(host, requestOptions.url ?? uri ?? '', requestOptions.baseURL);

		const key = String(credentials.apiKey ?? '').trim();
		// Anything else would break the header, and the error would show the key.
		if (!/^[\x21-\x7e]+$/.test(key)) {
			throw new UserError('The API key is empty or has characters that no Aha! key has');
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
			answers(401, 'Aha! does not accept this API key: it is wrong or was revoked'),
			answers(403, 'The API key is right, but its user may not use the API of this account'),
			answers(404, 'There is no Aha! account of this name: check the account domain'),
			answers(429, 'The account is at its request limit: try again in a minute'),
		],
	};
}
