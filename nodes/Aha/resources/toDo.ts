import { choice, date, html, linkedRecord, people } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { kindsByType, nameField, updatedFilter } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'to-do', key: 'task' });

const required: Fields = {
	...nameField,
	body: html('Text, Markdown or HTML', { label: 'Description' }),
};

const type = choice([['To-Do', 'Task'], 'Approval', ['Work Request', 'WorkRequest']], undefined, {
	label: 'Type',
});

const fields: Fields = {
	assigned_to_users: people(undefined, { label: 'Assigned To', wrapEachIn: 'email' }),
	due_date: date(),
	type,
};

const recordType = choice(
	[
		['Competitor', 'Competitor'],
		['Creative Brief', 'CreativeBrief'],
		['Epic', 'Epic'],
		['Feature', 'Feature'],
		['Feedback Campaign', 'Ideas::FeedbackCampaign'],
		['Goal', 'StrategicImperative'],
		['Goal Background', 'StrategicImperativeBackground'],
		['Idea', 'Ideas::Idea'],
		['Idea Session', 'Ideas::IdeaSession'],
		['Initiative', 'Initiative'],
		['Note', 'Page'],
		['Persona', 'Persona'],
		['Presentation', 'Publish::Notebook'],
		['Release', 'Release'],
		['Release Phase', 'ReleasePhase'],
		['Requirement', 'Requirement'],
		['Roll-Up Release', 'MasterRelease'],
		['Sprint', 'Iteration'],
		['Strategic Model', 'BusinessModel'],
		['Strategy', 'ProjectStrategy'],
		['Strategy Component', 'ProjectStrategyComponent'],
		['Workspace', 'Project'],
	],
	undefined,
	{ label: 'Record Type' },
);

/** https://www.aha.io/api/resources/to-dos */
export const toDo: Resource = {
	name: 'To-Do',
	value: 'toDo',
	aliases: ['task', 'todo', 'approval', 'work request'],
	simple: [
		'name',
		'id',
		'url',
		'body_text',
		'status',
		'due_date',
		'taskable',
		'assigned_to_users',
		'created_by_user',
		'updated_at',
	],
	more: ['body', 'created_at', 'attachments', 'comments_count', 'custom_fields'],
	operations: [
		create({
			description: 'Create a to-do, approval or work request for people, with or without a record',
			endpoint: 'POST /tasks',
			required,
			fields: {
				...fields,
				taskable_type: recordType,
				taskable_id: linkedRecord('taskable_type', kindsByType, {
					label: 'Record',
					description: 'Record that the to-do belongs to; needs Record Type',
				}),
			},
		}),
		get({ endpoint: 'GET /tasks/{task_id}', selectable: true }),
		getMany({
			endpoint: {
				account: 'GET /tasks',
				workspace: 'GET /products/{product_id}/tasks',
				user: 'GET /users/{user_id}/tasks',
				feature: 'GET /features/{feature_id}/tasks',
				epic: 'GET /epics/{epic_id}/tasks',
				requirement: 'GET /requirements/{requirement_id}/tasks',
				release: 'GET /releases/{release_id}/tasks',
				idea: 'GET /ideas/{idea_id}/tasks',
			},
			query: {
				updated_since: { ...updatedFilter.updated_since, forEndpoints: ['account'] },
				type: choice([['To-Do', 'Task'], 'Approval'], undefined, {
					label: 'Type',
					forEndpoints: ['account'],
				}),
			},
			selectable: true,
		}),
		update({
			endpoint: 'PUT /tasks/{task_id}',
			fields: {
				...required,
				...fields,
				status: choice(['pending', 'complete', 'approved'], 'Approved only applies to approvals'),
			},
		}),
		remove({ endpoint: 'DELETE /tasks/{task_id}' }),
	],
};
