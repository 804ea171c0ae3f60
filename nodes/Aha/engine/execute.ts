import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { connect } from '../transport/client';
import { readPages } from '../transport/pages';
import { simplifies } from './form';
import type { InputScope } from './input';
import { buildRequest } from './request';
import type { ReadParameter } from './request';
import { recordsOf, simplify } from './shape';
import type { AhaRequest } from '../transport/types';
import type { Operation, Resource } from './types';

/** Everything that is the same for all items of one run. */
interface Run {
	readonly context: IExecuteFunctions;
	readonly client: AhaClient;
	readonly resource: Resource;
	readonly operation: Operation;
	readonly scope: InputScope;
}

/** Runs the chosen operation for each item; items stay paired with what they gave. */
export async function execute(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { resource, operation } = chosen(context, resources);
	const client = await connect(context);
	const scope = { timezone: context.getTimezone(), host: client.host };
	const run: Run = { context, client, resource, operation, scope };

	const results: INodeExecutionData[] = [];
	for (let index = 0; index < items.length; index++) {
		results.push(...(await executeItem(run, index)));
	}
	return [results];
}

function chosen(context: IExecuteFunctions, resources: readonly Resource[]) {
	const wanted = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const resource = resources.find((candidate) => candidate.value === wanted);
	const operation = resource?.operations.find((candidate) => candidate.value === value);
	if (!resource || !operation) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${value}" of "${wanted}" is not known`,
		);
	}
	return { resource, operation };
}

async function executeItem(run: Run, index: number): Promise<INodeExecutionData[]> {
	const { context } = run;
	try {
		const items = await itemsFor(run, index);
		return context.helpers.constructExecutionMetaData(items, { itemData: { item: index } });
	} catch (error) {
		const failure = inContext(context, error as Error, index);
		if (!context.continueOnFail()) throw failure;
		const { message, description } = failure;
		const json = { error: message, ...(description && { description }) };
		return [{ json, error: failure, pairedItem: { item: index } }];
	}
}

/** The error with the number of its item, in one of n8n's own error types. */
function inContext(context: IExecuteFunctions, error: Error, index: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = index;
		return error;
	}
	return new NodeOperationError(context.getNode(), error, { itemIndex: index });
}

async function itemsFor(run: Run, index: number): Promise<INodeExecutionData[]> {
	const { context, client, operation, resource, scope } = run;
	const read: ReadParameter = (name, fallback) => context.getNodeParameter(name, index, fallback);
	const request = buildRequest(operation, read, scope);
	if (operation.steps) {
		return await operation.steps({ context, client, operation, request, read, scope, index });
	}
	const short = simplifies(resource, operation) && read('simplify', false) === true;
	const keys = short ? simpleKeys(request, resource.simple ?? []) : undefined;
	const records = operation.list
		? await readList(client, operation, withFields(request, keys, operation), listLimit(read))
		: recordsOf(operation, request, (await client.send(request)).body);
	const shaped = keys ? records.map((record) => simplify(record, keys)) : records;
	return context.helpers.returnJsonArray(shaped);
}

const listLimit = (read: ReadParameter): number =>
	read('returnAll', false) === true ? Infinity : Number(read('limit', 50));

/** The fields that the user asked for, or else those of the short version. */
const simpleKeys = (request: AhaRequest, simple: readonly string[]): readonly string[] => {
	const { fields } = request.query;
	return typeof fields === 'string' && fields !== '*' ? fields.split(',') : simple;
};

/** Lists give few fields unless asked for those that the short version shows. */
function withFields(
	request: AhaRequest,
	keys: readonly string[] | undefined,
	operation: Operation,
): AhaRequest {
	if (!keys || !operation.selectable || request.query.fields) return request;
	return { ...request, query: { ...request.query, fields: keys.join(',') } };
}

async function readList(
	client: AhaClient,
	operation: Operation,
	request: AhaRequest,
	limit: number,
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const body of readPages(client, request, limit)) {
		records.push(...recordsOf(operation, request, body));
	}
	return records.slice(0, limit);
}
