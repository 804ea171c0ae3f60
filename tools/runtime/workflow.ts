import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { Credential, Execution, WorkflowFile } from './n8nClient';

/** A record chosen by ID or reference, as the form stores it. */
export const byId = (value: string) => ({ __rl: true, mode: 'reference', value });

const node = (name: string, type: string, x: number, more: Partial<INode>): INode => ({
	id: randomUUID(),
	name,
	type,
	typeVersion: 1,
	position: [x, 0],
	parameters: {},
	...more,
});

export const manualTrigger = (): INode => node('Start', 'n8n-nodes-base.manualTrigger', 0, {});

/** An Aha! node with this credential, or with none yet. */
export function ahaNode(
	name: string,
	credential: Credential | undefined,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode {
	const authentication = credential?.type === 'ahaOAuth2Api' ? 'oAuth2' : 'apiKey';
	return node(name, 'n8n-nodes-aha.aha', 240, {
		...(credential && {
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
		}),
		parameters: { authentication, ...parameters },
		...more,
	});
}

/** Serves the tools that are connected to it at `/mcp/<path>`. */
export const mcpTrigger = (path: string): INode =>
	node('MCP', '@n8n/n8n-nodes-langchain.mcpTrigger', 0, {
		typeVersion: 2,
		webhookId: path,
		parameters: { path },
	});

/** A Code node: JavaScript that returns items. */
export const codeNode = (name: string, jsCode: string): INode =>
	node(name, 'n8n-nodes-base.code', 120, { typeVersion: 2, parameters: { jsCode } });

/** A workflow in which each node is connected to the one before it. */
export function chain(name: string, nodes: INode[]): WorkflowFile {
	const pairs = nodes.slice(1).map((target, index) => [nodes[index].name, target.name]);
	return {
		name,
		nodes: nodes.map((each, index) => ({ ...each, position: [index * 240, 0] })),
		connections: Object.fromEntries(
			pairs.map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
		),
	};
}

/** The items that a node returned in an execution. */
export function outputOf({ data }: Execution, name: string): IDataObject[] {
	const runs = data.resultData.runData[name] ?? [];
	return runs.flatMap(({ data: output }) => (output?.main[0] ?? []).map(({ json }) => json));
}

/** What n8n says about a failed run; undefined if it succeeded. */
export function failureOf({ status, data }: Execution): string | undefined {
	if (status === 'success') return undefined;
	const { error, lastNodeExecuted } = data.resultData;
	return `${status} at ${lastNodeExecuted ?? '?'}: ${error?.message ?? ''} ${error?.description ?? ''}`;
}
