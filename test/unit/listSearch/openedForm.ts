import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { methods } from '../../../nodes/Aha/listSearch';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export interface Sent {
	readonly url: string;
	readonly qs?: IDataObject;
	readonly body?: IDataObject;
}

/** A form with what is chosen there already, and what it asks Aha! for. */
export function form(
	chosen: IDataObject,
	body: unknown,
	respond: (path: string) => unknown = () => body,
) {
	const sent: Sent[] = [];
	const all: IDataObject = { authentication: 'apiKey', ...chosen };
	const context = {
		getNode: () => ({ name: 'Aha!' }),
		getTimezone: () => 'UTC',
		getNodeParameter: (name: string) => all[name],
		getCurrentNodeParameter: (name: string) => all[name],
		getCredentials: async () => ({ accountDomain: 'mycompany', apiKey: 'sandbox-key-1' }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, request: Sent) => {
				sent.push(request);
				return { statusCode: 200, headers: {}, body: respond(pathOf(request)) };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	return { context, sent };
}

/** One page of a list in the form. */
export async function page(list: string, chosen: IDataObject, body: unknown, filter?: string) {
	const { context, sent } = form(chosen, body);
	const { results, paginationToken } = await methods.listSearch[list].call(context, filter);
	return { results, paginationToken, sent };
}

export const pathOf = ({ url }: Sent): string => new URL(url).pathname;
