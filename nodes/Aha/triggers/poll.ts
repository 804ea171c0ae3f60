import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { parseInput } from '../run/input';
import { withLabel } from '../schema/fields';
import { connect } from '../transport/client';
import { poller } from './feed/poller';
import type { Following } from './following';
import { addFullRecords } from './fullRecord';
import { readSelection } from './properties';
import { recentItem } from './recent';
import { pollStreams, startStreams } from './streams';

/** Items emitted at once; fewer if each costs a request. */
const BATCH_SIZE = 1_000;
const BATCH_SIZE_WITH_RECORDS = 100;

/** Polls once: the new changes as items, or `null`. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const items = await pollItems(context).catch((error: Error) => {
		throw asNodeError(context, error);
	});
	return items.length === 0 ? null : [context.helpers.returnJsonArray(items)];
}

/** The error as one of n8n's own, which n8n shows with the node. */
const asNodeError = (context: IPollFunctions, error: Error): Error =>
	error instanceof NodeApiError ? error : new NodeOperationError(context.getNode(), error);

async function pollItems(context: IPollFunctions): Promise<IDataObject[]> {
	const fullRecord = context.getNodeParameter('fullRecord', false) === true;
	const start = startOf(context);
	const client = await connect(context);
	const following: Following = {
		client,
		selection: readSelection(context),
		startAt: start === NOW ? undefined : Date.parse(start),
		batchSize: fullRecord ? BATCH_SIZE_WITH_RECORDS : BATCH_SIZE,
		warn: (message) => context.logger.warn(message),
	};
	if (context.getMode() === 'manual') {
		const item = await recentItem(following);
		if (fullRecord) await addFullRecords(client, [item]);
		return [item];
	}
	const registration = {
		key: `${String(context.getWorkflow().id)}:${context.getNode().id}`,
		staticData: context.getWorkflowStaticData('node'),
		account: client.host,
		start,
	};
	return await poller.poll(
		registration,
		async () => await startStreams(following),
		async (checkpoints) => {
			const result = await pollStreams(checkpoints, following);
			if (fullRecord) await addFullRecords(client, result.items);
			return result;
		},
	);
}

const NOW = 'now';

/** `now`, or the start time in UTC. */
function startOf(context: IPollFunctions): string {
	if (context.getNodeParameter('start', NOW) === NOW) return NOW;
	const startTime = context.getNodeParameter('startTime', '');
	const field = withLabel('startTime', { kind: 'dateTime', label: 'Start Time' });
	return String(parseInput(startTime, field, { timezone: context.getTimezone(), host: '' }));
}
