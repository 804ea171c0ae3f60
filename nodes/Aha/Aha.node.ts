import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { authenticationChoice, credentials } from './form/authentication';
import { methods } from './listSearch';
import { properties } from './properties';
import { resources } from './resources';
import { execute } from './run/execute';

export class Aha implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aha!',
		name: 'aha',
		icon: { light: 'file:../../icons/aha.svg', dark: 'file:../../icons/aha.dark.svg' },
		group: ['input'],
		version: 1,
		// In people's words: `get many: feature`, `create or update: to do`.
		subtitle:
			'={{ [{ getAll: "get many", upsert: "create or update" }[$parameter["operation"]] ?? $parameter["operation"], $parameter["resource"]].join(": ").replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase()) }}',
		// The entry of the panel that has the trigger's events too shows the text of the trigger.
		description: 'Work with features, ideas and releases in Aha!, or start when they change',
		defaults: { name: 'Aha!' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [authenticationChoice, ...properties],
	};

	methods = methods;

	async execute(this: IExecuteFunctions) {
		return await execute(this, resources);
	}
}
