import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { accountExpression } from './account';
import { accountDomainFields, accountHostOnly, hidden } from './fields';

/** Sign-in by a person: authorization code grant; n8n refreshes the token. */
export class AhaOAuth2Api implements ICredentialType {
	name = 'ahaOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Aha! OAuth2 API';

	icon: Icon = { light: 'file:../icons/aha.svg', dark: 'file:../icons/aha.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-aha/n8n-nodes-aha/blob/main/docs/credentials/oauth2.md';

	httpRequestNode = {
		name: 'Aha!',
		docsUrl: 'https://www.aha.io/api',
		apiBaseUrlPlaceholder: 'https://mycompany.aha.io/api/v1/me',
	};

	// n8n shows the fields of `oAuth2Api` first, in its order, and fields with other names below.
	properties: INodeProperties[] = [
		...accountDomainFields,
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			hint: 'In Aha!, go to Personal settings > Developer > OAuth applications > Register. Enter exactly the OAuth Redirect URL above as the redirect URI. Aha! then shows the client ID and the client secret.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			hint: 'Leave empty for the default access. Separate scopes with spaces.',
		},
		{
			displayName:
				'For people who sign in with their own Aha! account. For workflows that run without a person, choose Aha! API with an API key instead.',
			name: 'choiceNotice',
			type: 'notice',
			default: '',
		},
		hidden('grantType', 'authorizationCode'),
		hidden('authUrl', accountExpression('https://', '/oauth/authorize')),
		hidden('accessTokenUrl', accountExpression('https://', '/oauth/token')),
		hidden('authQueryParameters', ''),
		// Aha! takes the client ID and secret as form fields of the token request.
		hidden('authentication', 'body'),
		// n8n adds OAuth2 tokens to any request of a node unless the credential names its hosts.
		...accountHostOnly,
	];
}
