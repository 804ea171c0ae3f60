import { join } from 'node:path';

import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import 'n8n-workflow';

import { PACKAGE } from './places';
import { serve } from './remoteProcess';

/** A context for one run of the node, with a response that takes no time. */
const context = {
	getNode: () => ({ name: 'Aha!', type: 'aha', typeVersion: 1, parameters: {} }),
	getInputData: () => [{ json: {} }],
	getTimezone: () => 'UTC',
	continueOnFail: () => false,
	getExecutionCancelSignal: () => undefined,
	getCredentials: async () => await Promise.resolve({ accountDomain: 'mycompany' }),
	getNodeParameter: (name: string, _index: number, fallback?: unknown) =>
		({ authentication: 'apiKey', resource: 'me', operation: 'get' })[name] ?? fallback,
	helpers: {
		returnJsonArray: (records: IDataObject[]) => records.map((json) => ({ json })),
		constructExecutionMetaData: (items: unknown) => items,
		httpRequestWithAuthentication: async () =>
			await Promise.resolve({ statusCode: 200, headers: {}, body: '{"user":{"id":"1"}}' }),
	},
} as unknown as IExecuteFunctions;

export const handlers = {
	/** Milliseconds that the built node takes in a process that has loaded nothing of it. */
	construct: async () => {
		const started = performance.now();
		// eslint-disable-next-line @typescript-eslint/no-require-imports
		const { Aha } = require(join(PACKAGE, 'dist/nodes/Aha/Aha.node.js')) as {
			Aha: new () => INodeType;
		};
		const loaded = performance.now();
		const node = new Aha();
		const constructed = performance.now();
		await node.execute?.call(context);
		return {
			load: loaded - started,
			construct: constructed - loaded,
			firstRun: performance.now() - started,
		};
	},
};

serve(handlers);
