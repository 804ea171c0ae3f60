import { ensureApiKey } from '../demo/credentials';
import type { DemoCredential } from '../demo/credentials';
import { itemsWorkflow } from '../runtime/itemsWorkflow';
import type { N8n } from '../runtime/n8n';
import type { WorkflowFile } from '../runtime/n8nClient';
import type { SandboxAccount } from '../sandbox';

/**
 * A workflow that creates features, one for each of its items.
 *
 * @param names a JavaScript expression of n8n's: the names, as an array
 * @param releaseId the release that they are made in
 */
export const creating = (
	title: string,
	names: string,
	releaseId: string,
	{ id, name, type, authentication }: DemoCredential,
): WorkflowFile =>
	itemsWorkflow(title, 'name', names, {
		name: 'Create features',
		type: 'n8n-nodes-aha.aha',
		typeVersion: 1,
		parameters: {
			authentication,
			resource: 'feature',
			operation: 'create',
			release_id: { __rl: true, mode: 'id', value: releaseId },
			name: '={{ $json.name }}',
		},
		credentials: { [type]: { id, name } },
	});

/** Signs in and puts a workflow to try into a new cluster. */
export async function prepare({ client }: N8n, account: SandboxAccount): Promise<WorkflowFile> {
	const credential = await ensureApiKey(client, account);
	const [release] = account.store.all('release');
	const names = 'Array.from({ length: 100 }, (_, index) => `Made by a worker ${index + 1}`)';
	const title = 'A hundred features';
	return await client.createWorkflow(creating(title, names, release.id, credential));
}
