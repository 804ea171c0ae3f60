import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { N8nClient, WorkflowFile } from '../runtime/n8nClient';
import { ROOT } from '../runtime/places';
import type { DemoCredential } from './credentials';

const FOLDER = join(ROOT, 'examples');

/** The example workflows, sorted by file name. */
export const examples: readonly WorkflowFile[] = readdirSync(FOLDER)
	.sort()
	.map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowFile);

type Node = WorkflowFile['nodes'][number];

const isAha = ({ type }: Node): boolean => type.startsWith('n8n-nodes-aha.');

/** The name of a workflow's trigger. */
export function triggerOf({ nodes }: WorkflowFile): string {
	const trigger = nodes.find(({ type }) => type.endsWith('Trigger'));
	if (!trigger) throw new Error('The workflow has no trigger');
	return trigger.name;
}

/** Sets the credential of all Aha! nodes in a workflow. */
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
 * Adds the examples to n8n. Existing ones stay as they are, as the user may have changed them.
 *
 * @param credential for the Aha! nodes; if not given, the user has to choose one
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
