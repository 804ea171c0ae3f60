import type { IAllExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import type { AhaContext, Credential } from './credential';
import { FILE_TIME, RESPONSE_TIME, TIMEOUT, within } from './deadline';
import { causeOf } from './errors';
import type { AhaRequest, AhaResponse, BinaryStream, RawBody } from './types';
import { isStream } from './types';
import { packageVersion } from './version';

export interface HttpOptions {
	/** Cancels the request. */
	readonly controller: AbortController;
	/** Whether n8n may refresh the OAuth2 token when the response is a 401. */
	readonly refreshesToken: boolean;
}

/**
 * Sends one request through n8n's helper.
 *
 * @returns the response, whatever its status; its body is text, or a stream for a file
 * @throws what n8n throws when there is no response
 */
export async function sendHttp(
	context: AhaContext,
	credential: Credential,
	request: AhaRequest,
	{ controller, refreshesToken }: HttpOptions,
): Promise<AhaResponse> {
	const { signal } = controller;
	const raw = await request.openBody?.();
	const options: IHttpRequestOptions = {
		...httpOptions(credential.host, request, raw),
		abortSignal: signal,
		// n8n refreshes an OAuth2 token when a 401 is thrown.
		ignoreHttpStatusErrors: !refreshesToken,
	};
	const { httpRequestWithAuthentication } = context.helpers;
	try {
		const response = (await within(
			raw ? FILE_TIME : RESPONSE_TIME,
			httpRequestWithAuthentication
				.call(withCancelSignal(context, signal), credential.type, options, credential.decrypted)
				.catch((error: unknown) => responseOf(error, refreshesToken)),
			{ signal, giveUp: () => controller.abort() },
		)) as IN8nHttpFullResponse;
		const { statusCode: status, headers, body } = response;
		return { status, headers, body };
	} finally {
		// A file that could not be sent is still open.
		if (isStream(raw?.content)) raw.content.destroy();
	}
}

/** The context with another cancel signal, from which n8n takes that of a request. */
const withCancelSignal = (context: AhaContext, signal: AbortSignal): IAllExecuteFunctions =>
	Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IAllExecuteFunctions;

/**
 * The response in what n8n threw for its status; other errors are thrown again. The error of a
 * response that broke off carries one, too: its status is one of success, and its body is cut.
 */
function responseOf(error: unknown, throwsForStatus: boolean): IN8nHttpFullResponse {
	const { response } = causeOf(error);
	if (!throwsForStatus || !response || response.status < 300) throw error;
	return { statusCode: response.status, headers: response.headers, body: response.data as never };
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
			...(request.asFile && UNCOMPRESSED),
			...(raw && { 'Content-Type': raw.contentType, 'Content-Length': String(raw.length) }),
			...request.headers,
		},
		...(request.asFile ? { encoding: 'stream' } : { json: true, encoding: 'text' }),
		returnFullResponse: true,
		// A response from another host would not be Aha!'s.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		allowedDomains: host,
		timeout: TIMEOUT,
	};
}

/** Asks for a file as it is: whether a compressed one is whole is hard to tell. */
export const UNCOMPRESSED = { 'Accept-Encoding': 'identity' } as const;

/** Longest error body that is read, in bytes. */
const ERROR_SIZE = 64 * 1024;

/** The body of an error as text or JSON, also where a file was expected. */
export const errorBody = async (body: unknown): Promise<unknown> =>
	isStream(body) ? await readJson(body) : body;

/** The JSON in a stream; an empty object where it holds none. */
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
