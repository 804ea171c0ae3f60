import type { INodeProperties, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { EventName } from './change/recordTypes';
import { recordTypes } from './change/recordTypes';
import type { Selection } from './change/selection';

const EVENTS: ReadonlyArray<{ name: string; value: EventName; description: string }> = [
	{
		name: 'Assigned',
		value: 'assigned',
		description: 'The record was assigned to somebody, or to nobody',
	},
	{ name: 'Comment Added', value: 'commentAdded', description: 'Somebody commented on the record' },
	{ name: 'Created', value: 'created', description: 'The record was created' },
	{ name: 'Deleted', value: 'deleted', description: 'The record was deleted' },
	{ name: 'Shipped', value: 'shipped', description: 'The release or its record was shipped' },
	{
		name: 'Status Changed',
		value: 'statusChanged',
		description: 'The record moved to another status of its workflow',
	},
	{
		name: 'Updated',
		value: 'updated',
		description: 'Anything of the record changed: a field, its description, a custom field, a link',
	},
	{ name: 'Vote Added', value: 'voteAdded', description: 'Somebody voted for the idea' },
];

const EXPRESSION_HINT =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const listed = (displayName: string, name: string, loadOptionsMethod: string, about: string) =>
	({
		displayName,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		default: [],
		description: `${about}. ${EXPRESSION_HINT}.`,
	}) satisfies INodeProperties;

/** What both triggers ask for: which changes, and how much of each record. */
export const selectionProperties: INodeProperties[] = [
	{
		displayName: 'Record Types',
		name: 'recordTypes',
		type: 'multiOptions',
		options: recordTypes.map(({ name, value }) => ({ name, value })),
		default: ['feature'],
		description: 'The records to watch. Leave empty for all of them.',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [...EVENTS],
		required: true,
		default: ['created', 'updated'],
		description: 'What must happen to a record to start the workflow',
	},
	{
		displayName: 'Only',
		name: 'only',
		type: 'collection',
		placeholder: 'Add Condition',
		default: {},
		options: [
			{
				displayName: 'Changed Fields',
				name: 'fields',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
				default: [],
				placeholder: 'e.g. Due date',
				description:
					'For updates: names of fields, as the history of a record shows them, of which one must have changed',
			},
			listed('People', 'people', 'person', 'Who made the change'),
			listed('Workspaces', 'workspaces', 'product', 'Where the record is'),
		],
	},
	{
		displayName: 'Include Full Record',
		name: 'fullRecord',
		type: 'boolean',
		default: false,
		description:
			'Whether to read each record from Aha! as it is now. Costs one request for each record.',
	},
];

/** The values of `selectionProperties`. */
export function readSelection(context: IPollFunctions | IWebhookFunctions): Selection {
	const only = context.getNodeParameter('only', {}) as Partial<Selection>;
	return {
		recordTypes: context.getNodeParameter('recordTypes', []) as string[],
		events: context.getNodeParameter('events', []) as EventName[],
		workspaces: only.workspaces ?? [],
		people: only.people ?? [],
		fields: (only.fields ?? []).filter((name) => name.trim() !== ''),
	};
}
