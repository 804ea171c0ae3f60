import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import { accountHost } from '../../../credentials/account';
import type { AhaRequest, BinaryStream, RawBody } from './types';
import { isStream } from '../values';
import { packageVersion } from '../version';
import { apiError, networkError, statusOf } from './errors';
import { parseJson } from './json';

/** Where n8n runs our code: a run, a poll, a delivery, an activation, or a form being filled in. */
export type AhaContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | IWebhookFunctions;

export interface AhaResponse {
	readonly status: number;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/** Requests to one account, signed in with the credential that the user picked. */
export interface AhaClient {
	/** The account's host, for example `mycompany.aha.io`. */
	readonly host: string;
	/**
	 * Sends one request to the account and gives the answer of a success.
	 *
	 * @throws NodeApiError with Aha!'s own message, the status and what to do about it
	 */
	send(request: AhaRequest): Promise<AhaResponse>;
}

/** n8n's name of the credential type for each choice of Authentication. */
const CREDENTIALS: Readonly<Record<string, string>> = {
	apiKey: 'ahaApiKey',
	oAuth2: 'ahaOAuth2Api',
};

/** How long one answer may take, in milliseconds; Aha!'s own limit is not documented. */
export const TIMEOUT = 60_000;

/**
 * A client for the node's credential.
 *
 * @throws UserError when the account domain names no account: before any request leaves
 */
export async function connect(context: AhaContext): Promise<AhaClient> {
	const authentication = context.getNodeParameter('authentication', 0) as string;
	const credentialType = CREDENTIALS[authentication];
	const { accountDomain } = await context.getCredentials(credentialType);
	const host = accountHost(accountDomain);

	const attempt = async (request: AhaRequest): Promise<IN8nHttpFullResponse> =>
		(await context.helpers.httpRequestWithAuthentication.call(
			context as IAllExecuteFunctions,
			credentialType,
			httpOptions(host, request, await request.openBody?.()),
		)) as IN8nHttpFullResponse;

	return {
		host,
		send: async (request) => {
			let response: IN8nHttpFullResponse;
			try {
				// n8n refreshes an OAuth2 token but cannot send a stream again: a new one goes along.
				const mayExpire = request.openBody && credentialType === CREDENTIALS.oAuth2;
				response = await attempt(request).catch(async (error: unknown) => {
					if (mayExpire && statusOf(error) === 401) return await attempt(request);
					throw error;
				});
			} catch (error) {
				throw networkError(context.getNode(), request, error);
			}
			const { statusCode: status, headers } = response;
			if (status >= (request.asFile ? 400 : 300)) {
				const body = isStream(response.body)
					? await readJson(response.body)
					: parseJson(response.body);
				throw apiError(context.getNode(), request, { status, headers, body });
			}
			return { status, headers, body: parseJson(response.body) };
		},
	};
}

/** Longest text, in bytes, in which an error's sentence is looked for. */
const ERROR_SIZE = 64 * 1024;

/** The JSON in a stream; empty where it holds none. */
async function readJson(stream: BinaryStream): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > ERROR_SIZE) return {};
	}
	return jsonParse(Buffer.concat(chunks).toString(), { fallbackValue: {} });
}

function httpOptions(host: string, request: AhaRequest, raw?: RawBody): IHttpRequestOptions {
	const content = raw?.content ?? request.body;
	return {
		method: request.method,
		url: `https://${host}${request.base ?? '/api/v1'}${request.path}`,
		qs: request.query,
		...(content && { body: content as IHttpRequestOptions['body'] }),
		headers: {
			Accept: request.asFile ? '*/*' : 'application/json',
			'User-Agent': `n8n-nodes-aha/${packageVersion}`,
			...(raw && { 'Content-Type': raw.contentType, 'Content-Length': String(raw.length) }),
			...request.headers,
		},
		...(request.asFile ? { encoding: 'stream' } : { json: true, encoding: 'text' }),
		returnFullResponse: true,
		// n8n refreshes an OAuth2 token when a 401 is thrown; all else is ours to explain.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		// An answer from another host would be no answer of Aha!'s API.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		allowedDomains: host,
		timeout: TIMEOUT,
	};
}
