import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { authenticationChoice, credentials } from '../Aha/form/authentication';
import { selectionProperties, SUBTITLE } from '../Aha/triggers/properties';
import { assertProtected, receive } from '../Aha/triggers/receive';
import { methods } from '../Aha/listSearch';

export class AhaWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aha! Webhook Trigger',
		name: 'ahaWebhookTrigger',
		icon: { light: 'file:../../icons/aha.svg', dark: 'file:../../icons/aha.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Starts the workflow as soon as Aha! sends an activity webhook',
		defaults: { name: 'Aha! Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'activity' },
		],
		properties: [
			authenticationChoice,
			{
				displayName:
					'In Aha!, open Settings > Account (or Workspace) > Integrations and add an Activity webhook. For its Hook URL, paste the Production URL above and add your secret to the end: <b>?secret=...</b> Select the activity to send, enable the webhook, and publish this workflow.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Secret',
				name: 'secret',
				type: 'string',
				typeOptions: { password: true },
				required: true,
				default: '',
				hint: 'Choose a long random string. Requests without it in their URL are rejected.',
			},
			...selectionProperties,
			{
				displayName: 'Required Header',
				name: 'header',
				type: 'fixedCollection',
				placeholder: 'Add Header',
				default: {},
				description:
					'A header that a gateway between Aha! and n8n adds. Requests without it are rejected.',
				options: [
					{
						displayName: 'Header',
						name: 'value',
						values: [
							{
								displayName: 'Name',
								name: 'name',
								type: 'string',
								default: '',
								placeholder: 'e.g. X-Gateway-Key',
							},
							{
								displayName: 'Value',
								name: 'content',
								type: 'string',
								typeOptions: { password: true },
								default: '',
							},
						],
					},
				],
			},
		],
	};

	methods = methods;

	// Aha! has no API for activity webhooks, so people add and remove them in its settings.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				assertProtected(this);
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
