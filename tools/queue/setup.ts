import { ensureApiKey } from '../demo/credentials';
import type { DemoCredential } from '../demo/credentials';
import { itemsWorkflow } from '../runtime/itemsWorkflow';
import type { N8n } from '../runtime/n8n';
import type { StoredWorkflow, WorkflowFile } from '../runtime/n8nClient';
import type { SandboxAccount } from '../../sandbox';

/**
 * Builds a workflow that creates features.
 *
 * @param names an n8n expression that returns the names as an array
 * @param releaseId the release to create them in
 */
export const createFeaturesWorkflow = (
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

/** How many features an execution of the example workflow creates. */
export const FEATURES = 100;

const PREFIX = 'Made by a worker ';

/** Adds the credential and the example workflow to a new cluster. */
export async function addWorkflow(
	{ client }: N8n,
	account: SandboxAccount,
): Promise<StoredWorkflow> {
	const credential = await ensureApiKey(client, account);
	const [release] = account.store.all('release');
	const name = `'${PREFIX}' + $execution.id + '-' + index`;
	const names = `Array.from({ length: ${FEATURES} }, (_, index) => ${name})`;
	return await client.createWorkflow(
		createFeaturesWorkflow('A hundred features', names, release.id, credential),
	);
}

/** The names of the features that workers have created so far. */
export const createdNames = (account: SandboxAccount): string[] =>
	[...account.store.all('feature')]
		.map(({ data }) => String(data.name))
		.filter((name) => name.startsWith(PREFIX));
