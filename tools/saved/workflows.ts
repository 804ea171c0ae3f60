import type { INode, INodeParameters } from 'n8n-workflow';

import type { DemoCredential } from '../demo/credentials';
import type { WorkflowFile } from '../runtime/n8nClient';
import { ahaNode, byId, chain, manualTrigger } from '../runtime/workflow';

const node = (name: string, parameters: INodeParameters, credential: DemoCredential): INode =>
	ahaNode(name, credential, parameters);

/**
 * One node after another, with each kind of value as the editor saves it: a record from a list, by
 * ID and by URL, a collection, filters, custom fields, JSON.
 */
export function forms(name: string, credential: DemoCredential, host: string): WorkflowFile {
	const aha: Array<[string, INodeParameters]> = [
		[
			'Create',
			{
				resource: 'feature',
				operation: 'create',
				release_id: {
					__rl: true,
					mode: 'list',
					value: 'PRJ1-R-1',
					cachedResultName: 'A release',
					cachedResultUrl: `https://${host}/releases/PRJ1-R-1`,
				},
				name: 'Saved',
				additionalFields: { due_date: '2030-01-31' },
				customFields: {
					mappingMode: 'defineBelow',
					value: { requested_by: 'Support', effort_days: 3 },
					matchingColumns: [],
					schema: [],
				},
			},
		],
		[
			'Update',
			{
				resource: 'feature',
				operation: 'update',
				record: byId("={{ $('Create').item.json.id }}"),
				additionalFields: { name: 'Saved and changed' },
			},
		],
		[
			'Get',
			{
				resource: 'feature',
				operation: 'get',
				record: { __rl: true, mode: 'url', value: `https://${host}/features/PRJ1-1` },
				output: 'raw',
			},
		],
		[
			'Get Many',
			{
				resource: 'feature',
				operation: 'getAll',
				belongsTo: 'workspace',
				product_id: byId('PRJ1'),
				returnAll: false,
				limit: 2,
				filters: { updated_since: '2000-01-01T00:00:00Z' },
			},
		],
		[
			'Call',
			{ resource: 'account', operation: 'customApiCall', path: '/me', query: '{ "fields": "*" }' },
		],
	];
	const nodes = aha.map(([title, parameters]) => node(title, parameters, credential));
	return chain(name, [manualTrigger(), ...nodes]);
}
