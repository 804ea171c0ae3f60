import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Execution, N8nClient } from './n8nClient';

/** n8n polls at most once a minute for each time that is set, so several are. */
export const EVERY_FIVE_SECONDS = Array.from({ length: 12 }, (_, index) => ({
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

/** A trigger as n8n's editor adds it, with random ids. */
export const triggerNode = (
	type: 'ahaTrigger' | 'ahaWebhookTrigger',
	credential: { id: string; name: string },
	parameters: IDataObject,
): INode => ({
	...node(type, credential, parameters),
	id: randomUUID(),
	...(type === 'ahaWebhookTrigger' && { webhookId: randomUUID() }),
});

/** Publishes a workflow that is just a trigger. @returns its id */
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

/** The items that a trigger emitted in one execution. */
export const itemsOf = ({ data }: Execution): IDataObject[] =>
	Object.values(data.resultData.runData)
		.flatMap(([run]) => run.data?.main[0] ?? [])
		.map(({ json }) => json);

/** An execution that has ended. */
export interface EndedRun {
	readonly id: number;
	readonly status: string;
	readonly items: IDataObject[];
}

/** Reads the executions of a workflow, each just once after it has ended. */
export class Runs {
	private readonly known = new Map<string, EndedRun>();

	constructor(private readonly workflowId: string) {}

	/** All executions that have ended, oldest first. */
	async ended(client: N8nClient): Promise<EndedRun[]> {
		for (const { id, status } of await client.executions(this.workflowId)) {
			if (this.known.has(id) || ['new', 'running', 'waiting'].includes(status)) continue;
			// An execution that a crash ended has no data.
			const items = status === 'success' ? itemsOf(await client.execution(id)) : [];
			this.known.set(id, { id: Number(id), status, items });
		}
		return [...this.known.values()].sort((a, b) => a.id - b.id);
	}

	/** Waits until the items of all successful executions are complete. */
	async until(client: N8nClient, isDone: (items: IDataObject[]) => boolean): Promise<EndedRun[]> {
		for (;;) {
			const runs = await this.ended(client);
			if (isDone(runs.flatMap(({ items }) => items))) return runs;
			await sleep(500);
		}
	}
}
