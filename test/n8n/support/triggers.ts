import type { IDataObject, INode } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Execution, N8nClient } from '../../../tools/runtime/n8nClient';

/** n8n polls no more than once a minute for each time that is set: so several times are. */
const EVERY_FIVE_SECONDS = Array.from({ length: 12 }, (_, index) => ({
	mode: 'custom',
	cronExpression: `${index * 5} * * * * *`,
}));

const node = (type: string, credential: { id: string; name: string }, parameters: IDataObject) =>
	({
		id: type,
		name: type,
		type: `n8n-nodes-aha.${type}`,
		typeVersion: 1,
		position: [0, 0],
		webhookId: type,
		parameters: { authentication: 'apiKey', ...parameters },
		credentials: { ahaApiKey: credential },
	}) as INode;

/** Publishes a workflow that is nothing but a trigger, and gives its id. */
export async function publishTrigger(
	client: N8nClient,
	type: 'ahaTrigger' | 'ahaWebhookTrigger',
	credential: { id: string; name: string },
	parameters: IDataObject,
): Promise<string> {
	const polling = type === 'ahaTrigger' && { pollTimes: { item: EVERY_FIVE_SECONDS } };
	const { id } = await client.createWorkflow({
		name: type,
		nodes: [node(type, credential, { ...polling, ...parameters })],
		connections: {},
	});
	await client.activateWorkflow(id);
	return id;
}

/** The items that a trigger gave in one execution. */
export const itemsOf = ({ data }: Execution): IDataObject[] =>
	Object.values(data.resultData.runData)
		.flatMap(([run]) => run.data?.main[0] ?? [])
		.map(({ json }) => json);

/** What one execution of a workflow came to. */
export interface Ran {
	readonly id: number;
	readonly status: string;
	readonly items: IDataObject[];
}

/** Reads the newest executions of a workflow, each once: those that have ended do not change. */
export class Runs {
	private readonly known = new Map<string, Ran>();

	constructor(private readonly workflowId: string) {}

	/** All that have ended by now, the oldest first. */
	async ended(client: N8nClient): Promise<Ran[]> {
		for (const { id, status } of await client.executions(this.workflowId)) {
			if (this.known.has(id) || ['new', 'running', 'waiting'].includes(status)) continue;
			// A run that a crash cut off has no data.
			const items = status === 'success' ? itemsOf(await client.execution(id)) : [];
			this.known.set(id, { id: Number(id), status, items });
		}
		return [...this.known.values()].sort((a, b) => a.id - b.id);
	}

	/** Waits until the items of all successful executions are what is wanted. */
	async until(client: N8nClient, isDone: (items: IDataObject[]) => boolean): Promise<Ran[]> {
		for (;;) {
			const runs = await this.ended(client);
			if (isDone(runs.flatMap(({ items }) => items))) return runs;
			await sleep(500);
		}
	}
}
