import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { connect } from '../transport/client';
import { isObject } from '../transport/json';
import type { Audit } from './change/change';
import { isAudit } from './change/change';
import { isFirstDelivery } from './deduplicator';
import { addFullRecords } from './change/fullRecord';
import { readSelection } from './properties';
import { isSameSecret } from './secret';
import { selected } from './change/selection';

/** Characters of a body: a change of a long text has both versions of it. */
const BODY_SIZE = 1_000_000;

/** What a person must set before the address may be called. */
export function assertProtected(context: {
	getNode: IWebhookFunctions['getNode'];
	getNodeParameter(name: string, fallback: string): unknown;
}): void {
	if (context.getNodeParameter('secret', '') === '') {
		throw new NodeOperationError(context.getNode(), 'Enter a secret for the address first', {
			description: 'Without one, whoever learns the address could start the workflow.',
		});
	}
}

/** One delivery of an activity webhook: starts the workflow with the change, if it is selected. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const refusal = refusalOf(context);
	if (refusal) return refuse(context, refusal.status, refusal.message);
	const { audit } = context.getBodyData() as { audit: Audit };
	const item = selected(audit, readSelection(context));
	if (!item) return { webhookResponse: { message: 'Not selected' } };
	if (!isNew(context, audit)) return { webhookResponse: { message: 'Delivered before' } };

	const start = { workflowData: [context.helpers.returnJsonArray([item])] };
	if (context.getNodeParameter('fullRecord', false) !== true) return start;
	// Aha! waits five seconds for an answer, and a record may take longer.
	context.getResponseObject().status(200).json({ message: 'Received' });
	item.fullRecordError = await addFullRecord(context, item);
	return { workflowData: [context.helpers.returnJsonArray([item])], noWebhookResponse: true };
}

interface Refusal {
	readonly status: number;
	readonly message: string;
}

/** Why a request is not let in, if so. A stranger learns nothing but that it is not. */
function refusalOf(context: IWebhookFunctions): Refusal | undefined {
	const secret = String(context.getNodeParameter('secret', ''));
	const header = context.getNodeParameter('header.value', {}) as IDataObject;
	const query = context.getQueryData() as IDataObject;
	const isLetIn = secret !== '' && isSameSecret(query.secret, secret) && hasHeader(context, header);
	if (!isLetIn) return { status: 401, message: 'Unauthorized' };
	const body: unknown = context.getBodyData();
	if (JSON.stringify(body).length > BODY_SIZE) return { status: 413, message: 'Too large' };
	if (!isObject(body) || body.event !== 'audit' || !isAudit(body.audit)) {
		return { status: 400, message: 'Not a delivery of an activity webhook' };
	}
	return undefined;
}

function hasHeader(context: IWebhookFunctions, { name, content }: IDataObject): boolean {
	if (name === undefined || name === '') return true;
	const given = (context.getHeaderData() as IDataObject)[String(name).toLowerCase()];
	return isSameSecret(given, String(content));
}

function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

function isNew(context: IWebhookFunctions, audit: Audit): boolean {
	if (context.getMode() === 'manual') return true;
	const key = `${String(context.getWorkflow().id)}:${context.getNode().id}`;
	return isFirstDelivery(key, context.getWorkflowStaticData('node'), audit.id);
}

/** Adds the record; gives the reason where it could not be read: the change counts all the same. */
async function addFullRecord(
	context: IWebhookFunctions,
	item: IDataObject,
): Promise<string | null> {
	const read = async () => await addFullRecords(await connect(context), [item]);
	return await read().then(
		() => null,
		({ message }: Error) => {
			item.fullRecord = null;
			return message;
		},
	);
}
