import type { INodeProperties } from 'n8n-workflow';

import { ACCOUNT_DOMAIN_HINT, ACCOUNT_DOMAIN_PATTERN, accountExpression } from './account';

/** The account domain, and a notice below it while it is not valid. */
export const accountDomainFields: INodeProperties[] = [
	{
		displayName: 'Account Domain',
		name: 'accountDomain',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. mycompany',
		hint: 'The part before ".aha.io" in the URL of your account. You can also paste the URL of any of its pages.',
	},
	{
		displayName: `This is not an Aha! account domain. ${ACCOUNT_DOMAIN_HINT}.`,
		name: 'accountDomainNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			hide: { accountDomain: ['', { _cnd: { regex: ACCOUNT_DOMAIN_PATTERN } }] },
		},
	},
];

/** A field that people do not see. */
export const hidden = (name: string, value: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'hidden',
	default: value,
});

/** n8n's own limit for where nodes may send the credential: only to the account's host. */
export const accountHostOnly: INodeProperties[] = [
	hidden('allowedHttpRequestDomains', 'domains'),
	hidden('allowedDomains', accountExpression('', '')),
];
