import type { IDataObject, INodeParameters } from 'n8n-workflow';

export const ACTIONS = ['create', 'get', 'update', 'delete', 'list'] as const;

export type Action = (typeof ACTIONS)[number];

/** One item of a batch. */
export interface Operation {
	/** A name that no other record has. */
	readonly name: string;
	/** The record to get, update or delete. */
	readonly id?: string;
}

/** One execution of the node. */
export interface Batch {
	readonly domain: string;
	readonly authentication: 'apiKey' | 'oAuth2';
	readonly action: Action;
	readonly operations: readonly Operation[];
	readonly releaseId: string;
}

/** What the node gave for one item. */
export interface ItemResult {
	readonly records: ReadonlyArray<{ readonly id: string; readonly name: string }>;
	/** Message and description. */
	readonly error?: string;
}

/** What an execution gave. */
export interface BatchResult {
	readonly items: readonly ItemResult[];
	/** Why there are no items. */
	readonly failure?: string;
	/** Where a secret was found. */
	readonly leaks: readonly string[];
}

const locator = (value: string) => ({ __rl: true, mode: 'id', value });

/** Seconds during which a failed request is retried. */
const RETRY_FOR = 20;

/** The node's form for a batch. */
export function parametersOf({ action, authentication, releaseId }: Batch): INodeParameters {
	const common = { authentication, resource: 'feature', options: { retryFor: RETRY_FOR } };
	const record = locator('={{ $json.id }}');
	const name = '={{ $json.name }}';
	const forms: Record<Action, INodeParameters> = {
		create: { operation: 'create', release_id: locator(releaseId), name },
		get: { operation: 'get', record },
		update: { operation: 'update', record, additionalFields: { name } },
		delete: { operation: 'delete', record },
		list: { operation: 'getAll', belongsTo: 'account', returnAll: true },
	};
	return { ...common, ...forms[action] };
}

export const inputOf = ({ operations }: Batch) =>
	operations.map((operation) => ({ json: { ...operation } as IDataObject }));
