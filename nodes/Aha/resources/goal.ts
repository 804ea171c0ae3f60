import { record, status, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	collaborationFields,
	customFieldsJson,
	descriptionField,
	nameField,
	parent,
	progress,
	setTableLinks,
	strategyFields,
} from './common';
import { withTimeInStatus } from './timeInStatus';

const { create, get, getMany, update, remove } = crud({ noun: 'goal' });

// Aha!'s list of parameters names the success metric flat; its examples nest it.
const required: Fields = {
	...nameField,
	workflow_status: status('goal_id', undefined, {
		label: 'Status',
		secondBodyPath: 'success_metric.workflow_status',
	}),
	success_metric_name: text(undefined, { secondBodyPath: 'success_metric.name' }),
	success_metric_description: text('Text or HTML', {
		secondBodyPath: 'success_metric.description',
	}),
};

const fields: Fields = {
	...descriptionField,
	...strategyFields,
	...customFieldsJson,
	project_id: record('product_id', 'Workspace that the goal belongs to', {
		label: 'Goal Workspace',
	}),
	watchers: collaborationFields.watchers,
	...parent('goal_id'),
	...progress(
		'progress_manual',
		'progress_from_features',
		'progress_from_releases',
		'progress_from_initiatives',
		'progress_from_descendants',
		'progress_from_features_completed',
		'progress_from_epics',
		'progress_from_key_results',
	),
};

/** https://www.aha.io/api/resources/goals */
export const goal: Resource = {
	name: 'Goal',
	value: 'goal',
	aliases: ['strategic imperative', 'objective', 'okr'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'success_metric.workflow_status',
		'success_metric',
		'progress',
		'time_frame',
		'description_text',
		'key_results',
	],
	more: [
		'initiatives',
		'description',
		'color',
		'effort',
		'value',
		'created_at',
		'updated_at',
		'project',
		'features',
		'releases',
		'comments_count',
		'custom_fields',
		'custom_object_links',
		'parent',
		'parents',
		'watchers',
	],
	operations: withTimeInStatus('goal', 'goal', [
		create({
			endpoint: 'POST /products/{product_id}/goals',
			required,
			fields,
			customFields: true,
			selectable: true,
		}),
		get({ endpoint: 'GET /goals/{goal_id}', selectable: true }),
		getMany({
			endpoint: {
				account: 'GET /goals',
				workspace: 'GET /products/{product_id}/goals',
				initiative: 'GET /initiatives/{initiative_id}/goals',
			},
			selectable: true,
		}),
		update({
			endpoint: 'PUT /products/{product_id}/goals/{goal_id}',
			fields: { ...required, ...fields },
			customFields: true,
			selectable: true,
		}),
		remove({ endpoint: 'DELETE /products/{product_id}/goals/{goal_id}' }),
		setTableLinks('a goal', 'goal', 'PUT /goals/{goal_id}'),
	]),
};
