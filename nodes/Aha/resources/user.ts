import { boolean, choice, dateTime, record, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';

const { create, get, getMany, update } = crud({ noun: 'user' });

const identity: Fields = {
	first_name: text(),
	last_name: text(),
	email: text(undefined, { placeholder: 'e.g. name@email.com' }),
};

/** What a user may do in a workspace. */
export const role: Fields = {
	role: choice([['Owner', 'product_owner'], 'contributor', 'reviewer', 'viewer', 'none']),
};

/** https://www.aha.io/api/resources/users, https://www.aha.io/api/resources/assistant_usage */
export const user: Resource = {
	name: 'User',
	value: 'user',
	aliases: ['person', 'people', 'account user', 'assistant usage'],
	simple: [
		'name',
		'email',
		'id',
		'role_description',
		'user',
		'enabled',
		'paid_seat',
		'administrator',
		'accessed_at',
		'message_count',
	],
	more: [
		'created_at',
		'updated_at',
		'timezone',
		'product_roles',
		'user_roles',
		'identity_provider',
		'administrator_roles',
	],
	operations: [
		create({
			description: 'Invite a user to a workspace by email address',
			endpoint: 'POST /products/{product_id}/users',
			required: { ...identity, ...role },
			fields: {
				identity_provider_id: record(
					'identity_provider_id',
					'Leave empty for users with a password',
				),
			},
		}),
		get({ endpoint: 'GET /users/{user_id}' }),
		getMany({
			description: 'Get users of the account, or of a workspace with their roles',
			endpoint: { account: 'GET /users', workspace: 'GET /products/{product_id}/users' },
			query: { email: text(undefined, { forEndpoints: ['account'] }) },
		}),
		update({
			endpoint: 'PUT /users/{user_id}',
			fields: {
				...identity,
				enabled: boolean('Whether the user can sign in'),
				administrator: boolean('Whether the user has all administrator roles'),
				administer_account: boolean(undefined, {
					bodyPath: 'administrator_roles.administer_account',
				}),
				administer_billing: boolean(undefined, {
					bodyPath: 'administrator_roles.administer_billing',
				}),
				administer_configuration: boolean(undefined, {
					bodyPath: 'administrator_roles.administer_configuration',
				}),
			},
		}),
		{
			name: 'Get Assistant Usage',
			value: 'getAssistantUsage',
			action: 'Get assistant usage by user',
			description: 'Get the users of the AI assistant with the number of their messages',
			endpoint: 'GET /usage/assistant_users',
			query: { start_at: dateTime(), end_at: dateTime() },
			returns: 'users',
			paginated: true,
		},
	],
};
