import { record, text } from '../schema/fields';
import type { Fields, Resource } from '../schema/types';
import { role } from './user';

const workspace: Fields = { product_id: record('product_id') };

/** What users may do in workspaces: https://www.aha.io/api/resources/users */
export const userRole: Resource = {
	name: 'User Role',
	value: 'userRole',
	description: 'Roles of users in workspaces',
	aliases: ['product role', 'custom role', 'permission'],
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many roles of a user',
			description: 'Get what a user may do in each workspace',
			endpoint: 'GET /users/{user_id}/product_roles',
			returns: 'product_roles',
			paginated: true,
		},
		{
			name: 'Set',
			value: 'set',
			action: 'Set the role of a user in a workspace',
			description: 'Give a user a role in a workspace, in place of the one there',
			endpoint: 'POST /users/{user_id}/product_roles',
			root: 'product_role',
			required: { ...workspace, ...role },
		},
		{
			name: 'Remove',
			value: 'remove',
			action: 'Remove the role of a user in a workspace',
			description: 'Take the role in a workspace away from a user',
			endpoint: 'DELETE /users/{user_id}/product_roles/{product_id}',
		},
		{
			name: 'Get Many Custom Roles',
			value: 'getCustomRoles',
			action: 'Get many custom roles of a user',
			description: 'Get the custom roles of a user in workspaces',
			endpoint: 'GET /users/{user_id}/user_roles',
			returns: 'user_roles',
			paginated: true,
		},
		{
			name: 'Set Custom Role',
			value: 'setCustomRole',
			action: 'Set the custom role of a user in a workspace',
			description: 'Give a user a custom role in a workspace, by the ID of the role',
			endpoint: 'POST /users/{user_id}/user_roles',
			root: 'user_role',
			required: { ...workspace, custom_role_id: text('ID of the custom role') },
		},
		{
			name: 'Remove Custom Role',
			value: 'removeCustomRole',
			action: 'Remove the custom role of a user in a workspace',
			description: 'Take the custom role in a workspace away from a user',
			endpoint: 'DELETE /users/{user_id}/user_roles/{product_id}',
		},
	],
};
