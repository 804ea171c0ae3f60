import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { withLabel } from '../schema/fields';
import { findOperation } from '../schema/operations';
import { retryFor } from '../schema/options';
import type { Resource } from '../schema/types';
import type { AhaClient } from '../transport/client';
import { connect } from '../transport/client';
import { mapConcurrently } from '../transport/concurrency';
import { isEmpty, parseInput } from './input';
import { Hints } from './hints';
import { rejectInput } from './inputError';
import type { PreparedItem, Run } from './item';
import { prepareItem } from './item';
import type { Journal } from './journal';
import { journalOf, keepJournal } from './journal';
import { lookUpNames } from './names';
import { progressOf } from './progress';
import { recordWrites } from './recordWrites';
import { readerOf } from './readParameter';
import type { NodeError } from './runError';
import { stoppedError, withItemIndex, wrongItems } from './runError';
import { SlowStart } from './slowStart';

/**
 * Runs the chosen operation for each item. Several items run at a time; the results keep the order
 * of the items and are paired with them.
 *
 * Unless n8n goes on after an error, all items are checked before anything is sent, writes start
 * slowly, and none starts after a failure.
 *
 * @throws the first error, with the records that were written before it
 */
export async function execute(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Promise<INodeExecutionData[][]> {
	const { length } = context.getInputData();
	const chosen = chosenOperation(context, resources);
	const client = await connect(context, { retryFor: retryTime(context) });
	const forms = Array.from({ length }, (_, index) => readerOf(context, index));
	const form = context.getNode().parameters;
	const named = await lookUpNames({ ...chosen, client, resources, form }, forms);
	const hints = new Hints();
	const onLeftOut = (label: string) => hints.addLeftOut(label);
	const scope = { timezone: context.getTimezone(), host: client.host, onLeftOut };
	const progress = progressOf(context);
	const run: Run = { ...chosen, context, client, scope, forms, named, progress, hints };
	const continuesOnFail = context.continueOnFail();
	const prepared = continuesOnFail ? undefined : prepareItems(run, length);
	const slowStart = continuesOnFail ? undefined : new SlowStart(client.signal);
	const journal = journalOf(context);
	const started: StartedRun = { ...run, prepared, slowStart, journal };

	const output: INodeExecutionData[] = [];
	let done = 0;
	const results = mapConcurrently(
		() => length,
		async (index, signal) => await runItem(started, client.with(signal), index),
		client.signal,
	);
	try {
		const { unclearPost } = journal;
		if (unclearPost && !continuesOnFail) {
			throw withItemIndex(context, unclearPost.error, unclearPost.itemIndex);
		}
		for await (const result of results) {
			for (const item of result) output.push(item);
			done++;
			if (length > 1) progress(() => `${done} of ${length} items done`);
		}
	} catch (error) {
		keepJournal(context, journal);
		throw stoppedError(error as Error, journal.writes);
	}
	if (output.some(({ error }) => error)) keepJournal(context, journal);
	hints.tell(context, client);
	return [output];
}

/** A run that has started. */
interface StartedRun extends Run {
	/** Each item, checked; items are checked when they start where n8n goes on after an error. */
	readonly prepared?: readonly PreparedItem[];
	readonly slowStart?: SlowStart;
	readonly journal: Journal;
}

/** Milliseconds during which a failed request is retried, where the person set it. */
function retryTime(context: IExecuteFunctions): number | undefined {
	const value = context.getNodeParameter('options.retryFor', 0, '');
	if (isEmpty(value)) return undefined;
	const field = withLabel('retryFor', retryFor);
	const seconds = Number(parseInput(value, field, { timezone: context.getTimezone(), host: '' }));
	return seconds >= 0 ? seconds * 1000 : rejectInput(field, value, 'a number from 0');
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

/**
 * Checks all items.
 *
 * @throws NodeOperationError that names those that are wrong
 */
function prepareItems(run: Run, count: number): PreparedItem[] {
	const errors: NodeError[] = [];
	const prepared = Array.from({ length: count }, (_, index) => {
		try {
			return prepareItem(run, index);
		} catch (error) {
			errors.push(withItemIndex(run.context, error as Error, index));
			return undefined;
		}
	});
	if (errors.length > 0) throw wrongItems(run.context, errors, count);
	return prepared as PreparedItem[];
}

async function runItem(
	started: StartedRun,
	ownClient: AhaClient,
	index: number,
): Promise<INodeExecutionData[]> {
	const { context, journal, prepared, slowStart } = started;
	const options = { journal, slowStart, cancelSignal: started.client.signal };
	const { client, done } = recordWrites(ownClient, index, options);
	try {
		const run = prepared?.[index] ?? prepareItem(started, index);
		const items = journal.outputOf(index) ?? (await run(client));
		journal.addOutput(index, items);
		return context.helpers.constructExecutionMetaData(items, { itemData: { item: index } });
	} catch (error) {
		client.signal?.throwIfAborted();
		// Another item stopped this one before it wrote.
		if (error === slowStart?.signal.reason) slowStart?.signal.throwIfAborted();
		const nodeError = withItemIndex(context, error as Error, index);
		if (slowStart) {
			slowStart.stop(nodeError);
			throw nodeError;
		}
		const { message, description } = nodeError;
		const json = { error: message, ...(description && { description }) };
		return [{ json, error: nodeError, pairedItem: { item: index } }];
	} finally {
		done();
	}
}
