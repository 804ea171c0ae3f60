import type { INodeProperties } from 'n8n-workflow';

import { ACCOUNT_DOMAIN_HINT, ACCOUNT_DOMAIN_PATTERN, accountExpression } from './account';

/** The account domain, and a notice below it while what stands there names no account. */
export const accountDomainFields: INodeProperties[] = [
	{
		displayName: 'Account Domain',
		name: 'accountDomain',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. mycompany',
		hint: 'The part before ".aha.io" in the address of your account. You can also paste the address of any of its pages.',
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

/** A field that a person must not touch. */
export const hidden = (name: string, value: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'hidden',
	default: value,
});

/** n8n's own limit on where a node may send the credential: the account's host alone. */
export const accountHostOnly: INodeProperties[] = [
	hidden('allowedHttpRequestDomains', 'domains'),
	hidden('allowedDomains', accountExpression('', '')),
];
