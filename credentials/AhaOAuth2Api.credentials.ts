import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { accountExpression } from './account';
import { accountDomainFields } from './fields';

const hidden = (name: string, value: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'hidden',
	default: value,
});

/** Sign-in by a person: authorization code grant, refreshed by n8n. */
export class AhaOAuth2Api implements ICredentialType {
	name = 'ahaOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Aha! OAuth2 API';

	icon: Icon = { light: 'file:../icons/aha.svg', dark: 'file:../icons/aha.dark.svg' };

	documentationUrl = 'https://www.aha.io/api/oauth2';

	httpRequestNode = {
		name: 'Aha!',
		docsUrl: 'https://www.aha.io/api',
		apiBaseUrlPlaceholder: 'https://mycompany.aha.io/api/v1/me',
	};

	properties: INodeProperties[] = [
		{
			displayName:
				'For people who sign in with their own Aha! account. In Aha!: Settings > Personal > Developer > OAuth applications > Register OAuth application. Register the OAuth Redirect URL shown above, exactly as it stands there, then copy the client ID and secret from Aha! to the fields below.',
			name: 'registerNotice',
			type: 'notice',
			default: '',
		},
		...accountDomainFields,
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'The client ID that Aha! shows for the registered OAuth application',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The client secret that Aha! shows for the registered OAuth application',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			description: 'Scopes with blanks between them. Leave empty to ask for the default access.',
		},
		hidden('grantType', 'authorizationCode'),
		hidden('authUrl', accountExpression('https://', '/oauth/authorize')),
		hidden('accessTokenUrl', accountExpression('https://', '/oauth/token')),
		hidden('authQueryParameters', ''),
		// Aha! takes client id and secret as form fields of the token request.
		hidden('authentication', 'body'),
		// n8n puts OAuth2 tokens on any request of a node unless the credential names its hosts.
		hidden('allowedHttpRequestDomains', 'domains'),
		hidden('allowedDomains', accountExpression('', '')),
	];
}
