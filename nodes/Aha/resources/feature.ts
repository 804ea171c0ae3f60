import { date, record, workflowType } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	collaborationFields,
	assignment,
	customFieldsJson,
	customTableLinks,
	descriptionField,
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

const { create, get, getMany, update, remove } = crud({ noun: 'feature' });

const fields: Fields = {
	...nameField,
	...descriptionField,
	...workflowStatus('feature_id'),
	...assignment,
	...collaborationFields,
	...estimates,
	...developFields,
	...progress(
		'progress_manual',
		'progress_from_requirements',
		'progress_from_remaining_estimate',
		'progress_from_todos',
	),
	...goals,
	...initiative,
	...customFieldsJson,
	workflow_kind: workflowType('feature_id', undefined, { label: 'Type' }),
	release: record('release_id'),
	release_phase: record('release_phase_id', undefined, { byName: true }),
	epic: record('epic_id', undefined, { byName: true }),
	...startDate,
	due_date: date(),
};

/** https://www.aha.io/api/resources/features */
export const feature: Resource = {
	name: 'Feature',
	value: 'feature',
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
		'epic',
		'progress',
		'progress_source',
		'score',
		'score_facts',
		'start_date',
		'created_at',
		'updated_at',
		'status_changed_on',
		'created_by_user',
		'workflow_kind',
		'project',
		'requirements',
		'key_results',
		'attachments',
		'comments_count',
		'custom_fields',
		'integration_fields',
		'belongs_to_release_phase',
		'watchers',
		'workflow_status_times',
	],
	operations: withUpsert(
		'feature',
		withTimeInStatus('feature', 'feature', [
			create({
				endpoint: 'POST /releases/{release_id}/features',
				required: nameField,
				fields: without(fields, 'name', 'release'),
				customFields: true,
				selectable: true,
			}),
			get({ endpoint: 'GET /features/{feature_id}', selectable: true }),
			getMany({
				endpoint: {
					account: 'GET /features',
					workspace: 'GET /products/{product_id}/features',
					release: 'GET /releases/{release_id}/features',
					epic: 'GET /epics/{epic_id}/features',
					goal: 'GET /goals/{goal_id}/features',
					initiative: 'GET /initiatives/{initiative_id}/features',
				},
				query: workFilters('feature_id'),
				selectable: true,
			}),
			update({
				endpoint: 'PUT /features/{feature_id}',
				fields: { ...fields, ...customTableLinks },
				customFields: true,
				selectable: true,
			}),
			remove({ endpoint: 'DELETE /features/{feature_id}' }),
			{
				name: 'Convert to Epic',
				value: 'convertToEpic',
				action: 'Convert a feature to an epic',
				description:
					'Turn a feature into an epic with a new reference number; the feature is gone then',
				endpoint: 'POST /features/{feature_id}/convert_to_epic',
				returns: 'epic',
			},
		]),
	),
};
