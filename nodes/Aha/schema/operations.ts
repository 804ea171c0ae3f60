import { endpoints, pathParameters } from './endpoints';
import type { Endpoint, Fields, Operation, Resource } from './types';

type Entry = Partial<Operation> & Pick<Operation, 'endpoint'>;

/** `Feature` → `a feature`; `Idea` → `an idea`. */
const one = (noun: string): string => `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

/**
 * The five operations that most resources share, named as n8n names them.
 *
 * @param noun what a record is called in a sentence, e.g. `feature`
 * @param plural the same for many; also the key of lists, with `_` for blanks, unless given
 * @param key the key that wraps one record, in answers and bodies
 */
export function crud(noun: string, plural: string, key: string, keys: string) {
	return {
		create: (entry: Entry): Operation => ({
			name: 'Create',
			value: 'create',
			action: `Create ${one(noun)}`,
			root: key,
			returns: key,
			...entry,
		}),
		get: (entry: Entry): Operation => ({
			name: 'Get',
			value: 'get',
			action: `Get ${one(noun)}`,
			returns: key,
			...entry,
		}),
		getMany: (entry: Entry): Operation => ({
			name: 'Get Many',
			value: 'getAll',
			action: `Get many ${plural}`,
			returns: keys,
			list: true,
			...entry,
		}),
		update: (entry: Entry): Operation => ({
			name: 'Update',
			value: 'update',
			action: `Update ${one(noun)}`,
			root: key,
			returns: key,
			...entry,
		}),
		remove: (entry: Entry): Operation => ({
			name: 'Delete',
			value: 'delete',
			action: `Delete ${one(noun)}`,
			...entry,
		}),
	};
}

/** The fields, without those named: create shows `name` on its own, update in the collection. */
export function without(fields: Fields, ...names: string[]): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** One operation of some resources, by the values of its resource and its own. */
export const findOperation = (
	resources: readonly Resource[],
	resource: string,
	operation: string,
): Operation | undefined =>
	resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);

/**
 * The endpoints of one operation of several resources, by the record that each is about: for an
 * operation that works on any of them.
 *
 * @param value the operation's value, e.g. `get`
 */
export function endpointsOf(value: string, resources: readonly Resource[]) {
	const all = resources.flatMap(({ operations }) =>
		operations
			.filter((operation) => operation.value === value)
			.flatMap((operation) => endpoints(operation).map(([, endpoint]) => endpoint)),
	);
	return Object.fromEntries(
		all.map((endpoint) => [pathParameters(endpoint).at(-1)?.replace(/_id$/, ''), endpoint]),
	) as Readonly<Record<string, Endpoint>>;
}
