import type { INodeProperties } from 'n8n-workflow';

import { ACCOUNT_DOMAIN_HINT, ACCOUNT_DOMAIN_PATTERN } from './account';

/** The account domain, and a notice below it while what stands there names no account. */
export const accountDomainFields: INodeProperties[] = [
	{
		displayName: 'Account Domain',
		name: 'accountDomain',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. mycompany',
		description:
			'The part before ".aha.io" in the address of your account: mycompany for https://mycompany.aha.io. You can also paste the address of any page of your account.',
	},
	{
		displayName: `This does not name an Aha! account. ${ACCOUNT_DOMAIN_HINT}.`,
		name: 'accountDomainNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			hide: { accountDomain: ['', { _cnd: { regex: ACCOUNT_DOMAIN_PATTERN } }] },
		},
	},
];
