import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { resources } from '../resources';
import { findOperation } from '../schema/operations';
import { linkedKind, ownRecord } from '../schema/pathFields';
import type { RecordName } from '../schema/records';
import type { Field, LinkedRecordField, Operation, RecordField, Resource } from '../schema/types';

/** A field that names its own list method. */
export type ListedField = RecordField & { readonly listMethod: string };

/**
 * The operation that reads a list.
 *
 * @throws UserError when there is none
 */
export function listOperation(resource: string, operation: string): Operation {
	const found = findOperation(resources, resource, operation);
	if (!found) throw new UserError(`There is no list of ${resource}`);
	return found;
}

interface Chosen {
	readonly resource: Resource;
	readonly operation: Operation;
}

/** The resource and operation that are chosen in the form; none in the form of a trigger. */
export function chosenOperation(context: ILoadOptionsFunctions): Chosen | undefined {
	const name = context.getCurrentNodeParameter('resource');
	const value = context.getCurrentNodeParameter('operation');
	const resource = resources.find((candidate) => candidate.value === name);
	const operation = resource?.operations.find((candidate) => candidate.value === value);
	return resource && operation && { resource, operation };
}

/** The kind of the record that the chosen operation is about. */
export function ownRecordKind(context: ILoadOptionsFunctions): RecordName | undefined {
	const chosen = chosenOperation(context);
	return chosen && ownRecord(chosen.resource.value, chosen.operation)?.kind;
}

const isListed = (field: Field): field is ListedField =>
	'listMethod' in field && field.listMethod !== undefined;

const listedFields = ({ required, fields }: Operation): ListedField[] =>
	Object.values({ ...required, ...fields }).filter(isListed);

/** The fields of an operation that take a record of a kind that another field names. */
const linkedFields = ({ required, fields, query }: Operation): LinkedRecordField[] =>
	Object.values({ ...required, ...fields, ...query }).filter(
		(field): field is LinkedRecordField => field.kind === 'linkedRecord',
	);

/** Names of the fields that say of which kind a linked record is. */
export function linkingFields(): string[] {
	const linked = resources.flatMap(({ operations }) => operations.flatMap(linkedFields));
	return [...new Set(linked.map(({ of }) => of))];
}

/** Names of the list methods that fields name themselves. */
export function fieldLists(): string[] {
	const listed = resources.flatMap(({ operations }) => operations.flatMap(listedFields));
	return [...new Set(listed.map(({ listMethod }) => listMethod))];
}

/**
 * The field of the chosen operation that names a list method.
 *
 * @throws UserError when the operation has no such field
 */
export function listedField(context: ILoadOptionsFunctions, listMethod: string): ListedField {
	const chosen = chosenOperation(context);
	const found = (chosen ? listedFields(chosen.operation) : []).find(
		(field) => field.listMethod === listMethod,
	);
	if (!found) {
		throw new UserError(`There is no such list for ${chosen?.resource.name ?? 'this form'}`);
	}
	return found;
}

/** The parts of a form that a field can be in. */
const PLACES = ['', 'additionalFields.', 'filters.', 'options.'];

/**
 * The kind of the record that the chosen operation links to, as another field names it.
 *
 * @param of name of that field
 * @throws UserError when it is not chosen or has no list
 */
export function linkedRecordKind(context: ILoadOptionsFunctions, of: string): RecordName {
	const chosen = chosenOperation(context);
	const field = (chosen ? linkedFields(chosen.operation) : []).find((one) => one.of === of);
	const [kind] = PLACES.map((place) => context.getCurrentNodeParameter(place + of))
		.map((value) => field && linkedKind(field, value))
		.filter((name) => name !== undefined);
	if (!kind) throw new UserError('There is no list of records of this type. Enter an ID.');
	return kind;
}
