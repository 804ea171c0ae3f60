import { html } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';

const { create, get, getMany, update, remove } = crud({ noun: 'comment' });

const fields: Fields = { body: html('Text, Markdown or HTML', { label: 'Text' }) };

/** https://www.aha.io/api/resources/comments */
export const comment: Resource = {
	name: 'Comment',
	value: 'comment',
	simple: ['body_text', 'id', 'url', 'user', 'commentable', 'created_at', 'updated_at'],
	more: ['body', 'parent_comment_id', 'attachments'],
	operations: [
		create({
			description: 'Add a comment to a record; on an idea, only Aha! users see it',
			endpoint: {
				feature: 'POST /features/{feature_id}/comments',
				epic: 'POST /epics/{epic_id}/comments',
				requirement: 'POST /requirements/{requirement_id}/comments',
				note: 'POST /pages/{page_id}/comments',
				idea: 'POST /ideas/{idea_id}/comments',
				initiative: 'POST /initiatives/{initiative_id}/comments',
				goal: 'POST /goals/{goal_id}/comments',
				release: 'POST /releases/{release_id}/comments',
				releasePhase: 'POST /release_phases/{release_phase_id}/comments',
				toDo: 'POST /tasks/{task_id}/comments',
			},
			required: fields,
		}),
		get({ endpoint: 'GET /comments/{comment_id}', selectable: true }),
		getMany({
			endpoint: {
				feature: 'GET /features/{feature_id}/comments',
				epic: 'GET /epics/{epic_id}/comments',
				requirement: 'GET /requirements/{requirement_id}/comments',
				note: 'GET /pages/{page_id}/comments',
				idea: 'GET /ideas/{idea_id}/comments',
				initiative: 'GET /initiatives/{initiative_id}/comments',
				goal: 'GET /goals/{goal_id}/comments',
				release: 'GET /releases/{release_id}/comments',
				releasePhase: 'GET /release_phases/{release_phase_id}/comments',
				toDo: 'GET /tasks/{task_id}/comments',
				workspace: 'GET /products/{product_id}/comments',
			},
			selectable: true,
		}),
		update({ endpoint: 'PUT /comments/{comment_id}', required: fields }),
		remove({ endpoint: 'DELETE /comments/{comment_id}' }),
	],
};
