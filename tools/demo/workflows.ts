import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { N8nClient, WorkflowFile } from '../runtime/n8nClient';
import type { DemoCredential } from './credentials';

const FOLDER = join(__dirname, 'workflows');

/** The example workflows, in the order of their file names. */
export const examples: readonly WorkflowFile[] = readdirSync(FOLDER)
	.sort()
	.map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowFile);

type Node = WorkflowFile['nodes'][number];

const isAha = ({ type }: Node): boolean => type.startsWith('n8n-nodes-aha.');

/** The node that a workflow starts with. */
export function triggerOf({ nodes }: WorkflowFile): string {
	const trigger = nodes.find(({ type }) => type.endsWith('Trigger'));
	if (!trigger) throw new Error('The workflow has no trigger');
	return trigger.name;
}

/** The workflow with every Aha! node signed in by a credential. */
export function withCredential(
	workflow: WorkflowFile,
	{ id, name, type, authentication }: DemoCredential,
): WorkflowFile {
	const signIn = (node: Node): Node => ({
		...node,
		parameters: { ...node.parameters, authentication },
		credentials: { [type]: { id, name } },
	});
	return { ...workflow, nodes: workflow.nodes.map((node) => (isAha(node) ? signIn(node) : node)) };
}

/**
 * Puts the examples into n8n, but for those that are there: a person may have changed them.
 *
 * @param credential signs in the Aha! nodes; a person chooses one where there is none
 */
export async function ensureExamples(
	client: N8nClient,
	credential?: DemoCredential,
): Promise<void> {
	const known = new Set((await client.workflows()).map(({ name }) => name));
	// n8n lists the newest first.
	for (const example of [...examples].reverse()) {
		if (known.has(example.name)) continue;
		await client.createWorkflow(credential ? withCredential(example, credential) : example);
	}
}
