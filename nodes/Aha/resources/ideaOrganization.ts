import { boolean, list, number, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { customFieldsJson, customTableLinks, nameField, nameFilter } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'idea organization' });

const fields: Fields = {
	...nameField,
	...customFieldsJson,
	email_domains: list('Domains, separated by commas', { commaSeparated: true }),
	revenue: number(),
};

/** https://www.aha.io/api/resources/idea_organizations */
export const ideaOrganization: Resource = {
	name: 'Idea Organization',
	value: 'ideaOrganization',
	description: 'Customers that vote for ideas',
	aliases: ['organization', 'customer', 'company'],
	simple: [
		'name',
		'id',
		'url',
		'email_domains',
		'revenue',
		'endorsements_count',
		'description_text',
		'custom_fields',
		'created_at',
		'updated_at',
	],
	more: ['description', 'reference_num', 'created_by_user', 'integration_fields'],
	operations: [
		create({
			endpoint: 'POST /idea_organizations',
			required: nameField,
			fields: without(fields, 'name'),
			customFields: true,
		}),
		get({ endpoint: 'GET /idea_organizations/{idea_organization_id}', selectable: true }),
		getMany({
			endpoint: 'GET /idea_organizations',
			query: { ...nameFilter, email_domain: text() },
			selectable: true,
		}),
		update({
			endpoint: 'PUT /idea_organizations/{idea_organization_id}',
			fields: { ...fields, ...customTableLinks },
			customFields: true,
		}),
		remove({
			endpoint: 'DELETE /idea_organizations/{idea_organization_id}',
			query: {
				delete_proxy_votes: boolean('Whether to delete an organization that has proxy votes'),
			},
		}),
	],
};
