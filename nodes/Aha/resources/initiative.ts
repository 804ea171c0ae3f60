import { boolean, date, integer } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	assignee,
	accountFilters,
	collaborationFields,
	customFieldsJson,
	descriptionField,
	duration,
	nameField,
	nameFilter,
	parent,
	progress,
	setTableLinks,
	startDate,
	strategyFields,
	updatedFilter,
	workflowStatus,
} from './common';
import { withTimeInStatus } from './timeInStatus';
import { withUpsert } from './upsert';

const { create, get, getMany, update, remove } = crud({ noun: 'initiative' });

const required: Fields = { ...nameField, ...workflowStatus('initiative_id') };

const fields: Fields = {
	...descriptionField,
	...strategyFields,
	...startDate,
	...customFieldsJson,
	watchers: collaborationFields.watchers,
	...parent('initiative_id'),
	position: integer('Position in the list of initiatives'),
	presented: boolean('Whether the initiative appears in charts'),
	end_date: date(),
	...progress(
		'progress_manual',
		'progress_from_features',
		'progress_from_releases',
		'progress_from_children',
		'progress_from_features_completed',
		'progress_from_epics',
	),
	...duration(
		'duration_manual',
		'duration_from_children',
		'duration_from_releases',
		'duration_from_features_epics',
	),
};

/** https://www.aha.io/api/resources/initiatives */
export const initiative: Resource = {
	name: 'Initiative',
	value: 'initiative',
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'workflow_status',
		'assigned_to_user',
		'description_text',
		'end_date',
		'time_frame',
		'progress',
	],
	more: [
		'start_date',
		'description',
		'status',
		'color',
		'effort',
		'value',
		'score',
		'score_facts',
		'created_at',
		'updated_at',
		'created_by_user',
		'project',
		'features',
		'releases',
		'goals',
		'key_results',
		'attachments',
		'comments_count',
		'custom_fields',
		'custom_object_links',
		'integration_fields',
		'watchers',
		'workflow_status_times',
	],
	operations: withUpsert(
		'initiative',
		withTimeInStatus('initiative', 'initiative', [
			create({
				endpoint: 'POST /products/{product_id}/initiatives',
				required,
				fields,
				customFields: true,
				selectable: true,
			}),
			get({ endpoint: 'GET /initiatives/{initiative_id}', selectable: true }),
			getMany({
				endpoint: {
					account: 'GET /initiatives',
					workspace: 'GET /products/{product_id}/initiatives',
					goal: 'GET /goals/{goal_id}/initiatives',
				},
				query: {
					...nameFilter,
					...updatedFilter,
					...accountFilters('initiative_id'),
					...assignee,
					only_active: boolean(),
				},
				selectable: true,
			}),
			update({
				endpoint: 'PUT /products/{product_id}/initiatives/{initiative_id}',
				fields: { ...required, ...fields },
				customFields: true,
				selectable: true,
			}),
			remove({ endpoint: 'DELETE /products/{product_id}/initiatives/{initiative_id}' }),
			setTableLinks('an initiative', 'initiative', 'PUT /initiatives/{initiative_id}'),
		]),
	),
};
