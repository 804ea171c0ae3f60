import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { fillEndpoint } from '../schema/endpoints';
import type { Endpoint, Step, Steps } from '../schema/types';
import { fileOf, multipart, openDownload } from '../transport/files';
import type { AhaRequest } from '../transport/types';
import { isObject } from '../transport/json';
import { ask, failure, settingsOf, statusOf } from './common';

/** Aha!'s name of the file in an upload. */
const FILE_FIELD = 'attachment[data]';

/**
 * Uploads the file of an item, streamed.
 *
 * @param toDescription the endpoint that takes files for the description of a record
 */
export const upload =
	(toDescription: Endpoint): Steps =>
	async (step) => {
		const { context, index } = step;
		const { binaryPropertyName, skipDuplicates } = settingsOf(step);
		const file = await fileOf(context, index, String(binaryPropertyName));
		const target = await attachable(step, toDescription);
		return await asItem(step, {
			...target,
			// Any value makes Aha! compare; only files that were sent with one are compared.
			...(skipDuplicates === true && { headers: { 'If-None-Match': 'n8n' } }),
			openBody: async () => await multipart(FILE_FIELD, file),
		});
	};

/**
 * Attaches a link, of which Aha! keeps the address.
 *
 * @param toDescription the endpoint that takes files for the description of a record
 */
export const attachLink =
	(toDescription: Endpoint): Steps =>
	async (step) => {
		const { body } = step.request;
		return await asItem(step, { ...(await attachable(step, toDescription)), body });
	};

/** Where the file goes: what the form names, or the description of the record that it names. */
async function attachable(step: Step, toDescription: Endpoint) {
	const { method, path, query } = step.request;
	if (method === 'POST') return { method, path };
	const [record] = Object.values(await ask(step, { method, path, query })).filter(isObject);
	const note = record && descriptionOf(record);
	if (!note) throw failure(step, 'This record has no description', 'Attach the file elsewhere.');
	return fillEndpoint(toDescription, { note_id: String(note.id) });
}

/** The description of a record; Aha! calls that of a release its theme. */
const descriptionOf = ({ description, theme }: IDataObject): IDataObject | undefined =>
	[description, theme].filter(isObject)[0];

/** The attachment that Aha! made, or the one that was there when duplicates are skipped. */
async function asItem(
	step: Step,
	request: Pick<AhaRequest, 'method' | 'path'> & Partial<AhaRequest>,
): Promise<INodeExecutionData[]> {
	const { attachment } = await ask(step, request).catch((error: unknown) => {
		if (!(error instanceof NodeApiError) || statusOf(error) !== 412) throw error;
		const { attachmentId, attachmentUrl } = error.context.data as IDataObject;
		return { attachment: { id: attachmentId, download_url: attachmentUrl, duplicate: true } };
	});
	return [{ json: attachment as IDataObject }];
}

/** Downloads the file behind one download link, as binary data. */
export const download: Steps = async (step) => {
	const { downloadUrl } = settingsOf(step);
	const { host } = step.client;
	const url = URL.canParse(String(downloadUrl)) ? new URL(String(downloadUrl)) : undefined;
	if (url?.host !== host) {
		throw failure(
			step,
			'"Download URL" must be a link into the account of the credential',
			`It starts with https://${host}/ and stands in the download_url of an attachment.`,
		);
	}
	return [await asBinary(step, { download_url: url.href })];
};

/** Downloads the files of a record: its own, those of its description and its custom fields. */
export const downloadAll: Steps = async (step) => {
	const { method, path, query } = step.request;
	const [record] = Object.values(await ask(step, { method, path, query })).filter(isObject);
	const items: INodeExecutionData[] = [];
	for (const attachment of attachmentsOf(record ?? {}))
		items.push(await asBinary(step, attachment));
	return items;
};

/** All attachments of a record, each once. */
export function attachmentsOf(record: IDataObject): IDataObject[] {
	const customFields = Array.isArray(record.custom_fields) ? record.custom_fields : [];
	const holders = [record, descriptionOf(record), ...customFields].filter(isObject);
	const all = holders.flatMap(({ attachments }) => (Array.isArray(attachments) ? attachments : []));
	const byId = new Map(all.filter(isObject).map((attachment) => [attachment.id, attachment]));
	return [...byId.values()];
}

async function asBinary(step: Step, attachment: IDataObject): Promise<INodeExecutionData> {
	const { context, client } = step;
	const { binaryPropertyName } = settingsOf(step);
	const { stream, headers } = await openDownload(context, client, String(attachment.download_url));
	const name = attachment.file_name ?? fileName(headers['content-disposition']) ?? 'attachment';
	const type = attachment.content_type ?? headers['content-type'];
	const binary = await context.helpers.prepareBinaryData(
		stream,
		// Nothing but a name: n8n takes what stands before a slash for a folder.
		String(name).replace(/[\\/]/g, '_'),
		typeof type === 'string' ? type.split(';')[0] : undefined,
	);
	return {
		json: attachment,
		binary: { [String(binaryPropertyName)]: binary },
	};
}

/** The file name in the header of an answer, in either of its two forms. */
function fileName(header: unknown): string | undefined {
	const [, encoded] = String(header).match(/filename\*=UTF-8''([^;]+)/i) ?? [];
	if (encoded) return decodeURIComponent(encoded);
	return String(header).match(/filename="?([^";]+)"?/i)?.[1];
}
