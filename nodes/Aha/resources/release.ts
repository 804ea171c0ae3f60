import { boolean, choice, date, html, person, records, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	collaborationFields,
	customFieldsJson,
	duration,
	goals,
	nameField,
	parent,
	nameFilter,
	progress,
	setTableLinks,
	startDate,
	updatedFilter,
	workflowStatus,
	getRelease,
} from './common';
import { withTimeInStatus } from './timeInStatus';
import { withUpsert } from './upsert';

const { create, get, getMany, update, remove } = crud({ noun: 'release' });

const fields: Fields = {
	...nameField,
	owner: person(),
	initiatives: records('initiative_id', undefined, { byName: true }),
	...goals,
	...workflowStatus('release_id'),
	watchers: collaborationFields.watchers,
	...parent('roll_up_release_id'),
	theme: html('Text, Markdown or HTML'),
	...startDate,
	end_date: date(),
	release_date: date(),
	development_started_on: date(),
	parking_lot: boolean('Whether the release is a parking lot'),
	external_release_date: date('Date that people outside the team see'),
	external_date_resolution: choice(
		['sync', 'exact', 'week', 'month', 'quarter', 'half', 'year'],
		'How precise the external date is; needs an external release date',
	),
	capacity_units: choice(['time', 'story_points']),
	total_capacity_text: text('Capacity with its unit, such as 2d 1h or 4p', {
		label: 'Total Capacity',
	}),
	...progress(
		'progress_manual',
		'progress_from_features',
		'progress_from_release_phases',
		'progress_from_todos',
		'progress_from_remaining_estimate',
		'progress_from_features_completed',
		'progress_from_epics',
	),
	...duration(
		'duration_manual',
		'duration_from_release_phases_features',
		'duration_from_sub_releases',
	),
	...customFieldsJson,
};

/** https://www.aha.io/api/resources/releases */
export const release: Resource = {
	name: 'Release',
	value: 'release',
	aliases: ['schedule', 'parking lot'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'workflow_status',
		'owner',
		'start_date',
		'release_date',
		'released',
		'progress',
	],
	more: [
		'theme',
		'end_date',
		'development_started_on',
		'external_release_date',
		'external_release_date_description',
		'parking_lot',
		'master_release',
		'released_on',
		'created_at',
		'updated_at',
		'progress_source',
		'status_changed_on',
		'created_by_user',
		'project',
		'goals',
		'initiatives',
		'key_results',
		'comments_count',
		'custom_fields',
		'custom_object_links',
		'integration_fields',
		'parent',
		'watchers',
		'workflow_status_times',
	],
	operations: withUpsert(
		'release',
		withTimeInStatus('release', 'release', [
			create({
				endpoint: 'POST /products/{product_id}/releases',
				required: nameField,
				fields: without(fields, 'name'),
				customFields: true,
				selectable: true,
			}),
			get({ endpoint: getRelease, selectable: true }),
			getMany({
				endpoint: {
					workspace: 'GET /products/{product_id}/releases',
					goal: 'GET /goals/{goal_id}/releases',
					initiative: 'GET /initiatives/{initiative_id}/releases',
					rollUpRelease: 'GET /roll_up_releases/{roll_up_release_id}/releases',
					release: 'GET /releases/{roll_up_release_id}/releases',
				},
				query: {
					...nameFilter,
					...updatedFilter,
					parking_lot: boolean('Whether to return only parking lots'),
					exclude_shipped: boolean(),
				},
				selectable: true,
			}),
			update({
				endpoint: 'PUT /products/{product_id}/releases/{release_id}',
				fields,
				customFields: true,
				selectable: true,
			}),
			remove({ endpoint: 'DELETE /products/{product_id}/releases/{release_id}' }),
			{
				name: 'Duplicate',
				value: 'duplicate',
				action: 'Duplicate a release',
				description: 'Copy a release with its phases; returns the new release',
				endpoint: 'POST /releases/{release_id}/duplicate',
				returns: 'release',
			},
			setTableLinks('a release', 'release', 'PUT /releases/{release_id}'),
		]),
	),
};
