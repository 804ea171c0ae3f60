import { boolean, choice, html, record } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { spamFilter } from './common';

const { create, getMany, update, remove } = crud({ noun: 'idea comment' });

const body: Fields = { body: html('Text, Markdown or HTML', { label: 'Comment' }) };

const fields: Fields = {
	spam: boolean('Whether the comment is marked as spam'),
	visibility: choice(
		[
			['All Portal Users', 'public'],
			['Employees and Creator of the Comment', 'employee_or_creator'],
			['Employees and Creator of the Idea', 'employee_or_idea_creator'],
		],
		'A reply has the visibility of the comment it replies to',
	),
};

/** https://www.aha.io/api/resources/idea_comments */
export const ideaComment: Resource = {
	name: 'Idea Comment',
	value: 'ideaComment',
	description: 'Comments that people can see in an idea portal',
	aliases: ['portal comment', 'public comment'],
	simple: [
		'body_text',
		'id',
		'idea',
		'visibility',
		'parent_idea_comment_id',
		'idea_commenter_user',
		'created_at',
	],
	more: ['body', 'idea_id', 'updated_at', 'attachments'],
	operations: [
		create({
			description: 'Add a comment that people see in the idea portal',
			endpoint: 'POST /ideas/{idea_id}/idea_comments',
			required: body,
			fields: {
				...fields,
				parent_idea_comment_id: record('idea_comment_id', 'Idea comment to reply to', {
					label: 'Parent Comment',
				}),
				portal_user: record('portal_user_id', 'Portal user who comments', {
					bodyPath: 'portal_user.id',
				}),
				user: record('user_id', 'Aha! user who comments', { bodyPath: 'user.id' }),
			},
		}),
		getMany({
			endpoint: 'GET /ideas/{idea_id}/idea_comments',
			query: spamFilter,
			selectable: true,
		}),
		update({ endpoint: 'PUT /idea_comments/{idea_comment_id}', fields: { ...body, ...fields } }),
		remove({ endpoint: 'DELETE /ideas/{idea_id}/idea_comments/{idea_comment_id}' }),
	],
};
