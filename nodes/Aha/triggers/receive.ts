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
import type { Refusal } from './refusal';
import { refuse } from './refusal';
import { isSameSecret } from './secret';

/** Bytes of a body: a change to a long text has both versions of it. */
const MAX_BODY_LENGTH = 1_000_000;

/** What a person can choose as the secret: it is a part of the URL, and nobody may guess it. */
const OWN_SECRET = /^[\w-]{16,128}$/;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Asserts that nobody can guess the URL of a trigger. It ends in the secret: the one that a person
 * chose, or else the random id that n8n gave the node.
 *
 * @throws NodeOperationError when the secret is weak
 */
export function assertProtected(context: {
	getNode: IWebhookFunctions['getNode'];
	getNodeParameter(name: string, fallback: string): unknown;
}): void {
	const node = context.getNode();
	const secret = context.getNodeParameter('secret', '');
	if (secret === '' ? UUID.test(node.id) : OWN_SECRET.test(String(secret))) return;
	throw new NodeOperationError(node, 'Choose another secret', {
		description:
			secret === ''
				? 'n8n gave this node no random ID. Enter a secret, or add the node again.'
				: 'A secret has 16 to 128 letters, digits, hyphens or underscores, so that nobody can guess it and it fits into the URL.',
	});
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

const PENDING: Refusal = {
	status: 503,
	message: 'The same delivery is being recorded',
	reason: 'n8n is still recording the same delivery',
};

const UNAUTHORIZED = { status: 401, message: 'Unauthorized' };

const unreadable = (what: string, body?: unknown): Refusal => ({
	status: 400,
	message: `Not an activity webhook delivery: ${what}`,
	reason: `This is not an activity of Aha!: ${what}`,
	body,
});

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** The change in a delivery, or why it is refused. Strangers learn nothing but that they are. */
function readDelivery(context: IWebhookFunctions): { readonly change: Change } | Refusal {
	// n8n sends here what has the secret at its end, and any other URL of this node to `setup`.
	if (context.getWebhookName() !== 'default') {
		const { webhookId = '' } = context.getNode();
		const isMissing = (context.getParamsData() as IDataObject)[webhookId] === undefined;
		const reason = isMissing
			? 'The secret at the end of the URL is missing'
			: 'The secret at the end of the URL is wrong';
		return { ...UNAUTHORIZED, reason: `${reason}. Copy the URL from this node into Aha! again` };
	}
	const header = refusedHeader(context);
	if (header) return { ...UNAUTHORIZED, reason: header };
	const { 'content-type': contentType } = context.getHeaderData() as IDataObject;
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	if (!JSON_TYPE.test(String(contentType))) {
		return unreadable('the content type is not application/json');
	}
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return unreadable('the body is empty');
	if (rawBody.length > MAX_BODY_LENGTH) return TOO_LARGE;
	// n8n parses the body too, and rounds the ids that are numbers.
	const body = parseJson(rawBody.toString().replace(/^\uFEFF/, ''));
	if (!isObject(body)) return unreadable('the body is no JSON object');
	if (body.event !== 'audit') return unreadable('"event" is not "audit"', body);
	const change = parseAuditEntry(body.audit);
	return change ? { change } : unreadable('"audit" is no entry of the history', body);
}

const TOO_LARGE: Refusal = {
	status: 413,
	message: 'Too large',
	reason: `The body is over ${String(MAX_BODY_LENGTH)} bytes`,
};

/** What is wrong with the header that the form asks for; nothing if it asks for none. */
function refusedHeader(context: IWebhookFunctions): string | undefined {
	const header: unknown = context.getNodeParameter('header.value', {});
	const { name, content } = isObject(header) ? header : {};
	if (typeof name !== 'string' || name === '') return undefined;
	const given = (context.getHeaderData() as IDataObject)[name.toLowerCase()];
	if (given === undefined) return `The header ${name} is missing`;
	return isSameSecret(given, String(content)) ? undefined : `The header ${name} is wrong`;
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
