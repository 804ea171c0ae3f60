import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RequestContext } from '../schema/handler';
import { writes } from '../schema/options';
import type { EndpointOperation, Operation, Resource, ValuesOf, Fields } from '../schema/types';
import type { AhaClient } from '../transport/client';
import { pagination } from '../transport/pages';
import { inFormWords } from './errorWords';
import type { Hints } from './hints';
import type { InputScope } from './input';
import type { NamedRecords } from './namedRecords';
import type { Column } from './output';
import { recordsOf, simpleRecordsOf, simplify } from './output';
import type { Progress } from './progress';
import { previewed } from './preview';
import { readList } from './readList';
import type { ReadParameter } from './readParameter';
import { readFormat, readLimit, readRequest, readSettings, readSwitch } from './request';
import { readShape } from './shape';

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
	readonly hints: Hints;
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
	const read = run.forms[index];
	const scope = { ...run.scope, named: run.named[index], format: readFormat(read, run.scope) };
	const prepared = readItem(run, index, read, scope);
	const isPreview = writes(run.operation) && readSwitch('options.previewOnly', read, scope);
	return isPreview ? previewed(prepared, run.operation, run.hints) : prepared;
}

function readItem(run: Run, index: number, read: ReadParameter, scope: InputScope): PreparedItem {
	const { context, operation, resource } = run;
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
	const { columns, fields } = readShape(resource, operation, read, scope);
	const requested = {
		...item,
		...readRequest(resource.value, operation, read, { scope, fields }),
		present: (record: IDataObject) => (columns ? simplify(record, columns) : record),
	};
	if (operation.handler !== undefined) {
		operation.check?.(requested);
		return async (client) => await operation.handler({ ...requested, client });
	}
	return async (client) =>
		await sendRequest(run, operation, { ...requested, client }, columns).catch((error: unknown) => {
			throw inFormWords(error, operation);
		});
}

async function sendRequest(
	{ progress }: Run,
	operation: EndpointOperation,
	item: RequestContext,
	columns: readonly Column[] | undefined,
): Promise<INodeExecutionData[]> {
	const { context, client, request } = item;
	const toRecords = (body: unknown): IDataObject[] =>
		columns
			? simpleRecordsOf(operation, request, body, columns)
			: recordsOf(operation, request, body);
	const records = operation.paginated
		? await readList(client, request, {
				toRecords,
				limit: item.limit,
				onPage: (body, count) =>
					progress(() => `${count} of ${pagination(body).total} records read`),
			})
		: toRecords((await client.send(request)).body);
	return context.helpers.returnJsonArray(records);
}
