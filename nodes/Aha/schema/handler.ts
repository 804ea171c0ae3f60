import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';

/** One item of a run with everything that the person filled in, parsed. */
export interface ItemContext<Settings = object> {
	readonly context: IExecuteFunctions;
	readonly client: AhaClient;
	/** Index of the item. */
	readonly index: number;
	/** Values of the operation's `settings` and `filters`, by their names. */
	readonly settings: Settings;
	/** Number of records wanted; `Infinity` for all. */
	readonly limit: number;
	/** The account's host, such as `mycompany.aha.io`. */
	readonly host: string;
}

/** An item of an operation that has an endpoint. */
export interface RequestContext<Settings = object> extends ItemContext<Settings> {
	/** The request that the form describes. */
	readonly request: AhaRequest;
	/** Values of the path parameters, not encoded. */
	readonly path: Readonly<Record<string, string>>;
	/** A record of the resource in the output that the person chose. */
	present(record: IDataObject): IDataObject;
}

/** Runs an operation that has no endpoint of its own. The run pairs the items it returns. */
export type Handler<Settings = object> = (
	item: ItemContext<Settings>,
) => Promise<INodeExecutionData[]>;

/** Runs an operation that takes more than the one request of its endpoint. */
export type RequestHandler<Settings = object> = (
	item: RequestContext<Settings>,
) => Promise<INodeExecutionData[]>;

/** Checks what is wrong with an item beyond its fields, before anything is sent. */
export type Check<Settings = object> = (item: Omit<ItemContext<Settings>, 'client'>) => void;
