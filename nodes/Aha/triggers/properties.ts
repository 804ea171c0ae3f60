import type { INodeProperties, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../transport/json';
import type { EventName } from './change/recordTypes';
import { recordTypes } from './change/recordTypes';
import type { Selection } from './change/selection';
import { textOf } from './change/values';

/** An event, and its entry in n8n's panel, which starts with the record type of a new trigger. */
interface EventOption {
	readonly name: string;
	readonly value: EventName;
	readonly action: string;
	readonly description: string;
}

const EVENTS: readonly EventOption[] = [
	{
		name: 'Assigned',
		value: 'assigned',
		action: 'On feature assigned',
		description: 'The record was assigned or unassigned',
	},
	{
		name: 'Comment Added',
		value: 'commentAdded',
		action: 'On comment added to a feature',
		description: 'Someone commented on the record',
	},
	{
		name: 'Created',
		value: 'created',
		action: 'On feature created',
		description: 'The record was created',
	},
	{
		name: 'Deleted',
		value: 'deleted',
		action: 'On feature deleted',
		description: 'The record was deleted',
	},
	{
		name: 'Shipped',
		value: 'shipped',
		action: 'On feature shipped',
		description: 'The record was shipped',
	},
	{
		name: 'Status Changed',
		value: 'statusChanged',
		action: 'On feature status changed',
		description: 'The workflow status of the record changed',
	},
	{
		name: 'Updated',
		value: 'updated',
		action: 'On feature updated',
		description:
			'Something in the record changed: a field, the description, a custom field or a link',
	},
	{
		name: 'Vote Added',
		value: 'voteAdded',
		action: 'On vote added to an idea',
		description: 'Someone voted for the idea',
	},
];

const EXPRESSION_HINT =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

const listed = (
	displayName: string,
	name: string,
	loadOptionsMethod: string,
	description: string,
) =>
	({
		displayName,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		default: [],
		description: `${description}. ${EXPRESSION_HINT}.`,
	}) satisfies INodeProperties;

/** A list of statuses, which depends on what else is selected. */
const statusList = (displayName: string, name: string, description: string) =>
	({
		...listed(displayName, name, 'triggerStatus', description),
		typeOptions: {
			loadOptionsMethod: 'triggerStatus',
			loadOptionsDependsOn: ['recordTypes', 'filters.workspaces'],
		},
	}) satisfies INodeProperties;

/** What a trigger waits for, in people's words: `feature, idea: created, status changed`. */
export const SUBTITLE =
	'={{ [$parameter["recordTypes"], $parameter["events"]].map((some) => [some].flat().join(", ")).filter(Boolean).join(": ").replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase()) }}';

/** The fields of both triggers: which changes to emit, and how much of each record. */
export const selectionProperties: INodeProperties[] = [
	{
		displayName: 'Record Types',
		name: 'recordTypes',
		type: 'multiOptions',
		options: recordTypes.map(({ name, value }) => ({ name, value })),
		default: ['feature'],
		description: 'The types of records to watch. Leave empty to watch all of them.',
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
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			listed('Changed By', 'changedBy', 'person', 'Only changes made by these people'),
			{
				displayName: 'Changed Fields',
				name: 'changedFields',
				type: 'string',
				typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
				default: '',
				placeholder: 'e.g. Due date',
				description:
					'For updates: the fields of which at least one must have changed. Enter the names that the history of a record in Aha! shows.',
			},
			statusList('New Status', 'newStatus', 'Only changes of the status to one of these'),
			statusList('Old Status', 'oldStatus', 'Only changes of the status from one of these'),
			{
				displayName: 'Skip Minor Changes',
				name: 'skipMinor',
				type: 'boolean',
				default: false,
				description:
					"Whether to skip changes that Aha!'s own Slack and Microsoft Teams integrations do not report",
			},
			listed(
				'Workspaces',
				'workspaces',
				'workspace',
				'Only changes to records in these workspaces',
			),
		],
	},
	{
		displayName: 'Include Full Record',
		name: 'fullRecord',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the current record to each item. Sends one request for each record.',
	},
];

/**
 * The values of `selectionProperties`. A field that was added and left empty comes as n8n's editor
 * stores it, such as `[[]]`, and counts as not added.
 */
export function readSelection(context: IPollFunctions | IWebhookFunctions): Selection {
	const given: unknown = context.getNodeParameter('filters', {});
	const filters = isObject(given) ? given : {};
	return {
		recordTypes: textsOf(context.getNodeParameter('recordTypes', [])),
		events: textsOf(context.getNodeParameter('events', [])) as EventName[],
		workspaces: textsOf(filters.workspaces),
		changedBy: textsOf(filters.changedBy),
		changedFields: textsOf(filters.changedFields),
		newStatuses: textsOf(filters.newStatus),
		oldStatuses: textsOf(filters.oldStatus),
		skipMinor: filters.skipMinor === true,
	};
}

/** The texts of a list, or of a text with commas that an expression gave for it. */
function textsOf(value: unknown): string[] {
	const values: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat(2);
	return values.flatMap((each) => textOf(each)?.trim() || []);
}
