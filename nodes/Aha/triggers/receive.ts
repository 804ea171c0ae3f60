import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { connect } from '../transport/client';
import { isObject } from '../transport/json';
import { parseAuditEntry } from './change/auditEntry';
import type { Change } from './change/change';
import { createSelect } from './change/selection';
import { isFirstDelivery } from './deduplicator';
import { addFullRecords } from './fullRecord';
import { readSelection } from './properties';
import { isSameSecret } from './secret';

/** Characters of a body: a change to a long text has both versions of it. */
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
	if (!isNew(context, change)) return { webhookResponse: { message: 'Already delivered' } };

	if (context.getNodeParameter('fullRecord', false) !== true) {
		return { workflowData: [context.helpers.returnJsonArray([item])] };
	}
	// Aha! waits five seconds for a response, and reading the record may take longer.
	context.getResponseObject().status(200).json({ message: 'Received' });
	item.fullRecordError = await addFullRecord(context, item);
	return { workflowData: [context.helpers.returnJsonArray([item])], noWebhookResponse: true };
}

interface Refusal {
	readonly status: number;
	readonly message: string;
}

/** The change in a delivery, or why it is refused. Strangers learn nothing but that they are. */
function readDelivery(context: IWebhookFunctions): { readonly change: Change } | Refusal {
	const secret = String(context.getNodeParameter('secret', ''));
	const header = context.getNodeParameter('header.value', {}) as IDataObject;
	const query = context.getQueryData() as IDataObject;
	const isAllowed =
		secret !== '' && isSameSecret(query.secret, secret) && hasHeader(context, header);
	if (!isAllowed) return { status: 401, message: 'Unauthorized' };
	const body: unknown = context.getBodyData();
	if (JSON.stringify(body).length > MAX_BODY_LENGTH) return { status: 413, message: 'Too large' };
	const change = isObject(body) && body.event === 'audit' ? parseAuditEntry(body.audit) : undefined;
	return change ? { change } : { status: 400, message: 'Not an activity webhook delivery' };
}

function hasHeader(context: IWebhookFunctions, { name, content }: IDataObject): boolean {
	if (name === undefined || name === '') return true;
	const given = (context.getHeaderData() as IDataObject)[String(name).toLowerCase()];
	return isSameSecret(given, String(content));
}

function refuse(context: IWebhookFunctions, { status, message }: Refusal): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

function isNew(context: IWebhookFunctions, { id }: Change): boolean {
	if (context.getMode() === 'manual') return true;
	const key = `${String(context.getWorkflow().id)}:${context.getNode().id}`;
	return isFirstDelivery(key, context.getWorkflowStaticData('node'), id);
}

/** Adds the record, or gives the reason why it cannot be read: the change is emitted anyway. */
async function addFullRecord(
	context: IWebhookFunctions,
	item: IDataObject,
): Promise<string | null> {
	try {
		await addFullRecords(await connect(context), [item]);
		return null;
	} catch (error) {
		item.fullRecord = null;
		return (error as Error).message;
	}
}
