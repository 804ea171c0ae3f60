import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findOperation } from '../schema/operations';
import type { Resource } from '../schema/types';
import type { AhaClient } from '../transport/client';
import { connect } from '../transport/client';
import { mapConcurrently } from '../transport/concurrency';
import type { Run } from './item';
import { prepareItem } from './item';
import { lookUpNames } from './names';
import { progressOf } from './progress';
import type { ReadParameter } from './request';

/**
 * Runs the chosen operation for each item. Several items run at a time; the results keep the order
 * of the items and are paired with them.
 *
 * @throws what the first failing item throws, unless n8n goes on; no item starts after it
 */
export async function execute(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const chosen = chosenOperation(context, resources);
	const client = await connect(context, { retryFor: retryTime(context) });
	const forms = items.map(
		(_, index): ReadParameter =>
			(name, fallback) =>
				context.getNodeParameter(name, index, fallback),
	);
	const named = await lookUpNames(
		{ ...chosen, client, resources, form: context.getNode().parameters },
		forms,
	);
	const scope = { timezone: context.getTimezone(), host: client.host, named };
	const progress = progressOf(context);
	const run: Run = { ...chosen, context, client, scope, progress };

	const output: INodeExecutionData[] = [];
	let done = 0;
	const results = mapConcurrently(
		() => items.length,
		async (index, signal) => await runItem(run, client.with(signal), index),
		client.signal,
	);
	for await (const result of results) {
		for (const item of result) output.push(item);
		done++;
		if (items.length > 1) progress(() => `${done} of ${items.length} items done`);
	}
	return [output];
}

/** Milliseconds during which a failed request is retried, where the person set it. */
function retryTime(context: IExecuteFunctions): number | undefined {
	const { retryFor } = context.getNodeParameter('requestOptions', 0, {}) as { retryFor?: number };
	return retryFor === undefined ? undefined : Number(retryFor) * 1000;
}

function chosenOperation(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Pick<Run, 'resource' | 'operation'> {
	const name = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const resource = resources.find((candidate) => candidate.value === name);
	const operation = findOperation(resources, name, value);
	if (!resource || !operation) {
		throw new NodeOperationError(
			context.getNode(),
			`The operation "${value}" of "${name}" does not exist`,
		);
	}
	return { resource, operation };
}

async function runItem(run: Run, client: AhaClient, index: number): Promise<INodeExecutionData[]> {
	const { context } = run;
	try {
		const items = await prepareItem(run, index)(client);
		return context.helpers.constructExecutionMetaData(items, { itemData: { item: index } });
	} catch (error) {
		client.signal?.throwIfAborted();
		const nodeError = withItemIndex(context, error as Error, index);
		if (!context.continueOnFail()) throw nodeError;
		const { message, description } = nodeError;
		const json = { error: message, ...(description && { description }) };
		return [{ json, error: nodeError, pairedItem: { item: index } }];
	}
}

/** The error with the number of its item, as one of n8n's own types. */
function withItemIndex(context: IExecuteFunctions, error: Error, index: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex = index;
		return error;
	}
	return new NodeOperationError(context.getNode(), error, { itemIndex: index });
}
