import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { itemsWorkflow, START } from '../runtime/itemsWorkflow';
import { N8n } from '../runtime/n8n';
import { RUNTIME } from '../runtime/places';
import type { TestBed } from './testBed';
import { profileOptions } from './profile';
import type { Account } from './sandboxProcess';
import { nodeConfigFor } from './work';

/** The run of a node, as n8n reports it. */
export interface NodeRun {
	readonly milliseconds: number;
	/** Number of items in its output. */
	readonly results: number;
}

/** A complete n8n on SQLite that uses a sandbox. */
export class RealN8n {
	private constructor(
		private readonly n8n: N8n,
		private readonly folder: string,
	) {}

	static async open({ env }: TestBed): Promise<RealN8n> {
		const folder = join(RUNTIME, `bench-${process.pid}`);
		const NODE_OPTIONS = profileOptions('n8n').join(' ');
		const n8n = new N8n({ folder, env: { ...env, NODE_OPTIONS } });
		const opened = new RealN8n(n8n, folder);
		try {
			await n8n.start();
			await n8n.signIn();
			return opened;
		} catch (error) {
			await opened.close();
			throw error;
		}
	}

	/** Creates a workflow that gets records of an account. @returns runs it */
	async getting(
		contenderName: 'aha' | 'http',
		ids: readonly string[],
		{ domain, key }: Account,
	): Promise<() => Promise<NodeRun>> {
		const { client } = this.n8n;
		const data = { accountDomain: domain, apiKey: key };
		const { id, name, type } = await client.createCredential(domain, 'ahaApiKey', data);
		const node = {
			...nodeConfigFor(contenderName, { kind: 'get', ids }, `${domain}.aha.io`),
			credentials: { [type]: { id, name } },
		};
		const file = itemsWorkflow(`${contenderName}, ${ids.length}`, 'id', JSON.stringify(ids), node);
		const workflow = await client.createWorkflow(file);
		return async () => {
			await client.startWorkflow(workflow.id, START);
			const { status, data: ran } = await client.newestExecutionEnd(workflow.id);
			const [run] = ran.resultData.runData[contenderName] ?? [];
			if (!run || status !== 'success') {
				throw new Error(ran.resultData.error?.message ?? `The execution is ${status}`);
			}
			return { milliseconds: run.executionTime, results: run.data?.main[0]?.length ?? 0 };
		};
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		await rm(this.folder, { recursive: true, force: true });
	}
}
