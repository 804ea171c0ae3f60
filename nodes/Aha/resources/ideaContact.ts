import { record, records, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { customFieldsJson } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'idea contact', key: 'idea_user' });

const email: Fields = { email: text(undefined, { placeholder: 'e.g. name@email.com' }) };

const fields: Fields = {
	...email,
	...customFieldsJson,
	first_name: text(),
	last_name: text(),
	discovery_group_ids: records('discovery_group_id', undefined, { label: 'Discovery Groups' }),
};

/** https://www.aha.io/api/resources/idea_users */
export const ideaContact: Resource = {
	name: 'Idea Contact',
	value: 'ideaContact',
	description: 'Contacts outside Aha! who submit or request ideas; the API calls them idea users',
	aliases: ['idea user', 'contact', 'customer'],
	simple: ['name', 'email', 'id', 'idea_organizations', 'custom_fields', 'created_at'],
	more: ['integration_fields'],
	operations: [
		create({
			endpoint: 'POST /idea_users',
			required: email,
			fields: without(fields, 'email'),
			customFields: true,
		}),
		get({ endpoint: 'GET /idea_users/{idea_user_id}', selectable: true }),
		getMany({
			endpoint: 'GET /idea_users',
			query: { ...email, idea_portal_id: record('idea_portal_id') },
			selectable: true,
		}),
		update({
			endpoint: 'PUT /idea_users/{idea_user_id}',
			fields: {
				...fields,
				idea_organization_ids: records('idea_organization_id', undefined, {
					label: 'Organizations',
				}),
			},
			customFields: true,
		}),
		remove({ endpoint: 'DELETE /idea_users/{idea_user_id}' }),
	],
};
