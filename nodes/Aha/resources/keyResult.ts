import { text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	assignee,
	collaborationFields,
	customFieldsJson,
	descriptionField,
	nameField,
	workflowStatus,
} from './common';
import { withTimeInStatus } from './timeInStatus';

const { create, get, getMany, update, remove } = crud({ noun: 'key result' });

const fields: Fields = {
	...descriptionField,
	...workflowStatus('key_result_id'),
	...customFieldsJson,
	...assignee,
	watchers: collaborationFields.watchers,
	starting_metric: text('For example 5%'),
	current_metric: text('For example 5%'),
	target_metric: text('For example 5%'),
};

/** https://www.aha.io/api/resources/key_results */
export const keyResult: Resource = {
	name: 'Key Result',
	value: 'keyResult',
	aliases: ['okr'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'workflow_status',
		'assigned_to_user',
		'progress',
		'description_text',
		'current_metric',
		'target_metric',
	],
	more: ['starting_metric', 'description', 'custom_fields', 'created_at', 'updated_at'],
	operations: withTimeInStatus('key result', 'keyResult', [
		create({
			endpoint: 'POST /goals/{goal_id}/key_results',
			required: nameField,
			fields,
			customFields: true,
		}),
		get({ endpoint: 'GET /key_results/{key_result_id}', selectable: true }),
		getMany({ endpoint: 'GET /goals/{goal_id}/key_results', selectable: true }),
		update({
			endpoint: 'PUT /key_results/{key_result_id}',
			fields: { ...nameField, ...fields },
			customFields: true,
		}),
		remove({ endpoint: 'DELETE /key_results/{key_result_id}' }),
	]),
};
