import { dateTime, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { customFieldsJson, customTableLinks } from './common';

const { create, get, getMany, update, remove } = crud({
	noun: 'record of a custom table',
	plural: 'records of a custom table',
	key: 'custom_object_record',
});

const path: Fields = {
	custom_table_key: text('API key of the table, such as customers'),
};

/**
 * https://www.aha.io/api/resources/custom_table_records,
 * https://www.aha.io/api/resources/custom_table_record_links
 */
export const customTableRecord: Resource = {
	name: 'Custom Table Record',
	value: 'customTableRecord',
	aliases: ['custom object', 'custom object record', 'custom table record link'],
	simple: [
		'id',
		'key',
		'custom_fields',
		'custom_object_links',
		'linked_records',
		'created_by_user',
		'created_at',
		'updated_at',
	],
	more: ['product_id'],
	operations: [
		create({
			endpoint: 'POST /products/{product_id}/custom_objects/{custom_table_key}/records',
			path,
			required: customFieldsJson,
			fields: customTableLinks,
		}),
		get({ endpoint: 'GET /custom_object_records/{custom_object_record_id}' }),
		getMany({
			endpoint: 'GET /products/{product_id}/custom_objects/{custom_table_key}/records',
			path,
			query: { updated_since: dateTime() },
		}),
		update({
			endpoint: 'PUT /custom_object_records/{custom_object_record_id}',
			fields: { ...customFieldsJson, ...customTableLinks },
		}),
		remove({ endpoint: 'DELETE /custom_object_records/{custom_object_record_id}' }),
	],
};
