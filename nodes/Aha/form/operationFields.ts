import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { compactForm } from './compact';
import type { Resource } from '../schema/types';

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

const resourceChoice = (resources: readonly Resource[]): INodeProperties => ({
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources
		.map(({ name, value, description }) => ({ name, value, ...(description && { description }) }))
		.sort(byName),
	default: 'feature',
});

const operationChoice = ({ value, operations }: Resource): INodeProperties => {
	const options = operations.map((operation): INodePropertyOptions => ({
		name: operation.name,
		value: operation.value,
		action: operation.action,
		...(operation.description && { description: operation.description }),
	}));
	const { value: initial } = operations.find((operation) => operation.paginated) ?? operations[0];
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: options.sort(byName),
		default: initial,
	};
};

/** How requests are sent; one for all operations. */
const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Retry For (Seconds)',
			name: 'retryFor',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 120,
			description:
				'How long to keep retrying a request that failed because of rate limits or the network',
		},
	],
};

/** Resource, operation, and the fields of every operation. */
export const operationFields = (resources: readonly Resource[]): INodeProperties[] => [
	resourceChoice(resources),
	...resources.map(operationChoice),
	...compactForm(resources),
	requestOptions,
];
