import { boolean, choice, integer, json, record, records, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { nameField } from './common';

const { getMany } = crud({ noun: 'idea portal' });
const user = crud({ noun: 'portal user' });

const email: Fields = { email: text(undefined, { placeholder: 'e.g. name@email.com' }) };

const fields: Fields = {
	...email,
	first_name: text(),
	last_name: text(),
	permission: choice([
		['Employee or Partner', 'employee'],
		['None', 'false'],
	]),
	enabled: boolean('Whether the person can use the portal'),
	max_endorsement_override: integer('Number of votes that this person can give', {
		label: 'Vote Limit',
	}),
	unsubscribed: boolean('Whether the person is unsubscribed from all portal emails'),
	unsubscribed_from_weekly_emails: boolean(
		'Whether the person is unsubscribed from the weekly summary',
	),
};

const portals: Fields = {
	idea_portal_ids: records('idea_portal_id', undefined, { label: 'Idea Portals' }),
};

/**
 * https://www.aha.io/api/resources/idea_portals, https://www.aha.io/api/resources/idea_categories,
 * https://www.aha.io/api/resources/ideas_portal_users,
 * https://www.aha.io/api/resources/ideas_portal_user_subscriptions
 */
export const ideaPortal: Resource = {
	name: 'Idea Portal',
	value: 'ideaPortal',
	description: 'Portals with their users and categories',
	aliases: ['portal user', 'idea category', 'portal user subscription'],
	operations: [
		getMany({
			endpoint: {
				account: 'GET /idea_portals',
				workspace: 'GET /products/{product_id}/idea_portals',
			},
		}),
		{
			name: 'Add to Workspace',
			value: 'addToWorkspace',
			action: 'Add idea portals to a workspace',
			description: 'Add idea portals to those of a workspace',
			endpoint: 'POST /products/{product_id}/idea_portals',
			required: portals,
			returns: 'idea_portals',
		},
		{
			name: 'Set for Workspace',
			value: 'setForWorkspace',
			action: 'Set the idea portals of a workspace',
			description: 'Replace the idea portals of a workspace',
			endpoint: 'PUT /products/{product_id}/idea_portals',
			required: portals,
			returns: 'idea_portals',
		},
		{
			name: 'Create Category',
			value: 'createCategory',
			action: 'Create an idea category',
			description: 'Create a category for the ideas of a workspace',
			endpoint: 'POST /products/{product_id}/idea_categories',
			root: 'idea_category',
			required: nameField,
			fields: {
				parent_id: record('idea_category_id', 'Category that contains this one', {
					label: 'Parent Category',
				}),
			},
		},
		{
			name: 'Get Many Categories',
			value: 'getCategories',
			action: 'Get many idea categories',
			description: 'Get the categories for the ideas of a workspace',
			endpoint: 'GET /products/{product_id}/idea_categories',
			returns: 'idea_categories',
			paginated: true,
		},
		user.create({
			name: 'Create Portal User',
			value: 'createPortalUser',
			description: 'Give a person access to an idea portal, by email address',
			endpoint: 'POST /idea_portals/{idea_portal_id}/portal_users',
			required: email,
			fields: without(fields, 'email'),
		}),
		user.get({
			name: 'Get Portal User',
			value: 'getPortalUser',
			description: 'Get a user of one idea portal by ID',
			endpoint: 'GET /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}',
		}),
		user.get({
			name: 'Get Portal User in Account',
			value: 'getPortalUserInAccount',
			action: 'Get a portal user of any portal',
			description: 'Get a portal user by ID, without the portal',
			endpoint: 'GET /portal_users/{portal_user_id}',
		}),
		user.getMany({
			name: 'Get Many Portal Users',
			value: 'getPortalUsers',
			description: 'Get the users of an idea portal or of all portals',
			endpoint: {
				ideaPortal: 'GET /idea_portals/{idea_portal_id}/portal_users',
				account: 'GET /portal_users',
			},
			query: {
				email: { ...email.email, forEndpoints: ['ideaPortal'] },
				idea_user_id: record('idea_user_id', undefined, {
					label: 'Idea Contact',
					forEndpoints: ['ideaPortal'],
				}),
				has_portal_user_subscriptions: boolean(
					'Whether to return only users with subscriptions to workspaces or categories',
					{ label: 'Has Subscriptions', forEndpoints: ['ideaPortal'] },
				),
			},
			selectable: true,
		}),
		user.update({
			name: 'Update Portal User',
			value: 'updatePortalUser',
			description: 'Change name, permission or emails of a portal user',
			endpoint: 'PUT /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}',
			fields,
		}),
		user.remove({
			name: 'Delete Portal User',
			value: 'deletePortalUser',
			description: 'Remove a person from an idea portal',
			endpoint: 'DELETE /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}',
		}),
		{
			name: 'Get Subscriptions',
			value: 'getSubscriptions',
			action: 'Get the subscriptions of a portal user',
			description: 'Get the workspaces and categories in the weekly summary of a portal user',
			endpoint:
				'GET /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}/portal_user_subscriptions',
			returns: 'portal_user_subscriptions',
		},
		{
			name: 'Set Subscriptions',
			value: 'setSubscriptions',
			action: 'Set the subscriptions of a portal user',
			description: 'Replace the workspaces and categories in the weekly summary of a portal user',
			endpoint:
				'POST /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}/portal_user_subscriptions',
			root: 'portal_user_subscriptions',
			required: {
				preferences: json(
					'Such as [{"type": "project", "id": 131414752}, {"type": "category", "id": 251347229}]',
					{ default: '[]' },
				),
			},
			returns: 'portal_user_subscriptions',
		},
		{
			name: 'Subscribe to All',
			value: 'subscribeToAll',
			action: 'Subscribe a portal user to all workspaces and categories',
			description: 'Put all workspaces and categories into the weekly summary of a portal user',
			endpoint:
				'POST /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}/portal_user_subscriptions/subscribe_to_all',
		},
	],
};
