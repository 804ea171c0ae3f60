import { endpointsOf, pathParameters } from '../schema/endpoints';
import { withArticle } from '../schema/operations';
import { ownRecord } from '../schema/pathFields';
import { isRecordName, recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import type { Operation, Resource } from '../schema/types';

/** A record in a sentence: `a roll-up release`. */
const aRecord = (name: RecordName): string => withArticle(recordKinds[name].label.toLowerCase());

const oneOf = (words: readonly string[]): string =>
	words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words.join('');

/** What the records of an operation belong to: `of a workspace or release`; empty for the account. */
function belonging(resource: Resource, operation: Operation): string {
	const own = ownRecord(resource.value, operation)?.parameter;
	const owners = endpointsOf(operation).map(([, endpoint]) => {
		const name = pathParameters(endpoint).findLast((one) => one !== own && isRecordName(one));
		return name === undefined ? 'the account' : aRecord(name as RecordName);
	});
	const all = [...new Set(owners)];
	return oneOf(all.length > 4 ? [...all.slice(0, 2), 'another record'] : all);
}

/** What a record is found by. */
function naming(resource: Resource, operation: Operation): string {
	if (resource.value === 'workspace') return 'prefix or ID';
	const own = ownRecord(resource.value, operation);
	const example = own && recordKinds[own.kind].example;
	return example ? `reference (${example}) or ID` : 'ID';
}

/** Records that others are in; of others, they are only for one. */
const CONTAINERS = /account|workspace|release$/;

/**
 * What an operation does, for people and AI models: its own words, or else what follows from its
 * endpoint. The action says what is made, read or changed; this says where and by what it is found.
 */
export function descriptionOf(resource: Resource, operation: Operation): string {
	const { action, description, value } = operation;
	if (description) return description;
	const owner = belonging(resource, operation);
	switch (value) {
		case 'create':
			return `${action} ${CONTAINERS.test(owner) ? 'in' : 'for'} ${owner}`;
		case 'getAll':
			return `${action} of ${owner}`;
		case 'get':
		case 'delete':
			return `${action} by its ${naming(resource, operation)}`;
		case 'update':
			return `${action}; only the fields that you add change`;
		default:
			return action;
	}
}
