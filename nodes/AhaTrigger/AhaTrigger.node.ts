import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { authenticationChoice, credentials } from '../Aha/form/authentication';
import { poll } from '../Aha/triggers/poll';
import { selectionProperties, SUBTITLE } from '../Aha/triggers/properties';
import { methods } from '../Aha/listSearch';

export class AhaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aha! Trigger',
		name: 'ahaTrigger',
		icon: { light: 'file:../../icons/aha.svg', dark: 'file:../../icons/aha.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		// n8n shows this text for the actions as well, as it has one entry for both.
		description: 'Work with features, ideas and releases in Aha!, or start when they change',
		defaults: { name: 'Aha! Trigger' },
		polling: true,
		activationMessage: 'Your workflow starts when something that you selected changes in Aha!',
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [
			authenticationChoice,
			...selectionProperties,
			{
				displayName: 'Start',
				name: 'start',
				type: 'options',
				options: [
					{
						name: 'Now',
						value: 'now',
						description: 'Emit only changes made after the workflow is published',
					},
					{
						name: 'At a Date and Time',
						value: 'time',
						description: 'Emit earlier changes too, from a time in the last 12 months',
					},
				],
				default: 'now',
				description: 'Which changes to start with when the trigger runs for the first time',
			},
			{
				displayName: 'Start Time',
				name: 'startTime',
				type: 'dateTime',
				required: true,
				default: '',
				description: 'The time of the first change to emit',
				displayOptions: { show: { start: ['time'] } },
			},
		],
	};

	methods = methods;

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
