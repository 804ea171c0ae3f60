import { choice, record, text, titleCase } from '../schema/fields';
import type { RecordName } from '../schema/records';
import { fillEndpoint } from '../schema/endpoints';
import { withArticle, withRequestHandler } from '../schema/operations';
import type { Endpoint, EndpointOperation, Fields, Operation } from '../schema/types';
import { createOrUpdate } from '../handlers/upsert';
import { getRelease } from './common';
import { integrationField } from './integrationField';

/** The endpoint of an operation on integration fields for one kind of record. */
const keyEndpoint = (operation: string, key: string): Endpoint => {
	const { endpoint } = integrationField.operations.find(({ value }) => value === operation) ?? {};
	return (endpoint as Readonly<Record<string, Endpoint>>)[key];
};

const byKey = { showWhen: { match_on: ['key'] } };
const byCustomField = { showWhen: { match_on: ['customField'] } };

/** What tells whether a record exists. */
const matchFields = (noun: string) =>
	({
		match_on: choice(
			[
				['Key', 'key'],
				['Reference', 'reference'],
				['Name', 'name'],
				['Custom Field', 'customField'],
			],
			'What tells whether the record exists; a key is your own, and Aha! keeps it for you',
			{
				hint: 'Updates the record that matches, or creates one if none does. If several match, nothing changes and the error names them.',
			},
		),
		key: text('What the record is called elsewhere, such as an ID in another system', byKey),
		integration_id: record('integration_id', 'Any integration of the workspace', {
			label: 'Integration',
			...byKey,
		}),
		key_field: text('Name of the integration field that stores the key', {
			default: 'n8n_key',
			...byKey,
		}),
		existing: record(`${noun}_id` as RecordName, 'Record to update; leave empty to create one', {
			label: `${titleCase(noun)} to Update`,
			optional: true,
			showWhen: { match_on: ['reference'] },
		}),
		custom_field_key: text('API key of a custom field, as the settings of Aha! show it', {
			placeholder: 'e.g. ticket_number',
			...byCustomField,
		}),
		custom_field_value: text('Value that only this record has; a new record gets it', {
			placeholder: 'e.g. T-1042',
			...byCustomField,
		}),
	}) satisfies Fields;

/**
 * The operations of a resource with Create or Update added, which uses its create, update and
 * delete.
 *
 * @param noun what a record is called in a sentence, such as `epic`; also its key in endpoints
 */
export function withUpsert(noun: string, operations: readonly Operation[]): Operation[] {
	const [create, update, remove, list] = ['create', 'update', 'delete', 'getAll'].map((value) =>
		operations.find(
			(operation): operation is EndpointOperation =>
				operation.value === value && operation.handler === undefined,
		),
	);
	if (!create || !update || !remove || !list)
		throw new TypeError(`${noun} cannot be created or updated`);
	const name = `${noun}_id` as RecordName;
	const upsert = withRequestHandler({
		...create,
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${withArticle(noun)}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		settings: matchFields(noun),
		handler: createOrUpdate({
			name,
			noun,
			create,
			update,
			remove,
			list,
			releaseAt: (release_id) => fillEndpoint(getRelease, { release_id }),
			find: (field) =>
				fillEndpoint(keyEndpoint('getRecords', noun), {
					field_name: field.name,
					field_value: field.value,
				}),
			addKey: (recordId, integrationId) =>
				fillEndpoint(keyEndpoint('create', noun), {
					[name]: recordId,
					integration_id: integrationId,
				}),
		}),
	});
	return [...operations, upsert];
}
