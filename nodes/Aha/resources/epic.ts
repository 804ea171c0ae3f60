import { date, record } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	collaborationFields,
	assignment,
	customFieldsJson,
	descriptionField,
	duration,
	estimates,
	goals,
	initiative,
	nameField,
	progress,
	startDate,
	developFields,
	workFilters,
	workflowStatus,
} from './common';
import { withTimeInStatus } from './timeInStatus';
import { withUpsert } from './upsert';

const { create, get, getMany, update, remove } = crud({ noun: 'epic' });

const fields: Fields = {
	...nameField,
	...descriptionField,
	...workflowStatus('epic_id'),
	...assignment,
	...collaborationFields,
	...estimates,
	...developFields,
	...progress(
		'progress_manual',
		'progress_from_features',
		'progress_from_remaining_estimate',
		'progress_from_todos',
		'progress_from_features_completed',
	),
	...duration('duration_manual', 'duration_from_features'),
	...goals,
	...initiative,
	...customFieldsJson,
	release: record('release_id'),
	...startDate,
	due_date: date(),
};

/** https://www.aha.io/api/resources/epics */
export const epic: Resource = {
	name: 'Epic',
	value: 'epic',
	aliases: ['master feature'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'workflow_status',
		'assigned_to_user',
		'release',
		'goals',
		'initiative',
		'description_text',
	],
	more: [
		'due_date',
		'description',
		'tags',
		'progress',
		'progress_source',
		'score',
		'score_facts',
		'start_date',
		'created_at',
		'updated_at',
		'status_changed_on',
		'created_by_user',
		'project',
		'features',
		'key_results',
		'attachments',
		'comments_count',
		'custom_fields',
		'integration_fields',
		'watchers',
		'workflow_status_times',
	],
	operations: withUpsert(
		'epic',
		withTimeInStatus('epic', 'epic', [
			create({
				description: 'Create an epic in a release, or in the default release of a workspace',
				endpoint: {
					workspace: 'POST /products/{product_id}/epics',
					release: 'POST /releases/{release_id}/epics',
				},
				required: nameField,
				fields: {
					...without(fields, 'name'),
					release: { ...fields.release, forEndpoints: ['workspace'] },
				},
				customFields: true,
				selectable: true,
			}),
			get({ endpoint: 'GET /epics/{epic_id}', selectable: true }),
			getMany({
				endpoint: {
					account: 'GET /epics',
					workspace: 'GET /products/{product_id}/epics',
					release: 'GET /releases/{release_id}/epics',
					goal: 'GET /goals/{goal_id}/epics',
					initiative: 'GET /initiatives/{initiative_id}/epics',
				},
				query: workFilters('epic_id'),
				selectable: true,
			}),
			update({ endpoint: 'PUT /epics/{epic_id}', fields, customFields: true, selectable: true }),
			remove({ endpoint: 'DELETE /epics/{epic_id}' }),
		]),
	),
};
