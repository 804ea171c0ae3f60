import type { IDataObject, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Check, Handler, ItemContext } from '../schema/handler';
import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import { itemError, requestJson } from './common';
import { pageItems } from './graphqlPages';

/** The one endpoint outside `/api/v1`. */
const GRAPHQL = { method: 'POST', base: '/api/v2', path: '/graphql' } as const;

/** What Aha! says, beside status 200, about a query that it did not get to run in time. */
const VALIDATION_TIMEOUT = /^Timeout on validation/;

/** Milliseconds before each retry after a timeout on validation. */
const RETRY_DELAYS = [500, 1_000, 2_000];

/** The response to a query. */
export interface QueryResult {
	readonly data: IDataObject;
	/** Messages of the errors, which come beside status 200. */
	readonly errors: readonly string[];
}

/** Sends a query or mutation, and retries it when Aha! ran out of time before it ran it. */
export async function sendQuery(
	client: AhaClient,
	query: string,
	variables: IDataObject,
): Promise<QueryResult> {
	const readOnly = !/\bmutation\b/.test(query);
	const request = { ...GRAPHQL, body: { query, variables }, readOnly };
	for (const delay of RETRY_DELAYS) {
		const result = resultOf(await requestJson({ client }, request));
		if (!result.errors.some((message) => VALIDATION_TIMEOUT.test(message))) return result;
		await client.wait(delay);
	}
	return resultOf(await requestJson({ client }, request));
}

function resultOf(body: unknown): QueryResult {
	const { data, errors } = isObject(body) ? body : {};
	const result = isObject(data) ? data : {};
	return {
		data: result,
		errors: [...topErrors(errors), ...Object.values(result).flatMap(payloadErrors)],
	};
}

const topErrors = (errors: unknown): string[] =>
	(Array.isArray(errors) ? errors : []).map((error: IDataObject) =>
		[error.message, Array.isArray(error.path) && `(at ${error.path.join('.')})`]
			.filter(Boolean)
			.join(' '),
	);

/** A mutation says what it did not accept in its own result: `errors.attributes`. */
function payloadErrors(payload: unknown): string[] {
	const errors = isObject(payload) ? payload.errors : undefined;
	const attributes = isObject(errors) && Array.isArray(errors.attributes) ? errors.attributes : [];
	return attributes.filter(isObject).map(({ name, fullMessages, messages }) => {
		const sentences = fullMessages ?? messages;
		return Array.isArray(sentences) && sentences.length > 0
			? sentences.join(', ')
			: `${String(name)} is not valid`;
	});
}

/**
 * The data of a response.
 *
 * @throws NodeApiError when the response has errors
 */
export function dataOf(
	{ context, index }: ItemContext,
	{ data, errors }: QueryResult,
): IDataObject {
	if (errors.length === 0) return data;
	throw new NodeApiError(context.getNode(), { errors } as unknown as JsonObject, {
		message: errors.join('; '),
		description: 'Aha! rejected the GraphQL query. Check its fields and variables.',
		itemIndex: index,
	});
}

interface QuerySettings {
	readonly query: string;
	readonly variables: unknown;
	readonly followPages: boolean;
}

/** Runs a query or mutation that a person wrote. */
export const runGraphql: Handler<QuerySettings> = async (item) => {
	const { query, followPages } = item.settings;
	const variables = item.settings.variables as IDataObject;
	const read = async (values: IDataObject) =>
		dataOf(item, await sendQuery(item.client, query, values));
	if (followPages) return await pageItems(item, { query, variables, limit: Infinity }, read);
	return [{ json: await read(variables) }];
};

/** Checks the variables. */
export const checkGraphql: Check<QuerySettings> = (item) => {
	if (isObject(item.settings.variables)) return;
	throw itemError(item, '"Variables" must be an object', 'For example {"id": "PRJ1-12"}.');
};
