import { record, text } from '../schema/fields';
import type { RecordName } from '../schema/records';
import type { Endpoint, Operation } from '../schema/types';
import { createOrUpdate } from '../handlers/upsert';
import { integrationField } from './integrationField';

/** The endpoint of an operation on integration fields for one kind of record. */
const keyEndpoint = (operation: string, key: string): Endpoint => {
	const { endpoint } = integrationField.operations.find(({ value }) => value === operation) ?? {};
	return (endpoint as Readonly<Record<string, Endpoint>>)[key];
};

/**
 * The operations of a resource with `Create or Update` added, which is made of its create, update
 * and delete.
 *
 * @param noun what a record is called in a sentence, with its article, e.g. `an epic`
 * @param key the record as endpoints of integration fields name it, e.g. `epic`
 */
export function withUpsert(noun: string, key: string, operations: Operation[]): Operation[] {
	const [create, update, remove] = ['create', 'update', 'delete'].map((value) =>
		operations.find((operation) => operation.value === value),
	);
	if (!create || !update || !remove) throw new TypeError(`${key} cannot be created or updated`);
	const parts = {
		name: `${key}_id` as RecordName,
		create,
		update,
		remove,
		toFind: keyEndpoint('getRecords', key),
		toSetKey: keyEndpoint('create', key),
	};
	const upsert: Operation = {
		...create,
		name: 'Create or Update',
		value: 'upsert',
		action: `Create or update ${noun}`,
		about: 'By a key of your own, which an integration field in Aha! keeps',
		settings: {
			key: text('What the record is called elsewhere, such as an ID in another system'),
			integration_id: record('integration_id', 'Any integration of the workspace', {
				label: 'Integration',
			}),
			key_field: text('Name of the integration field that keeps the key', {
				default: 'n8n_key',
			}),
		},
		steps: createOrUpdate(parts),
	};
	return [...operations, upsert];
}
