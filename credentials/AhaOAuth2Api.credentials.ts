import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { accountExpression } from './account';
import { accountDomainFields, accountHostOnly, hidden } from './fields';

/** Sign-in by a person: authorization code grant, refreshed by n8n. */
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

	// n8n draws the fields that `oAuth2Api` has first, in its order, and ours of other names below.
	properties: INodeProperties[] = [
		...accountDomainFields,
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			hint: 'In Aha!: Personal settings > Developer > OAuth applications > Register. Give the OAuth Redirect URL above as redirect URI, exactly as it stands. Aha! then shows the client ID and the client secret.',
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
			hint: 'Leave empty to ask for the default access. Several scopes have blanks between them.',
		},
		{
			displayName:
				'For people who sign in with their own Aha! account. Choose Aha! API instead, with an API key, for workflows that run without a person.',
			name: 'choiceNotice',
			type: 'notice',
			default: '',
		},
		hidden('grantType', 'authorizationCode'),
		hidden('authUrl', accountExpression('https://', '/oauth/authorize')),
		hidden('accessTokenUrl', accountExpression('https://', '/oauth/token')),
		hidden('authQueryParameters', ''),
		// Aha! takes client id and secret as form fields of the token request.
		hidden('authentication', 'body'),
		// n8n puts OAuth2 tokens on any request of a node unless the credential names its hosts.
		...accountHostOnly,
	];
}
