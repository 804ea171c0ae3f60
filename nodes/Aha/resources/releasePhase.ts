import { choice, date, record } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { descriptionField, duration, nameField, progress } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'release phase' });

const type = choice(['phase', 'milestone'], undefined, { label: 'Type' });

const fields: Fields = {
	...descriptionField,
	start_on: date(),
	end_on: date(),
	...progress(
		'progress_manual',
		'progress_from_features',
		'progress_from_todos',
		'progress_from_features_completed',
	),
	...duration('duration_manual', 'duration_from_features'),
};

/** https://www.aha.io/api/resources/release_phases */
export const releasePhase: Resource = {
	name: 'Release Phase',
	value: 'releasePhase',
	aliases: ['milestone'],
	simple: [
		'name',
		'id',
		'type',
		'release_id',
		'start_on',
		'end_on',
		'progress',
		'description_text',
		'created_at',
		'updated_at',
	],
	more: [
		'description',
		'progress_source',
		'duration_source',
		'custom_fields',
		'integration_fields',
	],
	operations: [
		create({
			description: 'Create a phase or milestone in a release',
			endpoint: 'POST /release_phases',
			required: { ...nameField, release_id: record('release_id'), phase_type: type },
			fields,
		}),
		get({ endpoint: 'GET /release_phases/{release_phase_id}', selectable: true }),
		getMany({
			endpoint: {
				account: 'GET /release_phases',
				release: 'GET /releases/{release_id}/release_phases',
			},
			query: { type: { ...type, forEndpoints: ['release'] } },
			selectable: true,
		}),
		update({
			endpoint: 'PUT /release_phases/{release_phase_id}',
			fields: { ...nameField, phase_type: type, ...fields },
		}),
		remove({ endpoint: 'DELETE /release_phases/{release_phase_id}' }),
	],
};
