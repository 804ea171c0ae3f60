import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { readRecords } from './records';
import { chosenWorkspace } from './workspace';

/** What Aha! calls the records of a resource in the workflows of a workspace, where it differs. */
const WORKFLOW_TYPES: Readonly<Record<string, string>> = {
	goal: 'strategic_imperative',
	keyResult: 'key_result',
	masterFeature: 'epic',
	note: 'page',
};

/**
 * Names in the workflow that the chosen workspace has for the records of the chosen resource, in
 * the order of the workflow.
 *
 * @param key of the workflow's list: its statuses or its types
 * @param value what Aha! takes for it
 */
export const workflowSearch = (key: 'workflow_statuses' | 'workflow_kinds', value: 'id' | 'name') =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const client = await connectForForm(this);
		const workspace = await chosenWorkspace(this, client);
		if (!workspace) throw new UserError('Choose a workspace first, or enter a name');
		const [product] = await readRecords(client, 'workspace', 'get', { product_id: workspace });
		const resource = recordType(this);
		const used = product[`${WORKFLOW_TYPES[resource] ?? resource}_workflow`];
		if (!isObject(used)) {
			throw new UserError('This workspace has no workflow for these records. Enter a name.');
		}
		const workflow_id = String(used.id);
		const [workflow] = await readRecords(client, 'workflow', 'get', { workflow_id });
		const byName = new Map<string, string>();
		for (const entry of inPosition((workflow[key] ?? []) as IDataObject[])) {
			const name = String(entry.name);
			if (!byName.has(name)) byName.set(name, String(entry[value]));
		}
		const results = [...byName]
			.filter(([name]) => name.toLowerCase().includes(filter.toLowerCase()))
			.map(([name, chosen]) => ({ name, value: chosen }));
		return { results };
	};

/** Entries of a workflow in its order. */
export const inPosition = (entries: readonly IDataObject[]): IDataObject[] =>
	[...entries].sort((a, b) => Number(a.position ?? 0) - Number(b.position ?? 0));

/** The resource of the records with the status: of a status time, what it belongs to. */
function recordType(context: ILoadOptionsFunctions): string {
	const resource = String(context.getCurrentNodeParameter('resource'));
	if (resource !== 'workflowStatusTime') return resource;
	return String(context.getCurrentNodeParameter('belongsTo'));
}
