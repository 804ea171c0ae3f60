import { dateTime, status } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';

const { create, get, getMany, update, remove } = crud({ noun: 'workflow status time' });

const times: Fields = {
	started_at: dateTime('When the record entered the status'),
	ended_at: dateTime('When the record left the status; empty while it is there'),
};

/**
 * How long records were in each status, to read and to correct. Aha! turns this on for an account
 * on request; without it, Get Time in Status of each record reads the same.
 * https://www.aha.io/api/resources/workflow_status_times
 */
export const workflowStatusTime: Resource = {
	name: 'Workflow Status Time',
	value: 'workflowStatusTime',
	description: 'How long records were in each status; Aha! support must turn it on',
	aliases: ['time in status', 'cycle time', 'status history'],
	simple: ['status_name', 'id', 'workflow_status_id', 'started_at', 'ended_at', 'created_at'],
	operations: [
		create({
			description: 'Record a stay in a status; Aha! does not compare it with other stays',
			endpoint: {
				feature: 'POST /features/{feature_id}/workflow_status_times',
				epic: 'POST /epics/{epic_id}/workflow_status_times',
				masterFeature: 'POST /master_features/{epic_id}/workflow_status_times',
				requirement: 'POST /requirements/{requirement_id}/workflow_status_times',
				release: 'POST /releases/{release_id}/workflow_status_times',
				initiative: 'POST /initiatives/{initiative_id}/workflow_status_times',
				keyResult: 'POST /key_results/{key_result_id}/workflow_status_times',
				idea: 'POST /ideas/{idea_id}/workflow_status_times',
				note: 'POST /pages/{page_id}/workflow_status_times',
			},
			required: {
				workflow_status_id: status('feature_id', 'ID of a status in the workflow', {
					label: 'Status',
					idsOnly: true,
				}),
				started_at: times.started_at,
			},
			fields: { ended_at: times.ended_at },
		}),
		get({ endpoint: 'GET /workflow_status_times/{workflow_status_time_id}' }),
		getMany({
			endpoint: {
				feature: 'GET /features/{feature_id}/workflow_status_times',
				epic: 'GET /epics/{epic_id}/workflow_status_times',
				masterFeature: 'GET /master_features/{epic_id}/workflow_status_times',
				requirement: 'GET /requirements/{requirement_id}/workflow_status_times',
				release: 'GET /releases/{release_id}/workflow_status_times',
				initiative: 'GET /initiatives/{initiative_id}/workflow_status_times',
				keyResult: 'GET /key_results/{key_result_id}/workflow_status_times',
				idea: 'GET /ideas/{idea_id}/workflow_status_times',
				note: 'GET /pages/{page_id}/workflow_status_times',
			},
		}),
		update({
			endpoint: 'PUT /workflow_status_times/{workflow_status_time_id}',
			fields: times,
		}),
		remove({ endpoint: 'DELETE /workflow_status_times/{workflow_status_time_id}' }),
	],
};
