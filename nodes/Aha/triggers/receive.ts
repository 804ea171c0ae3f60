import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { connect } from '../transport/client';
import { isObject, parseJson } from '../transport/json';
import { wait } from '../transport/wait';
import { parseAuditEntry } from './change/auditEntry';
import type { Change } from './change/change';
import { createSelect } from './change/selection';
import { takeDelivery } from './deduplicator';
import { addFullRecords } from './fullRecord';
import { readSelection } from './properties';
import { isSameSecret } from './secret';

/** Bytes of a body: a change to a long text has both versions of it. */
const MAX_BODY_LENGTH = 1_000_000;

/** @throws NodeOperationError when no secret is set: then nobody may call the URL */
export function assertProtected(context: {
	getNode: IWebhookFunctions['getNode'];
	getNodeParameter(name: string, fallback: string): unknown;
}): void {
	if (context.getNodeParameter('secret', '') === '') {
		throw new NodeOperationError(context.getNode(), 'Enter a secret first', {
			description: 'Without a secret, anyone who learns the URL can start the workflow.',
		});
	}
}

/** Handles one delivery of an activity webhook: starts the workflow if its change is selected. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const delivery = readDelivery(context);
	if ('status' in delivery) return refuse(context, delivery);
	const { change } = delivery;
	const item = createSelect(readSelection(context))(change);
	if (!item) return { webhookResponse: { message: 'Not selected' } };
	const delivered = isDelivered(context, change);
	if (delivered === 'repeated') return { webhookResponse: { message: 'Already delivered' } };
	if (delivered === 'pending') return refuse(context, PENDING);

	const hasRecord = context.getNodeParameter('fullRecord', false) === true;
	const isInTime = !hasRecord || (await addFullRecord(context, item));
	const workflowData = [context.helpers.returnJsonArray([item])];
	return isInTime ? { workflowData } : { workflowData, noWebhookResponse: true };
}

interface Refusal {
	readonly status: number;
	readonly message: string;
}

const UNREADABLE: Refusal = { status: 400, message: 'Not an activity webhook delivery' };
const PENDING: Refusal = { status: 503, message: 'The same delivery is being recorded' };

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** The change in a delivery, or why it is refused. Strangers learn nothing but that they are. */
function readDelivery(context: IWebhookFunctions): { readonly change: Change } | Refusal {
	const secret = String(context.getNodeParameter('secret', ''));
	const query = context.getQueryData() as IDataObject;
	const isAllowed = secret !== '' && isSameSecret(query.secret, secret) && hasHeader(context);
	if (!isAllowed) return { status: 401, message: 'Unauthorized' };
	const { 'content-type': contentType } = context.getHeaderData() as IDataObject;
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	if (!JSON_TYPE.test(String(contentType)) || !Buffer.isBuffer(rawBody)) return UNREADABLE;
	if (rawBody.length > MAX_BODY_LENGTH) return { status: 413, message: 'Too large' };
	// n8n parses the body too, and rounds the ids that are numbers.
	const body = parseJson(rawBody.toString().replace(/^\uFEFF/, ''));
	const change = isObject(body) && body.event === 'audit' ? parseAuditEntry(body.audit) : undefined;
	return change ? { change } : UNREADABLE;
}

/** Whether a delivery has the header that the form asks for, if it asks for one. */
function hasHeader(context: IWebhookFunctions): boolean {
	const header: unknown = context.getNodeParameter('header.value', {});
	const { name, content } = isObject(header) ? header : {};
	if (typeof name !== 'string' || name === '') return true;
	const given = (context.getHeaderData() as IDataObject)[name.toLowerCase()];
	return isSameSecret(given, String(content));
}

function refuse(context: IWebhookFunctions, { status, message }: Refusal): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** A change without a readable id counts each time, as it cannot be told from others. */
function isDelivered(context: IWebhookFunctions, { id }: Change) {
	if (context.getMode() === 'manual' || id === null) return 'first';
	const key = `${String(context.getWorkflow().id)}:${context.getNode().id}`;
	const staticData = context.getWorkflowStaticData('node');
	return takeDelivery(key, staticData, id, context.getResponseObject());
}

/** Aha! waits five seconds for a response, in milliseconds; this leaves time to record the run. */
const LONGEST_WAIT = 3_000;

/**
 * Adds the record, or the reason why it cannot be read: the change is emitted anyway. If that takes
 * long, responds to Aha! meanwhile.
 *
 * @returns whether n8n can still respond, once it has recorded the run
 */
async function addFullRecord(context: IWebhookFunctions, item: IDataObject): Promise<boolean> {
	const reading = readFullRecord(context, item);
	const done = new AbortController();
	const tooLate = wait(LONGEST_WAIT, done.signal).then(() => false);
	const isInTime = await Promise.race([reading, tooLate]);
	done.abort();
	if (!isInTime) context.getResponseObject().status(200).json({ message: 'Received' });
	await reading;
	return isInTime;
}

async function readFullRecord(context: IWebhookFunctions, item: IDataObject): Promise<true> {
	try {
		await addFullRecords(await connect(context), [item]);
	} catch (error) {
		item.full_record = null;
		item.full_record_error = (error as Error).message;
	}
	return true;
}
