import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { authenticationChoice, credentials, operationFields } from './form/description';
import { execute } from './run/execute';
import { methods } from './listSearch';
import { resources } from './resources';

export class Aha implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Aha!',
		name: 'aha',
		icon: { light: 'file:../../icons/aha.svg', dark: 'file:../../icons/aha.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read and write features, ideas, releases and everything else in Aha!',
		defaults: { name: 'Aha!' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials,
		properties: [authenticationChoice, ...operationFields(resources)],
	};

	methods = methods;

	async execute(this: IExecuteFunctions) {
		return await execute(this, resources);
	}
}
