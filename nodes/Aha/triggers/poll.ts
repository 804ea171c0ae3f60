import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError, UserError } from 'n8n-workflow';

import { parseInput } from '../run/input';
import { withLabel } from '../schema/fields';
import { connect } from '../transport/client';
import { addFullRecords } from './change/fullRecord';
import { keeper } from './feed/pollState';
import { readSelection } from './properties';
import { recentItem } from './recent';
import type { Following } from './feed/streams';
import { beginStreams, pollStreams } from './feed/streams';

/** Changes handed over at once; fewer where each costs a request of its own. */
const BATCH = 1_000;
const BATCH_OF_RECORDS = 100;

/** One poll of the trigger: what is new as items, or `null`. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const items = await pollItems(context).catch((error: Error) => {
		throw inContext(context, error);
	});
	return items.length === 0 ? null : [context.helpers.returnJsonArray(items)];
}

/** The error as one of n8n's own, which n8n shows with the node. */
const inContext = (context: IPollFunctions, error: Error): Error =>
	error instanceof NodeApiError || error instanceof NodeOperationError
		? error
		: new NodeOperationError(context.getNode(), error, {
				description: error instanceof UserError ? (error.description ?? undefined) : undefined,
			});

async function pollItems(context: IPollFunctions): Promise<IDataObject[]> {
	const fullRecord = context.getNodeParameter('fullRecord', false) === true;
	const start = startOf(context);
	const client = await connect(context);
	const following: Following = {
		client,
		selection: readSelection(context),
		from: start === NOW ? undefined : Date.parse(start),
		batch: fullRecord ? BATCH_OF_RECORDS : BATCH,
	};
	if (context.getMode() === 'manual') {
		const item = await recentItem(following);
		if (fullRecord) await addFullRecords(client, [item]);
		return [item];
	}
	const slot = {
		key: `${String(context.getWorkflow().id)}:${context.getNode().id}`,
		staticData: context.getWorkflowStaticData('node'),
		account: client.host,
		start,
	};
	return await keeper.poll(
		slot,
		async () => await beginStreams(following),
		async (streams) => {
			const polled = await pollStreams(streams, following);
			if (fullRecord) await addFullRecords(client, polled.items);
			return polled;
		},
	);
}

const NOW = 'now';

/** `now`, or the moment that was given, in UTC. */
function startOf(context: IPollFunctions): string {
	if (context.getNodeParameter('start', NOW) === NOW) return NOW;
	const given = context.getNodeParameter('startTime', '');
	const field = withLabel('startTime', { kind: 'dateTime', label: 'Start Time' });
	return String(parseInput(given, field, { timezone: context.getTimezone(), host: '' }));
}
