import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isObject } from '../transport/json';

/** Why a request starts no workflow. */
export interface Refusal {
	readonly status: number;
	/** What the sender learns. */
	readonly message: string;
	/** What the owner of the workflow learns: the reason, and what to do. Holds no secret. */
	readonly reason: string;
	/** The body, if it could be read. */
	readonly body?: unknown;
}

/**
 * Refuses a request. Says why, and what arrived: in the panel to a person who listens for a test
 * event, or else in n8n's log. A failed execution for each would let strangers fill the database.
 *
 * @throws NodeOperationError with the reason, to a person who tries the trigger
 */
export function refuse(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	const { status, message, reason } = refusal;
	const arrived = `Received: ${whatArrived(context, refusal)}`;
	if (context.getMode() === 'manual') {
		throw new NodeOperationError(context.getNode(), reason, { description: arrived });
	}
	context.logger.warn(`"${context.getNode().name}" refused a request: ${reason}. ${arrived}`);
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Characters shown of what a sender wrote, and names of a body's keys. */
const MAX_LENGTH = 60;
const MAX_KEYS = 10;

/** A request in words, without its values: `POST, application/json, 120 bytes with "event"`. */
function whatArrived(context: IWebhookFunctions, { body }: Refusal): string {
	const { method = 'POST', rawBody } = context.getRequestObject() as {
		method?: string;
		rawBody?: unknown;
	};
	const { 'content-type': contentType } = context.getHeaderData() as IDataObject;
	const type = contentType === undefined ? 'no content type' : quoted(contentType);
	const size = Buffer.isBuffer(rawBody) ? rawBody.length : 0;
	return `${method}, ${type}, ${String(size)} bytes${keysOf(body)}`;
}

function keysOf(body: unknown): string {
	if (!isObject(body)) return '';
	const keys = Object.keys(body).slice(0, MAX_KEYS).map(quoted);
	return keys.length === 0 ? ', an empty object' : `, with ${keys.join(', ')}`;
}

/** A sender's text that cannot pass for another line of the log. */
const quoted = (text: unknown): string => JSON.stringify(String(text).slice(0, MAX_LENGTH));
