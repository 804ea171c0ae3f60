import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { findOperation } from '../schema/operations';
import { ownRecord } from '../schema/endpoints';
import type { RecordName } from '../schema/records';
import type { Field, Operation } from '../schema/types';
import { resources } from '../resources';

/** An operation of the node, to fill a form with what it gives. */
export function operationOf(resource: string, operation: string): Operation {
	const found = find(resource, operation);
	if (!found) throw new UserError(`There is no list of ${resource}`);
	return found;
}

const find = (resource: string, operation: string): Operation | undefined =>
	findOperation(resources, resource, operation);

/** The kind of the record that the form's operation is about; none in the form of a trigger. */
export function ownKind(context: ILoadOptionsFunctions): RecordName | undefined {
	const { resource, operation } = chosen(context);
	return operation && ownRecord(resource, operation)?.kind;
}

/** What is chosen in the form; no operation in that of a trigger. */
export function chosen(context: ILoadOptionsFunctions) {
	const resource = String(context.getCurrentNodeParameter('resource'));
	const operation = find(resource, String(context.getCurrentNodeParameter('operation')));
	return { resource, operation };
}

const fieldsOf = ({ required, fields }: Operation): Field[] =>
	Object.values({ ...required, ...fields });

/** Names of the lists that fields of this kind name themselves. */
export function listsOf(kind: Field['kind']): string[] {
	const fields = resources.flatMap(({ operations }) => operations.flatMap(fieldsOf));
	const named = fields.filter((field) => field.kind === kind && field.list !== undefined);
	return [...new Set(named.map(({ list }) => String(list)))];
}

/** The field of the form's operation that names a list. */
export function fieldWith(context: ILoadOptionsFunctions, list: string): Field {
	const { resource, operation } = chosen(context);
	const found = operation && fieldsOf(operation).find((field) => field.list === list);
	if (!found) throw new UserError(`There is no such list for ${resource}`);
	return found;
}
