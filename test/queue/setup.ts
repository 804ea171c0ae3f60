import { ensureApiKey } from '../demo/credentials';
import type { DemoCredential } from '../demo/credentials';
import type { N8n } from '../runtime/n8n';
import type { WorkflowFile } from '../runtime/n8nClient';
import type { SandboxAccount } from '../sandbox';

/** The node that such a workflow starts with. */
export const START = 'Execute workflow';

const position = (column: number): [number, number] => [column * 220, 0];

/**
 * A workflow that creates features, one for each of its items.
 *
 * @param names a JavaScript expression of n8n's: the names, as an array
 * @param releaseId the release that they are made in
 */
export function creating(
	title: string,
	names: string,
	releaseId: string,
	{ id, name, type, authentication }: DemoCredential,
): WorkflowFile {
	const value = `={{ ${names} }}`;
	return {
		name: title,
		nodes: [
			{
				id: 'start',
				name: START,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: position(0),
				parameters: {},
			},
			{
				id: 'names',
				name: 'Names',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: position(1),
				parameters: {
					assignments: { assignments: [{ id: 'name', name: 'name', value, type: 'array' }] },
				},
			},
			{
				id: 'items',
				name: 'One item each',
				type: 'n8n-nodes-base.splitOut',
				typeVersion: 1,
				position: position(2),
				parameters: { fieldToSplitOut: 'name', options: {} },
			},
			{
				id: 'create',
				name: 'Create features',
				type: 'n8n-nodes-aha.aha',
				typeVersion: 1,
				position: position(3),
				parameters: {
					authentication,
					resource: 'feature',
					operation: 'create',
					release_id: { __rl: true, mode: 'id', value: releaseId },
					name: '={{ $json.name }}',
				},
				credentials: { [type]: { id, name } },
			},
		],
		connections: {
			[START]: { main: [[{ node: 'Names', type: 'main', index: 0 }]] },
			Names: { main: [[{ node: 'One item each', type: 'main', index: 0 }]] },
			'One item each': { main: [[{ node: 'Create features', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Signs in and puts a workflow to try into a new cluster. */
export async function prepare({ client }: N8n, account: SandboxAccount): Promise<WorkflowFile> {
	const credential = await ensureApiKey(client, account);
	const [release] = account.store.all('release');
	const names = 'Array.from({ length: 100 }, (_, index) => `Made by a worker ${index + 1}`)';
	const title = 'A hundred features';
	return await client.createWorkflow(creating(title, names, release.id, credential));
}
