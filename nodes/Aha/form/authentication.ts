import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** The credential of each choice of Authentication; the triggers offer the same. */
export const credentials: INodeCredentialDescription[] = [
	{
		name: 'ahaApiKey',
		required: true,
		displayOptions: { show: { authentication: ['apiKey'] } },
	},
	{
		name: 'ahaOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
];

export const authenticationChoice: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'API Key', value: 'apiKey' },
		{ name: 'OAuth2', value: 'oAuth2' },
	],
	default: 'apiKey',
};
