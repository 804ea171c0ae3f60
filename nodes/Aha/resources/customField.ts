import { boolean, record, text } from '../schema/fields';
import type { Fields, Resource } from '../schema/types';
import { colorField } from './common';

const optionId: Fields = { option_id: record('custom_field_option_id') };

/**
 * https://www.aha.io/api/resources/custom_fields_list,
 * https://www.aha.io/api/resources/custom_field_options,
 * https://www.aha.io/api/resources/custom_layouts
 */
export const customField: Resource = {
	name: 'Custom Field',
	value: 'customField',
	aliases: ['custom field definition', 'custom field option', 'custom layout', 'screen definition'],
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many custom fields',
			endpoint: 'GET /custom_field_definitions',
			returns: 'custom_field_definitions',
			paginated: true,
		},
		{
			name: 'Get Choices',
			value: 'getChoices',
			action: 'Get the choices of a custom field',
			description: 'Get what people can choose in a custom field, including records',
			endpoint: 'GET /custom_field_definitions/{custom_field_definition_id}/options',
			returns: 'options',
		},
		{
			name: 'Create Option',
			value: 'createOption',
			action: 'Create an option of a custom field',
			description: 'Add an option to a choice list',
			endpoint: 'POST /custom_field_definitions/{custom_field_definition_id}/custom_field_options',
			root: 'custom_field_option',
			required: { value: text() },
			fields: colorField,
		},
		{
			name: 'Delete Option',
			value: 'deleteOption',
			action: 'Delete an option of a custom field',
			description: 'Delete an option of a choice list by its ID',
			endpoint:
				'DELETE /custom_field_definitions/{custom_field_definition_id}/custom_field_options/{option_id}',
			path: optionId,
		},
		{
			name: 'Get Many Options',
			value: 'getOptions',
			action: 'Get many options of a custom field',
			description: 'Get the options of a choice list with their IDs and colors',
			endpoint: 'GET /custom_field_definitions/{custom_field_definition_id}/custom_field_options',
			returns: 'custom_field_options',
			paginated: true,
		},
		{
			name: 'Update Option',
			value: 'updateOption',
			action: 'Update an option of a custom field',
			description: 'Rename, color or hide an option of a choice list',
			endpoint:
				'PUT /custom_field_definitions/{custom_field_definition_id}/custom_field_options/{option_id}',
			path: optionId,
			root: 'custom_field_option',
			fields: { value: text(), ...colorField, hidden: boolean('Whether the option is hidden') },
		},
		{
			name: 'Get Layout',
			value: 'getLayout',
			action: 'Get a custom layout',
			description: 'Get a layout with its custom fields by its ID',
			endpoint: 'GET /screen_definitions/{screen_definition_id}',
		},
		{
			name: 'Get Many Layouts',
			value: 'getLayouts',
			action: 'Get many custom layouts',
			description: 'Get the layouts of the account, for all types of records',
			endpoint: 'GET /screen_definitions',
			returns: 'screen_definitions',
			paginated: true,
		},
	],
};
