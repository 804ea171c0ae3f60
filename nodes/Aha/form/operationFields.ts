import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { compactForm } from './compact';
import type { Operation, Resource } from '../schema/types';
import { descriptionOf } from './operationWords';

/** The operations that people look for first; others follow in the order of their resource. */
const FIRST = ['create', 'get', 'getAll', 'update', 'upsert', 'delete'];

const place = ({ value }: Operation): number =>
	FIRST.includes(value) ? FIRST.indexOf(value) : FIRST.length;

const resourceChoice = (resources: readonly Resource[]): INodeProperties => ({
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: resources.map(({ name, value, description }) => ({
		name,
		value,
		...(description && { description }),
	})),
	default: 'feature',
});

const operationChoice = (resource: Resource): INodeProperties => {
	const { value, operations } = resource;
	const options = [...operations]
		.sort((a, b) => place(a) - place(b))
		.map((operation): INodePropertyOptions => ({
			name: operation.name,
			value: operation.value,
			action: operation.action,
			description: descriptionOf(resource, operation),
		}));
	const { value: initial } = operations.find((operation) => operation.paginated) ?? operations[0];
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options,
		default: initial,
	};
};

/** Resource, operation, and the fields of every operation. */
export const operationFields = (resources: readonly Resource[]): INodeProperties[] => [
	resourceChoice(resources),
	...resources.map(operationChoice),
	...compactForm(resources),
];
