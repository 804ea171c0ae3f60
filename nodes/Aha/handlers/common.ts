import type { IDataObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { ItemContext } from '../schema/handler';
import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';

/** Method and path of a request, and whatever else it needs. */
export type RequestLine = Pick<AhaRequest, 'method' | 'path'> & Partial<AhaRequest>;

/**
 * Sends one request.
 *
 * @returns the JSON of the response
 */
export const requestJson = async (
	{ client }: Pick<ItemContext, 'client'>,
	request: RequestLine,
): Promise<IDataObject> => (await client.send({ query: {}, ...request })).body as IDataObject;

/** The HTTP status that an error is about; `NaN` for an error of another kind. */
export const statusOf = (error: unknown): number =>
	error instanceof NodeApiError ? Number(error.httpCode) : NaN;

/** An error of the handler itself, on its item. */
export const itemError = (
	{ context, index }: Pick<ItemContext, 'context' | 'index'>,
	message: string,
	description: string,
): NodeOperationError =>
	new NodeOperationError(context.getNode(), message, { description, itemIndex: index });

export interface Polling {
	/** Milliseconds between two checks. */
	readonly interval: number;
	/** Milliseconds after which no check follows. */
	readonly timeout: number;
}

/**
 * Checks until there is a result; the first time at once.
 *
 * @param check gives the result, or undefined while there is none
 * @returns undefined when it took too long
 */
export async function pollUntil<T>(
	client: AhaClient,
	{ interval, timeout }: Polling,
	check: () => Promise<T | undefined>,
): Promise<T | undefined> {
	for (let waited = 0; ; waited += interval) {
		const result = await check();
		if (result !== undefined || waited >= timeout) return result;
		await client.wait(interval);
	}
}
