import type { IDataObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { readSettings } from '../run/request';
import type { Step } from '../schema/types';
import type { AhaRequest } from '../transport/types';

/** The settings of the step's operation as the person filled them in. */
export const settingsOf = ({ operation, read, scope }: Step): IDataObject =>
	readSettings(operation, read, scope);

/** How many records a person wants: all, or up to the limit. */
export const limitOf = ({ read }: Step): number =>
	read('returnAll', false) === true ? Infinity : Number(read('limit', 50));

/** The JSON that Aha! answers to one request. */
export const ask = async (
	{ client }: Step,
	request: Pick<AhaRequest, 'method' | 'path'> & Partial<AhaRequest>,
): Promise<IDataObject> => (await client.send({ query: {}, ...request })).body as IDataObject;

/** The HTTP status that an error is about. */
export const statusOf = (error: unknown): number =>
	error instanceof NodeApiError ? Number(error.httpCode) : NaN;

/** An error of the step's own, on its item. */
export const failure = (
	{ context, index }: Step,
	message: string,
	description: string,
): NodeOperationError =>
	new NodeOperationError(context.getNode(), message, { description, itemIndex: index });

export interface Waiting {
	/** Milliseconds between two looks. */
	readonly every: number;
	/** Milliseconds after which nobody waits any longer. */
	readonly atMost: number;
}

/**
 * Looks again and again, at once for the first time, until there is something.
 *
 * @param look gives what is waited for, or undefined while it is not there
 * @returns undefined when it did not come in time
 */
export async function waitFor<T>(
	{ client }: Step,
	{ every, atMost }: Waiting,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	for (let waited = 0; ; waited += every) {
		const found = await look();
		if (found !== undefined || waited >= atMost) return found;
		await client.wait(every);
	}
}
