import 'reflect-metadata';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { Container } from '@n8n/di';
import {
	BinaryDataConfig,
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	setBinaryDataBuffer,
	WorkflowExecute,
} from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	ResourceMapperFields,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { methods } from '../../nodes/Aha/listSearch';
import type { StoredCredentials } from './credentials';
import { credentialsHelper } from './credentials';
import type { NetworkEnv } from './network';
import { useNetwork } from './network';

export interface HarnessOptions {
	/** How to reach the account, for example a sandbox's `env`. */
	readonly env: NetworkEnv;
	/** n8n updates it when it refreshes a token. */
	readonly credentials: StoredCredentials;
	/** Folder for n8n's binary data; a temporary one by default. */
	readonly binaryFolder?: string;
	/** The node to run; the node Aha! from the sources by default. */
	readonly node?: NodeUnderTest;
}

/** A node with its name in n8n. */
export interface NodeUnderTest {
	readonly name: string;
	readonly type: INodeType;
}

export interface RunOptions {
	/** n8n's setting On Error: Continue. */
	readonly continueOnFail?: boolean;
	/** The workflow's time zone. */
	readonly timezone?: string;
	/** Gets n8n's record of the execution, whether it failed or not. */
	readonly onFinished?: (record: IRun) => void;
}

/** Runs the node Aha! with n8n's engine in this process. */
export interface Harness {
	/**
	 * Runs a workflow with only this node.
	 *
	 * @param parameters of the node; `authentication` is `apiKey` by default
	 * @throws the error that n8n would show
	 */
	run(
		parameters: INodeParameters,
		items?: INodeExecutionData[],
		options?: RunOptions,
	): Promise<INodeExecutionData[]>;
	/** Gets a page of the list of a resource locator, as n8n's editor does. */
	search(
		list: string,
		parameters: INodeParameters,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult>;
	/** Gets the options of a field. */
	options(list: string, parameters: INodeParameters): Promise<INodePropertyOptions[]>;
	/** Gets the custom fields for the resource mapper. */
	customFields(parameters: INodeParameters): Promise<ResourceMapperFields>;
	/** Creates an item with a file in the binary field `data`. */
	file(content: Buffer | Readable, name: string, mimeType: string): Promise<INodeExecutionData>;
	/** Restores the network settings of this process and deletes temporary files. */
	stop(): void;
}

const aha: NodeUnderTest = { name: 'aha', type: new Aha() };

/** Passes on its pinned data. */
const start: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: async () => [[]],
};

function typesWith(tested: NodeUnderTest): INodeTypes {
	const typeOf = (name: string): INodeType => (name === tested.name ? tested.type : start);
	return { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
}

const versionOf = ({ type }: NodeUnderTest): number =>
	[type.description.version].flat().at(-1) ?? 1;

const nodeOf = (
	name: string,
	type: string,
	parameters: INodeParameters,
	typeVersion = 1,
): INode => ({
	id: name,
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
});

function workflowOf(
	tested: NodeUnderTest,
	parameters: INodeParameters,
	{ continueOnFail, timezone }: RunOptions = {},
) {
	const filledIn = { authentication: 'apiKey', ...parameters };
	const node: INode = {
		...nodeOf('Aha!', tested.name, filledIn, versionOf(tested)),
		...(continueOnFail && { onError: 'continueRegularOutput' }),
		credentials: {
			ahaApiKey: { id: 'ahaApiKey', name: 'Aha! API' },
			ahaOAuth2Api: { id: 'ahaOAuth2Api', name: 'Aha! OAuth2 API' },
		},
	};
	const nodes = [nodeOf('Start', 'start', {}), node];
	const connections = { Start: { main: [[{ node: 'Aha!', type: 'main' as const, index: 0 }]] } };
	const settings = { executionOrder: 'v1' as const, timezone: timezone ?? 'UTC' };
	const workflow = new Workflow({
		id: '1',
		nodes,
		connections,
		active: false,
		nodeTypes: typesWith(tested),
		settings,
	});
	return { node: workflow.nodes['Aha!'], workflow };
}

/** Starts n8n's engine in this process, and changes its network settings until `stop`. */
export async function harness(options: HarnessOptions): Promise<Harness> {
	// Otherwise n8n logs the errors that it throws.
	process.env.N8N_LOG_LEVEL = 'silent';
	const putBack = useNetwork(options.env);
	const folder = mkdtempSync(join(tmpdir(), 'n8n-files-'));
	const localStoragePath = options.binaryFolder ?? folder;
	const config = { mode: 'filesystem', availableModes: ['filesystem'], localStoragePath };
	Container.set(BinaryDataConfig, config as BinaryDataConfig);
	await Container.get(BinaryDataService).init();
	const helper = credentialsHelper(options.credentials);
	const tested = options.node ?? aha;

	const additionalData = () =>
		({
			credentialsHelper: helper,
			executionId: '1',
			currentNodeExecutionIndex: 0,
			variables: {},
			externalSecretsProxy: Container.get(ExternalSecretsProxy),
			webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
			formWaitingBaseUrl: 'http://localhost/form-waiting',
			hooks: new ExecutionLifecycleHooks('manual', '1', {} as IWorkflowBase),
		}) as unknown as IWorkflowExecuteAdditionalData;

	const form = (parameters: INodeParameters) => {
		const { workflow, node } = workflowOf(tested, parameters);
		const data = { ...additionalData(), currentNodeParameters: node.parameters };
		return new LoadOptionsContext(workflow, node, data, '') as unknown as ILoadOptionsFunctions;
	};

	return {
		run: async (parameters, items = [{ json: {} }], runOptions) => {
			const { workflow } = workflowOf(tested, parameters, runOptions);
			const engine = new WorkflowExecute(additionalData(), 'manual');
			const record = await engine.run({
				workflow,
				startNode: workflow.nodes.Start,
				pinData: { Start: items },
			});
			runOptions?.onFinished?.(record);
			const { error, runData } = record.data.resultData;
			if (error) throw error;
			return runData['Aha!'][0].data?.main[0] ?? [];
		},
		search: async (list, parameters, filter, paginationToken) =>
			await methods.listSearch[list].call(form(parameters), filter, paginationToken),
		options: async (list, parameters) => await methods.loadOptions[list].call(form(parameters)),
		customFields: async (parameters) =>
			await methods.resourceMapping.getCustomFields.call(form(parameters)),
		file: async (content, fileName, mimeType) => {
			const empty = { data: '', mimeType, fileName };
			const data = await setBinaryDataBuffer(empty, content, '1', '1');
			return { json: {}, binary: { data } };
		},
		stop: () => {
			putBack();
			rmSync(folder, { recursive: true });
		},
	};
}
