import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { ownRecord } from '../engine/paths';
import type { RecordName } from '../engine/records';
import type { Operation } from '../engine/types';
import { resources } from '../resources';

/** An operation of the node, to fill a form with what it gives. */
export function operationOf(resource: string, operation: string): Operation {
	const found = find(resource, operation);
	if (!found) throw new UserError(`There is no list of ${resource}`);
	return found;
}

const find = (resource: string, operation: string): Operation | undefined =>
	resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);

/** The kind of the record that the form's operation is about; none in the form of a trigger. */
export function ownKind(context: ILoadOptionsFunctions): RecordName | undefined {
	const resource = String(context.getCurrentNodeParameter('resource'));
	const operation = find(resource, String(context.getCurrentNodeParameter('operation')));
	return operation && ownRecord(resource, operation)?.kind;
}
