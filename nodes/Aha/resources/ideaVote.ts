import { boolean, dateTime, html, list, number, person, record, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { EndpointOperation, Fields, Resource } from '../schema/types';
import { customFieldsJson } from './common';

const { create, get, getMany, update, remove } = crud({
	noun: 'idea vote',
	key: 'idea_endorsement',
});

const value: Fields = { value: number('Monetary value of the proxy vote') };

const voter: Fields = {
	created_by_user: person('Aha! user who votes; the user of the credential if empty', {
		label: 'Created By',
	}),
};

const portalVoter: Fields = {
	email: text(undefined, { placeholder: 'e.g. name@email.com' }),
};

/** Each way to vote is one endpoint of Aha!'s; they differ in what they need. */
const vote: Pick<EndpointOperation, 'endpoint' | 'query' | 'customFields'> = {
	endpoint: 'POST /ideas/{idea_id}/endorsements',
	query: {
		multiple_endorsements: boolean('Whether to add another vote if the person has already voted', {
			label: 'Vote Again',
		}),
		idea_portal_id: record('idea_portal_id', 'Portal that sets the vote limit'),
	},
	customFields: true,
};

/** https://www.aha.io/api/resources/idea_votes */
export const ideaVote: Resource = {
	name: 'Idea Vote',
	value: 'ideaVote',
	aliases: ['endorsement', 'idea endorsement', 'proxy vote'],
	simple: [
		'idea',
		'id',
		'idea_id',
		'value',
		'weight',
		'endorsed_by_idea_user',
		'endorsed_by_portal_user',
		'idea_organization',
		'description_text',
		'created_at',
	],
	more: ['description', 'updated_at', 'link', 'custom_fields', 'integration_fields', 'idea_users'],
	operations: [
		create({
			description: 'Vote for an idea as an Aha! user',
			...vote,
			fields: { ...voter, ...customFieldsJson },
		}),
		create({
			...vote,
			name: 'Vote for Someone',
			value: 'voteForSomeone',
			action: 'Vote for an idea on behalf of someone',
			description: 'Vote for an idea in the name of a person, by email address',
			required: portalVoter,
			fields: customFieldsJson,
		}),
		create({
			...vote,
			name: 'Create Proxy Vote',
			value: 'createProxyVote',
			action: 'Create a proxy vote for an organization',
			description: 'Vote for an idea in the name of a customer, with a value',
			required: { idea_organization_id: record('idea_organization_id') },
			fields: {
				...voter,
				...portalVoter,
				...value,
				...customFieldsJson,
				link: text('URL of a page about the vote'),
				description: html('Text, Markdown or HTML'),
				idea_users: list('Email addresses of contacts, separated by commas', {
					label: 'Contacts',
				}),
			},
		}),
		get({
			endpoint: 'GET /ideas/{idea_id}/endorsements/{idea_endorsement_id}',
			selectable: true,
		}),
		getMany({
			endpoint: {
				idea: 'GET /ideas/{idea_id}/endorsements',
				account: 'GET /ideas/endorsements',
				ideaOrganization: 'GET /idea_organizations/{idea_organization_id}/endorsements',
			},
			query: {
				proxy: boolean('Whether to return only proxy votes', {
					forEndpoints: ['idea', 'account'],
				}),
				created_before: dateTime(undefined, { forEndpoints: ['account'] }),
				created_since: dateTime(undefined, { forEndpoints: ['account'] }),
				updated_since: dateTime(undefined, { forEndpoints: ['account'] }),
			},
			selectable: true,
		}),
		update({
			endpoint: 'PUT /ideas/{idea_id}/endorsements/{idea_endorsement_id}',
			fields: { ...value, ...customFieldsJson },
			customFields: true,
		}),
		remove({ endpoint: 'DELETE /ideas/{idea_id}/endorsements/{idea_endorsement_id}' }),
	],
};
