import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Credential, N8nClient, WorkflowFile } from '../runtime/n8nClient';
import { ROOT } from '../runtime/places';
import type { DemoCredential } from './credentials';

const FOLDER = join(ROOT, 'examples');

/** The example workflows, sorted by file name. */
export const examples: readonly WorkflowFile[] = readdirSync(FOLDER)
	.sort()
	.map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as WorkflowFile);

type Node = WorkflowFile['nodes'][number];

const isAha = ({ type }: Node): boolean => type.startsWith('n8n-nodes-aha.');

const isTrigger = ({ type }: Node): boolean => /Trigger$|\.webhook$/.test(type);

/** The name of a workflow's first trigger. */
export function triggerOf({ nodes }: WorkflowFile): string {
	const trigger = nodes.find(isTrigger);
	if (!trigger) throw new Error('The workflow has no trigger');
	return trigger.name;
}

/** The node types that run without waiting for anything, when a person clicks. */
const CLICKED = ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger'];

/** Whether **Execute workflow** runs all of a workflow, with no service but Aha!. */
export const startsByClick = ({ nodes }: WorkflowFile): boolean =>
	nodes.every(({ type }) => !(type in OTHERS)) &&
	nodes.filter(isTrigger).every(({ type }) => CLICKED.includes(type));

/** The credential types of the nodes that use another service. */
const OTHERS: Readonly<Record<string, string>> = {
	'n8n-nodes-base.github': 'githubApi',
	'n8n-nodes-base.nextCloud': 'nextCloudApi',
	'n8n-nodes-base.slack': 'slackApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'@n8n/n8n-nodes-langchain.mcpTrigger': 'httpBearerAuth',
};

const reference = ({ id, name, type }: Credential) => ({ [type]: { id, name } });

/**
 * Sets the credentials of the nodes in a workflow.
 *
 * @param aha for all Aha! nodes
 * @param others for the nodes of other services; those without one are left as they are
 */
export function withCredentials(
	workflow: WorkflowFile,
	aha: DemoCredential,
	others: readonly Credential[] = [],
): WorkflowFile {
	const signIn = (node: Node): Node => {
		if (isAha(node)) {
			const parameters = { ...node.parameters, authentication: aha.authentication };
			return { ...node, parameters, credentials: reference(aha) };
		}
		const other = others.find(({ type }) => type === OTHERS[node.type]);
		return other ? { ...node, credentials: reference(other) } : node;
	};
	return { ...workflow, nodes: workflow.nodes.map(signIn) };
}

/**
 * Adds the examples to n8n. Existing ones stay as they are, as the user may have changed them.
 *
 * @param credentials for the Aha! nodes and those of other services; if not given, the user has to
 * choose them
 */
export async function ensureExamples(
	client: N8nClient,
	credentials?: { readonly aha: DemoCredential; readonly others: readonly Credential[] },
): Promise<void> {
	const tags = [await ensureTag(client)];
	const known = new Set((await client.workflows()).map(({ name }) => name));
	// n8n lists the newest first.
	for (const example of [...examples].reverse()) {
		if (known.has(example.name)) continue;
		const { aha, others } = credentials ?? {};
		const workflow = aha ? withCredentials(example, aha, others) : example;
		await client.createWorkflow({ ...workflow, tags });
	}
}

/** The tag that all examples get. @returns its ID */
async function ensureTag(client: N8nClient): Promise<string> {
	const known = (await client.request<Tag[]>('GET', 'rest/tags')).find(({ name }) => name === TAG);
	return (known ?? (await client.request<Tag>('POST', 'rest/tags', { name: TAG }))).id;
}

const TAG = 'Aha! recipes';

interface Tag {
	readonly id: string;
	readonly name: string;
}
