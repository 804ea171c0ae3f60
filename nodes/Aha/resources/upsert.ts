import { record, text } from '../schema/fields';
import type { RecordName } from '../schema/records';
import { fillEndpoint } from '../schema/endpoints';
import { withArticle, withRequestHandler } from '../schema/operations';
import type { Endpoint, EndpointOperation, Operation } from '../schema/types';
import { createOrUpdate } from '../handlers/upsert';
import { integrationField } from './integrationField';

/** The endpoint of an operation on integration fields for one kind of record. */
const keyEndpoint = (operation: string, key: string): Endpoint => {
	const { endpoint } = integrationField.operations.find(({ value }) => value === operation) ?? {};
	return (endpoint as Readonly<Record<string, Endpoint>>)[key];
};

/**
 * The operations of a resource with Create or Update added, which uses its create, update and
 * delete.
 *
 * @param noun what a record is called in a sentence, such as `epic`; also its key in endpoints
 */
export function withUpsert(noun: string, operations: readonly Operation[]): Operation[] {
	const [create, update, remove] = ['create', 'update', 'delete'].map((value) =>
		operations.find(
			(operation): operation is EndpointOperation =>
				operation.value === value && operation.handler === undefined,
		),
	);
	if (!create || !update || !remove) throw new TypeError(`${noun} cannot be created or updated`);
	const name = `${noun}_id` as RecordName;
	const upsert = withRequestHandler({
		...create,
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${withArticle(noun)}`,
		description: 'Create a new record, or update the current one if it already exists (upsert)',
		settings: {
			key: text('What the record is called elsewhere, such as an ID in another system'),
			integration_id: record('integration_id', 'Any integration of the workspace', {
				label: 'Integration',
			}),
			key_field: text('Name of the integration field that stores the key', {
				default: 'n8n_key',
			}),
		},
		handler: createOrUpdate({
			name,
			create,
			update,
			remove,
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
