import { date } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	assignee,
	customFieldsJson,
	customTableLinks,
	descriptionField,
	nameField,
	nameFilter,
	startDate,
	updatedFilter,
	workflowStatus,
} from './common';
import { withTimeInStatus } from './timeInStatus';
import { withUpsert } from './upsert';

const { create, get, getMany, update, remove } = crud({ noun: 'requirement' });

const fields: Fields = {
	...descriptionField,
	...workflowStatus('requirement_id'),
	...customFieldsJson,
	...assignee,
	...startDate,
	end_date: date(),
};

/** https://www.aha.io/api/resources/requirements */
export const requirement: Resource = {
	name: 'Requirement',
	value: 'requirement',
	aliases: ['user story'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'workflow_status',
		'assigned_to_user',
		'feature',
		'start_date',
		'end_date',
		'description_text',
	],
	more: [
		'description',
		'tags',
		'release',
		'score',
		'score_facts',
		'created_at',
		'updated_at',
		'status_changed_on',
		'created_by_user',
		'project',
		'progress',
		'goals',
		'attachments',
		'comments_count',
		'custom_fields',
		'integration_fields',
		'workflow_status_times',
	],
	operations: withUpsert(
		'requirement',
		withTimeInStatus('requirement', 'requirement', [
			create({
				endpoint: 'POST /features/{feature_id}/requirements',
				required: nameField,
				fields,
				customFields: true,
			}),
			get({ endpoint: 'GET /requirements/{requirement_id}', selectable: true }),
			getMany({
				endpoint: 'GET /features/{feature_id}/requirements',
				query: { ...nameFilter, ...updatedFilter },
				selectable: true,
			}),
			update({
				endpoint: 'PUT /requirements/{requirement_id}',
				fields: { ...nameField, ...fields, ...customTableLinks },
				customFields: true,
			}),
			remove({ endpoint: 'DELETE /requirements/{requirement_id}' }),
			{
				name: 'Convert to Feature',
				value: 'convertToFeature',
				action: 'Convert a requirement to a feature',
				description: 'Turn a requirement into a feature of the same release',
				endpoint: 'POST /requirements/{requirement_id}/convert_to_feature',
				returns: 'feature',
			},
		]),
	),
};
