import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';

const { get, getMany } = crud({ noun: 'identity provider' });

/** https://www.aha.io/api/resources/identity_providers */
export const identityProvider: Resource = {
	name: 'Identity Provider',
	value: 'identityProvider',
	aliases: ['sso', 'single sign-on', 'saml'],
	operations: [
		get({ endpoint: 'GET /identity_providers/{identity_provider_id}' }),
		getMany({ endpoint: 'GET /identity_providers' }),
	],
};
