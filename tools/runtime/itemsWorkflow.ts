import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from './n8nClient';

/** The name of the trigger in these workflows. */
export const START = 'Execute workflow';

/** A node without id and position. */
export type NodeConfig = Pick<
	INode,
	'name' | 'type' | 'typeVersion' | 'parameters' | 'credentials'
>;

/**
 * Builds a workflow that creates items and passes them to a node.
 *
 * @param field name of the field that each item has
 * @param values an n8n expression that returns the values of the field as an array
 */
export function itemsWorkflow(
	title: string,
	field: string,
	values: string,
	node: NodeConfig,
): WorkflowFile {
	const assignment = { id: field, name: field, value: `={{ ${values} }}`, type: 'array' };
	const configs: NodeConfig[] = [
		{ name: START, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'Values',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { assignments: { assignments: [assignment] } },
		},
		{
			name: 'One item each',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: field, options: {} },
		},
		node,
	];
	const next = configs.slice(1).map(({ name }, index) => {
		const main = [[{ node: name, type: 'main' as const, index: 0 }]];
		return [configs[index].name, { main }];
	});
	return {
		name: title,
		nodes: configs.map((step, column) => ({
			id: step.name,
			position: [column * 220, 0],
			...step,
		})),
		connections: Object.fromEntries(next),
		settings: { executionOrder: 'v1' },
	};
}
