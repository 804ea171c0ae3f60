import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import { execute } from '../../../nodes/Aha/run/execute';
import { resources } from '../../../nodes/Aha/resources';

export interface Answer {
	status?: number;
	headers?: IDataObject;
	body?: unknown;
}

export type Sent = IHttpRequestOptions & { qs: IDataObject };

const node = { name: 'Aha!', type: 'aha', typeVersion: 1, parameters: {} } as unknown as INode;

const at = (value: unknown, key: string): unknown => (value as IDataObject | undefined)?.[key];

/** Aha!'s side of a conversation that nothing slows down. */
const NO_LIMITS = { 'ratelimit-policy': '1000000;w=1' };

/** n8n's own helpers that a test puts in place, such as those for files. */
type Helpers = Partial<Record<keyof IExecuteFunctions['helpers'], unknown>>;

/**
 * Runs one operation of the node for one item, without n8n around it.
 *
 * @param parameters what stands in the form
 * @param answer Aha!'s side of the conversation
 */
export async function runNode(
	parameters: IDataObject,
	answer: (request: Sent, path: string) => Answer | Promise<Answer>,
	helpers: Helpers = {},
): Promise<{ items: INodeExecutionData[]; sent: Sent[] }> {
	const sent: Sent[] = [];
	const all: IDataObject = { authentication: 'apiKey', ...parameters };
	const context = {
		getNode: () => node,
		getInputData: () => [{ json: {} }],
		getTimezone: () => 'UTC',
		continueOnFail: () => false,
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => ({ accountDomain: 'mycompany', apiKey: 'sandbox-key-1' }),
		getNodeParameter: (name: string, _index: number, fallback?: unknown) => {
			const value =
				name.split('.').reduce<unknown>((inner, key) => at(inner, key), all) ?? fallback;
			if (value === undefined) throw new Error(`Could not get parameter "${name}"`);
			return value;
		},
		helpers: {
			...helpers,
			returnJsonArray: (items: IDataObject[]) => items.map((json) => ({ json })),
			constructExecutionMetaData: (items: INodeExecutionData[]) => items,
			httpRequestWithAuthentication: async (_type: string, options: Sent) => {
				sent.push(options);
				const {
					status = 200,
					headers = {},
					body,
				} = await answer(options, new URL(options.url).pathname);
				// n8n throws what it takes for a token that has expired, once it has renewed it.
				if (status === 401 && options.ignoreHttpStatusErrors !== true) {
					const response = { status, headers, data: body };
					throw Object.assign(new Error('Request failed with status code 401'), { response });
				}
				return { statusCode: status, headers: { ...NO_LIMITS, ...headers }, body };
			},
		},
	} as unknown as IExecuteFunctions;
	const [items] = await execute(context, resources);
	return { items, sent };
}

/** The JSON of each item. */
export const jsonOf = ({ items }: { items: INodeExecutionData[] }): IDataObject[] =>
	items.map(({ json }) => json);
