import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import { resources } from '../../nodes/Aha/resources';
import { execute } from '../../nodes/Aha/run/execute';

/** What the fake Aha! sends back; status 200 unless given. */
export interface FakeResponse {
	status?: number;
	headers?: IDataObject;
	body?: unknown;
}

export type Sent = IHttpRequestOptions & { qs: IDataObject };

const node = { name: 'Aha!', type: 'aha', typeVersion: 1, parameters: {} } as unknown as INode;

const at = (value: unknown, key: string): unknown => (value as IDataObject | undefined)?.[key];

/** Aha!'s side of a conversation that nothing slows down. */
const NO_LIMITS = { 'ratelimit-policy': '1000000;w=1' };

/** n8n's own helpers that a test replaces, such as those for files. */
type Helpers = Partial<Record<keyof IExecuteFunctions['helpers'], unknown>>;

export interface RunOptions {
	readonly helpers?: Helpers;
	readonly items?: INodeExecutionData[];
	readonly continueOnFail?: boolean;
	readonly timezone?: string;
	/** The value of a parameter for one item; that of the form where it is undefined. */
	readonly parameterOf?: (name: string, index: number) => unknown;
	readonly sendMessageToUI?: IExecuteFunctions['sendMessageToUI'];
	readonly addExecutionHints?: IExecuteFunctions['addExecutionHints'];
	/** What n8n knows of the node beyond its parameters, such as Retry On Fail. */
	readonly node?: Partial<INode>;
	readonly executionId?: string;
	readonly runIndex?: number;
}

/**
 * Runs one operation of the node, without n8n around it.
 *
 * @param parameters the values of the form
 * @param respond Aha!'s side of the conversation: the response to each request, by its path and number
 */
export async function runNode(
	parameters: IDataObject,
	respond: (request: Sent, path: string, index: number) => FakeResponse | Promise<FakeResponse>,
	options: RunOptions = {},
): Promise<{ items: INodeExecutionData[]; sent: Sent[] }> {
	const { items: input = [{ json: {} }], parameterOf = () => undefined } = options;
	const sent: Sent[] = [];
	const form: IDataObject = { authentication: 'apiKey', ...parameters };
	const context = {
		getNode: () => ({ ...node, ...options.node }),
		getExecutionId: () => options.executionId ?? '1',
		evaluateExpression: () => options.runIndex ?? 0,
		getInputData: () => input,
		getTimezone: () => options.timezone ?? 'UTC',
		continueOnFail: () => options.continueOnFail ?? false,
		getExecutionCancelSignal: () => undefined,
		getCredentials: async () => ({ accountDomain: 'mycompany', apiKey: 'sandbox-key-1' }),
		sendMessageToUI: options.sendMessageToUI ?? (() => undefined),
		addExecutionHints: options.addExecutionHints ?? (() => undefined),
		getNodeParameter: (name: string, index: number, fallback?: unknown) => {
			const value =
				parameterOf(name, index) ??
				name.split('.').reduce<unknown>((inner, key) => at(inner, key), form) ??
				fallback;
			if (value === undefined) throw new Error(`Could not get parameter "${name}"`);
			return value;
		},
		helpers: {
			...options.helpers,
			returnJsonArray: (records: IDataObject[]) => records.map((json) => ({ json })),
			constructExecutionMetaData: (
				items: INodeExecutionData[],
				{ itemData: pairedItem }: { itemData: { item: number } },
			) => items.map((item) => ({ ...item, pairedItem })),
			httpRequestWithAuthentication: async (_type: string, request: Sent) => {
				sent.push(request);
				const {
					status = 200,
					headers = {},
					body,
				} = await respond(request, new URL(request.url).pathname, sent.length - 1);
				// n8n throws what it takes for a token that has expired, once it has refreshed it.
				if (status === 401 && request.ignoreHttpStatusErrors !== true) {
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
