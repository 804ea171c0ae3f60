import { json, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Endpoint, Resource } from '../schema/types';

const { create, get, getMany, remove } = crud({
	noun: 'integration field',
	plural: 'records with an integration field',
	keys: 'records',
});

const fieldName = { field_name: text('Name of the field, such as key') };

const places: Readonly<Record<string, Endpoint>> = {
	feature: 'POST /features/{feature_id}/integrations/{integration_id}/fields',
	epic: 'POST /epics/{epic_id}/integrations/{integration_id}/fields',
	idea: 'POST /ideas/{idea_id}/integrations/{integration_id}/fields',
	ideaVote: 'POST /idea_endorsements/{idea_endorsement_id}/integrations/{integration_id}/fields',
	ideaContact: 'POST /idea_users/{idea_user_id}/integrations/{integration_id}/fields',
	release: 'POST /releases/{release_id}/integrations/{integration_id}/fields',
	initiative: 'POST /initiatives/{initiative_id}/integrations/{integration_id}/fields',
	requirement: 'POST /requirements/{requirement_id}/integrations/{integration_id}/fields',
};

/**
 * Names and values that an integration keeps with a record, such as its key in another system.
 * https://www.aha.io/api/resources/integration_fields; that a release, an initiative and a
 * requirement take them too is to be seen in Aha!'s own integrations,
 * https://github.com/aha-app/aha-services.
 */
export const integrationField: Resource = {
	name: 'Integration Field',
	value: 'integrationField',
	aliases: ['external key', 'external id'],
	operations: [
		create({
			description: 'Store a name and a value with a record, such as its key in another system',
			endpoint: places,
			required: { name: text('For example key'), value: text() },
		}),
		create({
			name: 'Create Many',
			value: 'createMany',
			action: 'Create many integration fields',
			description: 'Store several names and values with a record; returns their IDs',
			endpoint: places,
			root: undefined,
			returns: undefined,
			required: {
				integration_fields: json(
					'Such as [{"name": "key", "value": "JRA-34"}, {"name": "id", "value": "34"}]',
					{ default: '[]' },
				),
			},
		}),
		get({
			description: 'Get what an integration stores with a feature, by the name of the field',
			endpoint: 'GET /features/{feature_id}/integrations/{integration_id}/fields/{field_name}',
			path: fieldName,
		}),
		getMany({
			name: 'Get Many Records',
			value: 'getRecords',
			description: 'Find records by what an integration stores with them, such as a Jira key',
			endpoint: {
				feature: 'GET /features/fields/{field_name}/value/{field_value}',
				epic: 'GET /epics/fields/{field_name}/value/{field_value}',
				idea: 'GET /ideas/fields/{field_name}/value/{field_value}',
				ideaVote: 'GET /idea_endorsements/fields/{field_name}/value/{field_value}',
				release: 'GET /releases/fields/{field_name}/value/{field_value}',
				initiative: 'GET /initiatives/fields/{field_name}/value/{field_value}',
				requirement: 'GET /requirements/fields/{field_name}/value/{field_value}',
				integration: 'GET /integrations/{integration_id}/fields/{field_name}/value/{field_value}',
			},
			path: { ...fieldName, field_value: text() },
		}),
		remove({
			endpoint: 'DELETE /integration_fields/{integration_field_id}',
			path: { integration_field_id: text() },
		}),
	],
};
