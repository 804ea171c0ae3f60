import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { NodeApiError } from 'n8n-workflow';

import type { AhaContext } from '../../../nodes/Aha/transport/credential';
import type { AhaRequest } from '../../../nodes/Aha/transport/types';

export interface Call {
	readonly type: string;
	readonly options: IHttpRequestOptions;
	readonly decrypted: unknown;
	readonly signal: AbortSignal | undefined;
}

export type Reply = { status?: number; headers?: IDataObject; body?: unknown } | Error;

let hosts = 0;

/** A context of n8n's, and the requests that go through it. */
export function contextWith(
	reply: (call: Call, index: number) => Reply | Promise<Reply>,
	{
		authentication = 'apiKey',
		id,
		signal,
		accountDomain = `client-${hosts++}`,
		token,
	}: {
		authentication?: string;
		id?: string;
		signal?: AbortSignal;
		accountDomain?: string;
		/** The access token that n8n has stored now. */
		token?: () => string;
	} = {},
) {
	const calls: Call[] = [];
	const type = authentication === 'apiKey' ? 'ahaApiKey' : 'ahaOAuth2Api';
	const context = {
		getNode: () => ({ name: 'Aha!', credentials: { [type]: { id } } }),
		getNodeParameter: () => authentication,
		getExecutionCancelSignal: () => signal,
		getCredentials: async () => ({
			...{ accountDomain, apiKey: 'sandbox-key-unit' },
			...(token && { oauthTokenData: { access_token: token() } }),
		}),
		helpers: {
			async httpRequestWithAuthentication(
				this: IExecuteFunctions,
				credentialType: string,
				options: IHttpRequestOptions,
				decrypted: unknown,
			) {
				const call = {
					type: credentialType,
					options,
					decrypted,
					signal: this.getExecutionCancelSignal(),
				};
				calls.push(call);
				const answered = await reply(call, calls.length - 1);
				if (answered instanceof Error) throw answered;
				const { status = 200, headers = {}, body } = answered;
				return { statusCode: status, headers, body };
			},
		},
	} as unknown as AhaContext;
	return { context, calls, host: `${accountDomain}.aha.io` };
}

export const GET: AhaRequest = { method: 'GET', path: '/features', query: { q: 'x' } };
export const POST: AhaRequest = { method: 'POST', path: '/features', query: {}, body: { a: 1 } };

export const failed = async (task: Promise<unknown>): Promise<NodeApiError> => {
	const error = (await task.catch((thrown: unknown) => thrown)) as NodeApiError;
	expect(error).toBeInstanceOf(Error);
	return error;
};
