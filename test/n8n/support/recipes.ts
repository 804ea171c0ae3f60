import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { ensureApiKey, ensureServices } from '../../../tools/demo/credentials';
import type { Service } from '../../../tools/demo/services';
import { examples, withCredentials } from '../../../tools/demo/workflows';
import type { Execution, WorkflowFile } from '../../../tools/runtime/n8nClient';
import { EVERY_FIVE_SECONDS } from '../../../tools/runtime/triggers';
import type { World } from './world';

/** Runs recipes as they are in `examples/`, with credentials for the simulated services. */
export class Kitchen {
	private constructor(
		private readonly world: World,
		private readonly signIn: (recipe: WorkflowFile) => WorkflowFile,
	) {}

	static async open(
		world: World,
		services: Iterable<Pick<Service, 'credential'>>,
	): Promise<Kitchen> {
		const aha = await ensureApiKey(world.client, world.account);
		const others = await ensureServices(world.client, services);
		return new Kitchen(world, (recipe) => withCredentials(recipe, aha, others));
	}

	/**
	 * Imports a recipe.
	 *
	 * @param change what the test changes in it, such as the data that starts it
	 * @returns the ID of the workflow
	 */
	async import(title: string, change: Partial<WorkflowFile> = {}): Promise<string> {
		const recipe = examples.find(({ name }) => name === title);
		if (!recipe) throw new Error(`There is no recipe "${title}"`);
		const workflow = { ...this.signIn(recipe), ...change };
		const { id } = await this.world.client.createWorkflow(pollingOften(workflow));
		return id;
	}

	/** Runs a recipe from its first trigger, or the given one, until it ends. */
	async run(title: string, change?: Partial<WorkflowFile>, trigger?: string): Promise<Execution> {
		const { client } = this.world;
		const id = await this.import(title, change);
		return await client.runWorkflow(id, trigger);
	}

	/**
	 * Sends data to a URL of a published recipe, once it is open: n8n responds to the publishing
	 * before that.
	 *
	 * @param path for example `webhook/support`
	 */
	async post(path: string, body: FormData | IDataObject): Promise<Response> {
		const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
		const request = { method: 'POST', ...(body instanceof FormData ? { body } : json) };
		for (;;) {
			const response = await fetch(`${this.world.n8n.url}/${path}`, request);
			if (response.status !== 404) return response;
			await sleep(200);
		}
	}

	/** Publishes a recipe and waits until its triggers are ready. */
	async publish(title: string): Promise<string> {
		const { client } = this.world;
		const id = await this.import(title);
		await client.activateWorkflow(id);
		const { nodes } = await client.exportWorkflow(id);
		const polls = nodes.some(({ type }) => type === 'n8n-nodes-aha.ahaTrigger');
		// n8n responds before the trigger has started, which misses all changes until then.
		while (polls && !(await client.exportWorkflow(id)).staticData) await sleep(200);
		return id;
	}
}

/** With a trigger that polls each minute, a test would take a minute. */
const pollingOften = (workflow: WorkflowFile): WorkflowFile => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		node.type === 'n8n-nodes-aha.ahaTrigger'
			? { ...node, parameters: { ...node.parameters, pollTimes: { item: EVERY_FIVE_SECONDS } } }
			: node,
	),
});

/** Waits until something is there. */
export async function until<T>(look: () => T | false | Promise<T | false>): Promise<T> {
	for (;;) {
		const found = await look();
		if (found !== false) return found;
		await sleep(100);
	}
}

/** Data that starts a workflow in place of its trigger. */
export const pinned = (trigger: string, json: IDataObject): Partial<WorkflowFile> => ({
	pinData: { [trigger]: [{ json }] } as WorkflowFile['pinData'],
});
