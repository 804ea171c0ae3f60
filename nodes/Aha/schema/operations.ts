import { endpointsOf, pathParameters } from './endpoints';
import { choiceOf } from './records';
import type { RecordName } from './records';
import type {
	Endpoint,
	EndpointOperation,
	Fields,
	HandlerOperation,
	Operation,
	RequestHandlerOperation,
	Resource,
} from './types';

type Entry = Partial<EndpointOperation> & Pick<EndpointOperation, 'endpoint'>;

/** `feature` → `a feature`; `idea` → `an idea`; `user` → `a user`. */
export const withArticle = (noun: string): string =>
	`${/^(?!us)[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;

/** How a resource calls its records. */
export interface Nouns {
	/** One record in a sentence, such as `idea portal`. */
	readonly noun: string;
	/** Several records in a sentence; `noun` with `s` unless given. */
	readonly plural?: string;
	/** Key of one record in bodies and responses; `noun` with `_` for spaces unless given. */
	readonly key?: string;
	/** Key of a list in responses; `key` with `s` unless given. */
	readonly keys?: string;
}

/** The five operations that most resources share, named as n8n names them. */
export function crud({
	noun,
	plural = `${noun}s`,
	key = noun.replaceAll(/[ -]/g, '_'),
	keys = `${key}s`,
}: Nouns) {
	const one = withArticle(noun);
	return {
		create: (entry: Entry): EndpointOperation => ({
			name: 'Create',
			value: 'create',
			action: `Create ${one}`,
			root: key,
			returns: key,
			...entry,
		}),
		get: (entry: Entry): EndpointOperation => ({
			name: 'Get',
			value: 'get',
			action: `Get ${one}`,
			returns: key,
			...entry,
		}),
		getMany: (entry: Entry): EndpointOperation => ({
			name: 'Get Many',
			value: 'getAll',
			action: `Get many ${plural}`,
			returns: keys,
			paginated: true,
			...entry,
		}),
		update: (entry: Entry): EndpointOperation => ({
			name: 'Update',
			value: 'update',
			action: `Update ${one}`,
			root: key,
			returns: key,
			...entry,
		}),
		remove: (entry: Entry): EndpointOperation => ({
			name: 'Delete',
			value: 'delete',
			action: `Delete ${one}`,
			...entry,
		}),
	};
}

/** An operation with an endpoint and a handler: the handler gets the settings that are named here. */
export const withRequestHandler = <Settings extends Fields>(
	operation: RequestHandlerOperation<Settings>,
): Operation => operation;

/** An operation with a handler and no endpoint: the handler gets the settings and filters. */
export const withHandler = <Settings extends Fields, Filters extends Fields = Record<never, never>>(
	operation: HandlerOperation<Settings, Filters>,
): Operation => operation;

/** The fields without those named: create shows `name` on its own, update in the collection. */
export function without(fields: Fields, ...names: string[]): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** One operation, by the values of its resource and its own. */
export const findOperation = (
	resources: readonly Resource[],
	resource: string,
	operation: string,
): Operation | undefined =>
	resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);

/**
 * The endpoints of one operation of several resources, by the record that each is about. For an
 * operation that works on any of them.
 *
 * @param value the operation's value, such as `get`
 */
export function endpointsByRecord(
	value: string,
	resources: readonly Resource[],
): Readonly<Record<string, Endpoint>> {
	const endpoints = resources.flatMap(({ operations }) =>
		operations
			.filter((operation) => operation.value === value)
			.flatMap((operation) => endpointsOf(operation).map(([, endpoint]) => endpoint)),
	);
	return Object.fromEntries(
		endpoints.map((endpoint) => [
			choiceOf(pathParameters(endpoint).at(-1) as RecordName),
			endpoint,
		]),
	);
}

/** Whether the operation gives records of the resource, so that a person can choose the output. */
export const hasOutput = (resource: Resource, operation: Operation): boolean =>
	resource.simple !== undefined && operation.returns !== undefined;
