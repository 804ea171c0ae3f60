import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RequestContext } from '../schema/handler';
import { canSimplify } from '../schema/operations';
import type { EndpointOperation, Operation, Resource, ValuesOf, Fields } from '../schema/types';
import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import { pagination } from '../transport/pages';
import type { AhaRequest } from '../transport/types';
import { inFormWords } from './errorWords';
import type { InputScope } from './input';
import type { NamedRecords } from './namedRecords';
import { recordsOf, simpleKeys, simpleRecordsOf } from './output';
import type { Progress } from './progress';
import { readList } from './readList';
import { readLimit, readRequest, readSettings, readSwitch } from './request';
import type { ReadParameter } from './readParameter';

/** Everything that is the same for all items of one run. */
export interface Run {
	readonly context: IExecuteFunctions;
	readonly client: AhaClient;
	readonly resource: Resource;
	readonly operation: Operation;
	readonly scope: InputScope;
	/** Reads the form of each item. */
	readonly forms: readonly ReadParameter[];
	/** The records of the names in each item. */
	readonly named: readonly NamedRecords[];
	readonly progress: Progress;
}

/** An item that is checked and ready to run. */
export type PreparedItem = (client: AhaClient) => Promise<INodeExecutionData[]>;

/**
 * Reads and checks the form of one item. Sends nothing.
 *
 * @returns runs the item with the client that it is given
 * @throws UserError that names the field, for a missing or wrong value
 */
export function prepareItem(run: Run, index: number): PreparedItem {
	const { context, operation, resource } = run;
	const scope = { ...run.scope, named: run.named[index] };
	const read = run.forms[index];
	const settings = readSettings(operation, read, scope) as ValuesOf<Fields>;
	const item = {
		context,
		index,
		settings,
		limit: operation.paginated ? readLimit(read, scope) : Infinity,
		host: scope.host,
	};
	if (operation.endpoint === undefined) {
		operation.check?.(item);
		return async (client) => await operation.handler({ ...item, client });
	}
	const requested = { ...item, ...readRequest(resource.value, operation, read, scope) };
	if (operation.handler !== undefined) {
		operation.check?.(requested);
		return async (client) => await operation.handler({ ...requested, client });
	}
	const isSimple = canSimplify(resource, operation) && readSwitch('simplify', read, scope);
	const { query, body } = requested.request;
	const fields = query.fields ?? body?.fields;
	const keys = isSimple ? simpleKeys(resource.simple ?? [], fields) : undefined;
	return async (client) =>
		await sendRequest(run, operation, { ...requested, client }, keys).catch((error: unknown) => {
			throw inFormWords(error, operation);
		});
}

async function sendRequest(
	{ progress }: Run,
	operation: EndpointOperation,
	item: RequestContext,
	keys: readonly string[] | undefined,
): Promise<INodeExecutionData[]> {
	const { context, client, request } = item;
	const toRecords = (body: unknown): IDataObject[] =>
		keys
			? simpleRecordsOf(operation, request, body, keys, hasAllFields(request))
			: recordsOf(operation, request, body);
	const records = operation.paginated
		? await readList(client, withFields(operation, request, keys), {
				toRecords,
				limit: item.limit,
				onPage: (body, count) =>
					progress(() => `${count} of ${pagination(body).total} records read`),
			})
		: toRecords((await client.send(request)).body);
	return context.helpers.returnJsonArray(records);
}

/** Whether Aha! returns all fields of a record: it was asked for none in particular. */
function hasAllFields({ query, body }: AhaRequest): boolean {
	const fields = query.fields ?? (isObject(body) ? body.fields : undefined);
	return fields === undefined || String(fields).includes('*');
}

/** Asks for the fields of the short version: lists give few fields unless asked. */
function withFields(
	{ selectable }: EndpointOperation,
	request: AhaRequest,
	keys: readonly string[] | undefined,
): AhaRequest {
	if (!keys || !selectable || request.query.fields) return request;
	const fields = new Set(keys.map((path) => path.split('.')[0]));
	return { ...request, query: { ...request.query, fields: [...fields].join(',') } };
}
