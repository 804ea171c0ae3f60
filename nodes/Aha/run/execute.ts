import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { connect } from '../transport/client';
import { mapConcurrently } from '../transport/concurrency';
import { pagination, readPages } from '../transport/pages';
import { now } from '../transport/wait';
import { simplifies } from '../form/form';
import type { InputScope } from './input';
import { buildRequest } from './request';
import type { ReadParameter } from './request';
import { recordsOf, simplify } from './output';
import type { AhaRequest } from '../transport/types';
import type { Operation, Resource } from '../schema/types';

/** Everything that is the same for all items of one run. */
interface Run {
	readonly context: IExecuteFunctions;
	readonly client: AhaClient;
	readonly resource: Resource;
	readonly operation: Operation;
	readonly scope: InputScope;
	readonly report: Report;
}

/**
 * Runs the chosen operation for each item; items stay paired with what they gave. Several are
 * under way at a time, and what they give stands in the order of the items.
 *
 * @throws what the first failing item throws, unless n8n goes on; no item is begun after it
 */
export async function execute(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { resource, operation } = chosen(context, resources);
	const client = await connect(context, { retryFor: retryTime(context) });
	const scope = { timezone: context.getTimezone(), host: client.host };
	const report = reporter(context);
	const run: Run = { context, client, resource, operation, scope, report };

	const results: INodeExecutionData[] = [];
	let done = 0;
	const each = mapConcurrently(
		() => items.length,
		async (index, signal) => await executeItem({ ...run, client: client.with(signal) }, index),
		client.signal,
	);
	for await (const given of each) {
		for (const item of given) results.push(item);
		done++;
		if (items.length > 1) report(() => `${done} of ${items.length} items done`);
	}
	return [results];
}

/** Milliseconds in which a failed request is sent again, where the user set it for all items. */
function retryTime(context: IExecuteFunctions): number | undefined {
	const { retryFor } = context.getNodeParameter('requestOptions', 0, {}) as { retryFor?: number };
	return retryFor === undefined ? undefined : Number(retryFor) * 1000;
}

/** Tells how far a run is. */
type Report = (message: () => string) => void;

/** Milliseconds between two messages. */
const REPORT_EVERY = 2_000;

/** n8n shows the messages of a manual run in the browser's console, beside the editor. */
function reporter(context: IExecuteFunctions): Report {
	let last = now();
	return (message) => {
		if (now() - last < REPORT_EVERY) return;
		last = now();
		context.sendMessageToUI(message());
	};
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
	const { context, client } = run;
	try {
		const items = await itemsFor(run, index);
		return context.helpers.constructExecutionMetaData(items, { itemData: { item: index } });
	} catch (error) {
		client.signal?.throwIfAborted();
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
	const request = buildRequest(resource.value, operation, read, scope);
	if (operation.steps) {
		return await operation.steps({ context, client, operation, request, read, scope, index });
	}
	const short = simplifies(resource, operation) && read('simplify', false) === true;
	const keys = short ? simpleKeys(request, resource.simple ?? []) : undefined;
	const shape = (body: unknown): IDataObject[] => {
		const records = recordsOf(operation, request, body);
		return keys ? records.map((record) => simplify(record, keys)) : records;
	};
	const records = operation.list
		? await readList(run, withFields(request, keys, operation), listLimit(read), shape)
		: shape((await client.send(request)).body);
	return context.helpers.returnJsonArray(records);
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

/** The records of a list; each page is made short as it comes, so that no list is kept twice. */
async function readList(
	{ client, report }: Run,
	request: AhaRequest,
	limit: number,
	shape: (body: unknown) => IDataObject[],
): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const body of readPages(client, request, limit)) {
		records.push(...shape(body));
		report(() => `${records.length} of ${pagination(body).total} records read`);
	}
	return records.length > limit ? records.slice(0, limit) : records;
}
