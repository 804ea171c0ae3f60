import {
	boolean,
	choice,
	dateTime,
	html,
	integer,
	json,
	names,
	person,
	record,
	text,
} from '../schema/fields';
import { crud, without, withRequestHandler } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	assignee,
	collaborationFields,
	customFieldsJson,
	customTableLinks,
	descriptionField,
	initiative,
	nameField,
	nameFilter,
	spamFilter,
	targetWorkspace,
	updatedFilter,
	workflowStatus,
} from './common';
import { promoteIdea } from '../handlers/promote';
import { withTimeInStatus } from './timeInStatus';
import { withUpsert } from './upsert';

const { create, get, getMany, update, remove } = crud({ noun: 'idea' });

const fields: Fields = {
	...nameField,
	...descriptionField,
	...workflowStatus('idea_id'),
	...collaborationFields,
	...initiative,
	...customFieldsJson,
	categories: names('ideaCategoryName'),
	created_by: person('Email address of the person who created it; need not be an Aha! user'),
	created_by_portal_user: json('Portal user as {"id": "384687358", "name": "Sam"}'),
	...assignee,
	feature: record('feature_id', undefined, { byName: true }),
	epic: record('epic_id', undefined, { byName: true }),
	duplicate_idea: record('idea_id', 'Idea to merge this one into', { label: 'Duplicate Of' }),
	initial_votes: integer('Number of votes at the start'),
	visibility: choice([
		['Aha! Users', 'aha'],
		['Creator', 'creator'],
		['Employees', 'employee'],
		['Employees or Creator', 'employee_or_creator'],
		['Organization of the Creator', 'creator_organization'],
		['Everyone', 'public'],
	]),
	created_at: dateTime(),
	spam: boolean('Whether the idea is marked as spam'),
	admin_response: html('Text, Markdown or HTML'),
	submitted_idea_portal_id: record('idea_portal_id'),
};

/** https://www.aha.io/api/resources/ideas */
export const idea: Resource = {
	name: 'Idea',
	value: 'idea',
	aliases: ['feedback', 'request', 'promote'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'workflow_status',
		'votes',
		'description_text',
		'created_by_idea_user',
		'feature',
		'updated_at',
	],
	more: [
		'categories',
		'description',
		'tags',
		'score',
		'score_facts',
		'created_at',
		'status_changed_at',
		'created_by_user',
		'created_by_portal_user',
		'assigned_to_user',
		'visibility',
		'admin_response',
		'product',
		'endorsements_count',
		'comments_count',
		'themes',
		'custom_fields',
		'custom_object_links',
		'integration_fields',
		'duplicates',
		'submitted_idea_portal_record_url',
		'workflow_status_times',
		'plain_text_body',
	],
	operations: withUpsert(
		'idea',
		withTimeInStatus('idea', 'idea', [
			create({
				endpoint: 'POST /products/{product_id}/ideas',
				required: nameField,
				fields: {
					...without(fields, 'name'),
					skip_portal: boolean('Whether to keep the idea out of ideas portals', {
						bodyPath: '/skip_portal',
					}),
				},
				customFields: true,
				selectable: true,
			}),
			get({ endpoint: 'GET /ideas/{idea_id}', selectable: true }),
			getMany({
				endpoint: { account: 'GET /ideas', workspace: 'GET /products/{product_id}/ideas' },
				query: {
					...nameFilter,
					...updatedFilter,
					...spamFilter,
					...workflowStatus('idea_id'),
					sort: choice(['recent', 'trending', 'popular']),
					created_before: dateTime(),
					created_since: dateTime(),
					tag: text(),
					...assignee,
					user_id: record('user_id', 'User who created it', { label: 'Created By' }),
					idea_user_id: record('idea_user_id', 'Contact who created it', { label: 'Idea Contact' }),
				},
				selectable: true,
			}),
			update({
				endpoint: 'PUT /ideas/{idea_id}',
				fields: { ...fields, ...targetWorkspace, ...customTableLinks },
				customFields: true,
				selectable: true,
			}),
			remove({ endpoint: 'DELETE /ideas/{idea_id}' }),
			{
				name: 'Get Related',
				value: 'getRelated',
				action: 'Get ideas related to a text',
				description: 'Get ideas whose words are like a text or like another idea',
				endpoint: 'GET /ideas/related',
				requiredQuery: { q: text('Words or idea ID to compare with', { label: 'Search' }) },
				query: { idea_portal_id: record('idea_portal_id') },
				returns: 'ideas',
				paginated: true,
				selectable: true,
			},
			withRequestHandler({
				name: 'Promote',
				value: 'promote',
				action: 'Promote an idea to a feature, epic, requirement or initiative',
				description:
					'Make a feature, epic, requirement or initiative of an idea; returns it with the idea',
				endpoint: 'PUT /ideas/{idea_id}/promote',
				required: {
					promotable_type: choice(['feature', 'epic', 'requirement', 'initiative'], undefined, {
						label: 'Promote To',
					}),
					release_id: record('release_id', undefined, {
						showWhen: { promotable_type: ['feature', 'epic'] },
					}),
					feature_id: record('feature_id', undefined, {
						showWhen: { promotable_type: ['requirement'] },
					}),
					product_id: record('product_id', undefined, {
						showWhen: { promotable_type: ['initiative'] },
					}),
				},
				handler: promoteIdea,
			}),
		]),
	),
};
