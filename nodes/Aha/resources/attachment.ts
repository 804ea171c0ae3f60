import { boolean, text } from '../schema/fields';
import { fillEndpoint } from '../schema/endpoints';
import { endpointsByRecord, withHandler, withRequestHandler } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { attachLink, checkUpload, download, downloadAll, upload } from '../handlers/attachments';
import { comment } from './comment';
import { epic } from './epic';
import { feature } from './feature';
import { goal } from './goal';
import { idea } from './idea';
import { initiative } from './initiative';
import { keyResult } from './keyResult';
import { note } from './note';
import { release } from './release';
import { releasePhase } from './releasePhase';
import { requirement } from './requirement';
import { toDo } from './toDo';

/** Records that are read to find their files, or the description that takes one. */
const holders = endpointsByRecord('get', [
	feature,
	epic,
	idea,
	release,
	releasePhase,
	initiative,
	goal,
	keyResult,
	requirement,
	note,
	toDo,
	comment,
]);

const noteEndpoint = 'POST /notes/{note_id}/attachments';

const toDescription = (note_id: string) => fillEndpoint(noteEndpoint, { note_id });

const places = {
	...holders,
	comment: 'POST /comments/{comment_id}/attachments',
	ideaComment: 'POST /idea_comments/{idea_comment_id}/attachments',
	toDo: 'POST /tasks/{task_id}/attachments',
	customNoteField: 'POST /custom_fields/{custom_field_id}/attachments',
	customAttachmentField: 'POST /custom_field_values/{custom_field_value_id}/attachments',
	description: noteEndpoint,
} as const;

const placeIds: Fields = {
	custom_field_id: text('ID of the value in the custom_fields of the record'),
	custom_field_value_id: text('ID of the value in the custom_fields of the record'),
	note_id: text('ID in the description of the record', { label: 'Description ID' }),
};

const outputField = {
	binaryPropertyName: text('The name of the output field to put the binary file data in', {
		label: 'Put Output File in Field',
		default: 'data',
	}),
};

/** https://www.aha.io/api/resources/attachments */
export const attachment: Resource = {
	name: 'Attachment',
	value: 'attachment',
	aliases: ['file', 'upload', 'download'],
	operations: [
		withRequestHandler({
			name: 'Upload',
			value: 'upload',
			action: 'Upload an attachment',
			description: 'Upload a file of the input item to a record, a description or a custom field',
			endpoint: places,
			path: placeIds,
			settings: {
				binaryPropertyName: text(
					'The name of the input field containing the binary file data to be processed',
					{
						label: 'Input Data Field Name',
						default: 'data',
					},
				),
				skipDuplicates: boolean(
					'Whether to skip files that were already uploaded with this option on',
					{ default: false },
				),
			},
			check: checkUpload,
			handler: upload(toDescription),
		}),
		withRequestHandler({
			name: 'Attach Link',
			value: 'attachLink',
			action: 'Attach a link',
			description: 'Attach a URL to a record, a description or a custom field',
			endpoint: places,
			path: placeIds,
			root: 'attachment',
			required: {
				file_url: text('URL that the link opens', { label: 'URL' }),
				file_name: text('Name to show'),
				content_type: text('Content type of the target', { default: 'text/html' }),
			},
			handler: attachLink(toDescription),
		}),
		withHandler({
			name: 'Download',
			value: 'download',
			action: 'Download an attachment',
			description: 'Download one file by its download_url into a field of the item',
			settings: {
				downloadUrl: text('The download_url of an attachment', { label: 'Download URL' }),
				...outputField,
			},
			handler: download,
		}),
		withRequestHandler({
			name: 'Download Many',
			value: 'downloadAll',
			action: 'Download all attachments of a record',
			description: 'Download all files of a record, one item for each',
			endpoint: holders,
			settings: outputField,
			handler: downloadAll,
		}),
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete an attachment',
			description: 'Delete an attachment by its ID, which the record lists',
			endpoint: 'DELETE /attachments/{attachment_id}',
			path: { attachment_id: text() },
		},
	],
};
