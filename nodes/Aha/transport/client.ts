import type {
	IAllExecuteFunctions,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { accountHost } from '../../../credentials/account';
import type { AhaRequest } from './types';
import { packageVersion } from '../version';
import { apiError, networkError } from './errors';

/** Where n8n runs our code: while a workflow runs, polls, is activated, or its form is filled in. */
export type AhaContext =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions;

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
	 * Sends one request below `/api/v1` and gives the answer of a success.
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
const TIMEOUT = 60_000;

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

	return {
		host,
		send: async (request) => {
			const options = httpOptions(host, request);
			let response: IN8nHttpFullResponse;
			try {
				response = (await context.helpers.httpRequestWithAuthentication.call(
					context as IAllExecuteFunctions,
					credentialType,
					options,
				)) as IN8nHttpFullResponse;
			} catch (error) {
				throw networkError(context.getNode(), request, error);
			}
			const { statusCode: status, headers, body } = response;
			if (status >= 300) throw apiError(context.getNode(), request, { status, headers, body });
			return { status, headers, body };
		},
	};
}

function httpOptions(host: string, request: AhaRequest): IHttpRequestOptions {
	return {
		method: request.method,
		url: `https://${host}/api/v1${request.path}`,
		qs: request.query,
		...(request.body && { body: request.body }),
		headers: {
			Accept: 'application/json',
			'User-Agent': `n8n-nodes-aha/${packageVersion}`,
		},
		json: true,
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
