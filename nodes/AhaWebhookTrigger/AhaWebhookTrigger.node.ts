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

const WEBHOOK = { httpMethod: 'POST', responseMode: 'onReceived' } as const;

const OTHER_URL = { ...WEBHOOK, name: 'setup', isFullPath: true, ndvHideUrl: true } as const;

/** The end of the URL: what a person chose, or else the random id that n8n gave the node. */
const SECRET = '={{ $parameter["secret"] || $nodeId }}';

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
			{ ...WEBHOOK, name: 'default', path: SECRET },
			// Other URLs of this node, so that the trigger can say what is wrong with them. No two workflows
			// can have the same path in n8n, so the path's parameter has the webhook ID as its name.
			{ ...OTHER_URL, path: '=:{{ $webhookId }}' },
			{ ...OTHER_URL, path: '={{ $webhookId }}' },
		],
		eventTriggerDescription: 'Waiting for you to change something in Aha!',
		activationMessage:
			'Your workflow starts when Aha! sends a change to the Production URL of its webhook',
		triggerPanel: {
			header: 'Receive changes from Aha!',
			executionsHelp:
				'<b>While you build the workflow</b>, paste the Test URL into Aha!, select <b>Execute step</b>, and change something in Aha!.<br /><br /><b>Once it works</b>, paste the Production URL into Aha! and publish the workflow. Its runs show up in the <a data-key="executions">executions list</a>.<br /><br />A request with a wrong URL or another body starts nothing. While you listen, the error says what arrived; afterwards n8n\'s log does.',
		},
		properties: [
			authenticationChoice,
			{
				displayName:
					// n8n keeps only lists and links in a notice.
					'<ul><li>1. Open Webhook URLs above, choose Production URL and click the URL. It is copied, with its secret.</li><li>2. In Aha!, open Settings > Account (or Workspace) > Integrations and add an Activity webhook.</li><li>3. Paste the URL as its Hook URL, select the activity to send and enable the webhook.</li><li>4. Publish this workflow.</li></ul>',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			...selectionProperties,
			{
				displayName: 'Secret',
				name: 'secret',
				type: 'string',
				typeOptions: { password: true },
				noDataExpression: true,
				default: '',
				placeholder: 'e.g. a-long-random-text',
				description:
					'Replaces the random secret at the end of the URL, for example when others have learned it. Use 16 or more letters, digits, hyphens or underscores. Leave empty to keep the one of n8n.',
			},
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
