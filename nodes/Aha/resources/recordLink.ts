import { boolean, choice, linkedRecord } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';

const { create, get, getMany, remove } = crud({ noun: 'record link' });

/** https://www.aha.io/api/resources/record_links */
export const recordLink: Resource = {
	name: 'Record Link',
	value: 'recordLink',
	aliases: ['dependency', 'related record', 'link records'],
	simple: [
		'id',
		'link_type',
		'parent_record_type',
		'parent_record',
		'child_record_type',
		'child_record',
		'created_at',
	],
	more: ['link_type_id', 'parent_record_id', 'child_record_id'],
	operations: [
		create({
			description: 'Link two records, such as a feature that depends on another',
			endpoint: {
				feature: 'POST /features/{feature_id}/record_links',
				requirement: 'POST /requirements/{requirement_id}/record_links',
				epic: 'POST /epics/{epic_id}/record_links',
				release: 'POST /releases/{release_id}/record_links',
				releasePhase: 'POST /release_phases/{release_phase_id}/record_links',
				idea: 'POST /ideas/{idea_id}/record_links',
				goal: 'POST /goals/{goal_id}/record_links',
				initiative: 'POST /initiatives/{initiative_id}/record_links',
				note: 'POST /pages/{page_id}/record_links',
			},
			required: {
				record_type: choice(
					[
						'feature',
						'release',
						'idea',
						'epic',
						'release_phase',
						'initiative',
						['Note', 'page'],
						'goal',
					],
					'Type of the record to link to',
					{ label: 'Linked Record Type' },
				),
				record_id: linkedRecord(
					'record_type',
					{
						feature: 'feature_id',
						release: 'release_id',
						idea: 'idea_id',
						epic: 'epic_id',
						release_phase: 'release_phase_id',
						initiative: 'initiative_id',
						page: 'page_id',
						goal: 'goal_id',
					},
					{ label: 'Linked Record' },
				),
				link_type: choice([
					['Relates To', 10],
					['Depends On', 20],
					['Duplicated By', 30],
					['Contained By', 40],
					['Impacted By', 50],
					['Blocked By', 60],
					['Research For', 80],
				]),
			},
		}),
		get({ endpoint: 'GET /record_links/{record_link_id}' }),
		getMany({
			endpoint: 'GET /features/{feature_id}/record_links',
			query: {
				parent_and_child_links: boolean('Whether to return links in both directions', {
					label: 'Both Directions',
					default: true,
				}),
			},
		}),
		remove({ endpoint: 'DELETE /record_links/{record_link_id}' }),
	],
};
