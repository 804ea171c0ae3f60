import { boolean, choice, html, linkedRecord, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	collaborationFields,
	customFieldsJson,
	kindsByType,
	nameField,
	nameFilter,
	parent,
} from './common';
import { withTimeInStatus } from './timeInStatus';

const { create, get, getMany, update, remove } = crud({ noun: 'note', key: 'page' });

const fields: Fields = {
	...nameField,
	...customFieldsJson,
	description_attributes: html('Text, Markdown or HTML', {
		label: 'Description',
		bodyPath: 'description_attributes.body',
	}),
	table_of_contents_enabled: boolean('Whether the note shows a table of contents', {
		label: 'Table of Contents',
		bodyPath: 'description_attributes.table_of_contents_enabled',
	}),
	...parent('page_id'),
	tags: collaborationFields.tags,
	editor_width: choice(
		[
			['Narrow', 'NARROW'],
			['Full', 'FULL'],
		],
		'Width in a knowledge base',
		{ label: 'Width' },
	),
	external_url: text('Target of an external link', { label: 'External URL' }),
};

/** https://www.aha.io/api/resources/notes. A link to a record needs no name. */
export const note: Resource = {
	name: 'Note',
	value: 'note',
	description: 'Notes, whiteboards, folders and links',
	aliases: ['page', 'whiteboard', 'folder', 'document', 'knowledge base'],
	simple: [
		'name',
		'reference_num',
		'id',
		'url',
		'document_type_name',
		'parent_id',
		'tags',
		'description_text',
		'updated_at',
	],
	more: [
		'description',
		'title',
		'created_at',
		'document_type',
		'workflow_status',
		'custom_fields',
		'comments_count',
		'external_url',
		'linked_record_id',
		'linked_record_type',
		'location',
	],
	operations: withTimeInStatus('note', 'note', [
		create({
			endpoint: 'POST /products/{product_id}/pages',
			fields: {
				...fields,
				document_type: choice(['note', 'whiteboard', 'folder', 'internal_link', 'external_link']),
				linked_record_type: text('Type of the linked record, such as Feature or Epic'),
				linked_record_id: linkedRecord('linked_record_type', kindsByType, {
					label: 'Linked Record',
					description: 'Record that an internal link opens; needs Linked Record Type',
				}),
			},
			customFields: true,
		}),
		get({ endpoint: 'GET /pages/{page_id}' }),
		getMany({ endpoint: 'GET /products/{product_id}/pages', query: nameFilter }),
		update({ endpoint: 'PUT /pages/{page_id}', fields, customFields: true }),
		remove({ endpoint: 'DELETE /pages/{page_id}' }),
		{
			name: 'Publish',
			value: 'publish',
			action: 'Publish a note to its knowledge bases',
			description: 'Publish a note to its knowledge bases; Aha! does so in the background',
			endpoint: 'POST /pages/{page_id}/publish',
			returns: 'page',
		},
		{
			name: 'Unpublish',
			value: 'unpublish',
			action: 'Unpublish a note from its knowledge bases',
			description: 'Take a note out of its knowledge bases; notes below it stay published',
			endpoint: 'POST /pages/{page_id}/unpublish',
			mayBeEmpty: true,
		},
	]),
};
