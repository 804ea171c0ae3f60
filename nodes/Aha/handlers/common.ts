import type { IDataObject, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { ItemContext } from '../schema/handler';
import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import type { AhaRequest } from '../transport/types';

/** Method and path of a request, and whatever else it needs. */
export type RequestLine = Pick<AhaRequest, 'method' | 'path'> & Partial<AhaRequest>;

/**
 * Sends one request.
 *
 * @returns the object of the response; an empty one where there is none
 */
export const requestJson = async (
	{ client }: Pick<ItemContext, 'client'>,
	request: RequestLine,
): Promise<IDataObject> => {
	const { body } = await client.send({ query: {}, ...request });
	return isObject(body) ? body : {};
};

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

/**
 * A part of a response.
 *
 * @param isPart whether it is of the type that it must be
 * @throws NodeApiError when the response has none: it may come from a proxy
 */
export function partOf<T>(
	{ context, index }: Pick<ItemContext, 'context' | 'index'>,
	body: unknown,
	key: string,
	isPart: (value: unknown) => value is T,
): T {
	const part = isObject(body) ? body[key] : undefined;
	if (isPart(part)) return part;
	throw new NodeApiError(context.getNode(), {} as JsonObject, {
		message: `The response from Aha! has no "${key}"`,
		description: 'Check whether a proxy or a sign-in page responded instead.',
		itemIndex: index,
	});
}

/** For `partOf`: an ID, as Aha! has it. */
export const isId = (value: unknown): value is string | number =>
	typeof value === 'number' || (typeof value === 'string' && value !== '');

/** For `partOf`: a list of objects. */
export const isList = (value: unknown): value is IDataObject[] =>
	Array.isArray(value) && value.every(isObject);

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
