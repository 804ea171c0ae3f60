import { parse } from 'flatted';
import type {
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { N8nApiError, RestClient } from './restClient';

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	/** At least 8 characters, with a digit and a capital letter. */
	password: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** A workflow as n8n imports and exports it. */
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData' | 'staticData'>>;

export type StoredWorkflow = WorkflowFile & {
	id: string;
	active: boolean;
	versionId: string;
	tags: Array<{ id: string; name: string }>;
};

export interface ExecutionSummary {
	id: string;
	status: ExecutionStatus;
	mode: string;
	workflowId: string;
	startedAt: string;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

const ENDED: ExecutionStatus[] = ['success', 'error', 'canceled', 'crashed'];

/** A client for the API of n8n's editor. All methods throw N8nApiError when n8n refuses. */
export class N8nClient extends RestClient {
	/** Whether the routes are registered, which takes longer than opening the port. */
	async isReady(): Promise<boolean> {
		try {
			await this.request('GET', 'healthz/readiness');
			await this.request('GET', 'rest/login');
			return true;
		} catch (error) {
			// The route exists; nobody has signed in yet.
			return error instanceof N8nApiError && error.path === 'rest/login' && error.status === 401;
		}
	}

	/** Creates the first user and signs in. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.request('POST', 'rest/owner/setup', owner);
	}

	async login(email: string, password: string): Promise<void> {
		await this.request('POST', 'rest/login', { emailOrLdapLoginId: email, password });
	}

	/** @param type for example `ahaApiKey` */
	async createCredential(
		name: string,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<Credential> {
		return await this.request('POST', 'rest/credentials', { name, type, data });
	}

	/** Gets a credential with its data; n8n removes secrets. */
	async getCredential(id: string): Promise<Credential & { data: ICredentialDataDecryptedObject }> {
		return await this.request('GET', `rest/credentials/${id}?includeData=true`);
	}

	async credentials(): Promise<Credential[]> {
		return await this.request('GET', 'rest/credentials');
	}

	/** Tests a credential, as the editor does when it is saved. */
	async testCredential(id: string): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = await this.getCredential(id);
		return await this.request('POST', 'rest/credentials/test', { credentials });
	}

	/** The URL that the Connect button of an OAuth2 credential opens. */
	async oauthUrl(credentialId: string): Promise<string> {
		return await this.request('GET', `rest/oauth2-credential/auth?id=${credentialId}`);
	}

	/** The redirect URI to register. */
	get oauthRedirectUri(): string {
		return `${this.baseUrl}/rest/oauth2-credential/callback`;
	}

	/** @param workflow with the IDs of its tags, if any */
	async createWorkflow(workflow: WorkflowFile & { tags?: string[] }): Promise<StoredWorkflow> {
		// n8n 2.0 requires `active`.
		return await this.request('POST', 'rest/workflows', { active: false, ...workflow });
	}

	async workflows(): Promise<StoredWorkflow[]> {
		return await this.request('GET', 'rest/workflows');
	}

	/** Gets a workflow as the editor downloads it. */
	async exportWorkflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `rest/workflows/${id}`);
	}

	/** Publishes the current version of a workflow, so that its triggers run. */
	async activateWorkflow(id: string): Promise<void> {
		const { versionId } = await this.exportWorkflow(id);
		await this.request('POST', `rest/workflows/${id}/activate`, { versionId });
	}

	async deactivateWorkflow(id: string): Promise<void> {
		await this.request('POST', `rest/workflows/${id}/deactivate`, {});
	}

	/**
	 * Runs a workflow and waits until it ends, successfully or not.
	 *
	 * @param trigger the node to start from; by default the first without incoming connections
	 */
	async runWorkflow(id: string, trigger?: string): Promise<Execution> {
		return await this.executionEnd(await this.startWorkflow(id, trigger));
	}

	/** Starts a workflow. @returns the id of the execution */
	async startWorkflow(id: string, trigger?: string): Promise<string> {
		const workflowData = await this.exportWorkflow(id);
		const name = trigger ?? startNodeOf(workflowData);
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`rest/workflows/${id}/run`,
			// n8n 2.0 takes the workflow from the request, newer versions from their database.
			{ triggerToStartFrom: { name }, workflowData },
		);
		return executionId;
	}

	/** Waits until an execution ends. */
	async executionEnd(id: string): Promise<Execution> {
		for (;;) {
			const execution = await this.execution(id);
			if (ENDED.includes(execution.status)) return execution;
			await sleep(200);
		}
	}

	/**
	 * Waits until the newest execution of a workflow ends. It polls without data, so as not to slow
	 * n8n down, and keeps polling while n8n is too busy to respond.
	 */
	async newestExecutionEnd(workflowId: string): Promise<Execution> {
		for (;;) {
			await sleep(500);
			const [newest] = await this.executions(workflowId, 1).catch(ignoreIfBusy);
			if (newest && ENDED.includes(newest.status)) return await this.execution(newest.id);
		}
	}

	async execution(id: string): Promise<Execution> {
		const response = await this.request<ExecutionSummary & { data: string }>(
			'GET',
			`rest/executions/${id}`,
		);
		return { ...response, data: parse(response.data) as IRunExecutionData };
	}

	/** Lists executions without their data, newest first. */
	async executions(workflowId: string, limit = 100): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.request<{ results: ExecutionSummary[] }>(
			'GET',
			`rest/executions?filter=${filter}&limit=${limit}`,
		);
		return results;
	}

	/** All node types, with names like `n8n-nodes-aha.aha`. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.request('GET', 'types/nodes.json');
	}
}

const TOO_BUSY = 503;

/** Returns an empty list if n8n was too busy to respond. */
function ignoreIfBusy(error: unknown): [] {
	if (error instanceof N8nApiError && error.status === TOO_BUSY) return [];
	throw error;
}

function startNodeOf({ nodes, connections }: WorkflowFile): string {
	const fed = new Set(
		Object.values(connections).flatMap((outputs) =>
			Object.values(outputs).flatMap((inputs) =>
				inputs.flatMap((targets) => targets?.map((target) => target.node) ?? []),
			),
		),
	);
	const entry = nodes.find(
		({ name, type, disabled }) =>
			!disabled && !fed.has(name) && type !== 'n8n-nodes-base.stickyNote',
	);
	if (!entry) throw new Error('The workflow has no node to start from');
	return entry.name;
}
