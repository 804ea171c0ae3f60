import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, sanitizeFilename } from 'n8n-workflow';

import type {
	Check,
	Handler,
	ItemContext,
	RequestContext,
	RequestHandler,
} from '../schema/handler';
import { fileNameIn } from '../transport/fileName';
import { fileOf, multipart, openDownload } from '../transport/files';
import { isObject } from '../transport/json';
import type { RequestLine } from './common';
import { itemError, requestJson, statusOf } from './common';

/** Aha!'s name of the file in an upload. */
const FILE_FIELD = 'attachment[data]';

/** The request that attaches something to a description, by the ID of the description. */
type AttachTo = (noteId: string) => RequestLine;

/** Uploads the file of an item, streamed. */
export const upload =
	(
		toDescription: AttachTo,
	): RequestHandler<{ binaryPropertyName: string; skipDuplicates: boolean }> =>
	async (item) => {
		const { context, index, settings } = item;
		const file = await fileOf(context, index, settings.binaryPropertyName);
		return await attach(item, {
			...(await attachable(item, toDescription)),
			// Any value makes Aha! compare. It only compares with files that were sent with one.
			...(settings.skipDuplicates && { headers: { 'If-None-Match': 'n8n' } }),
			openBody: async () => await multipart(FILE_FIELD, file),
		});
	};

/** Checks that the item has the file. */
export const checkUpload: Check<{ binaryPropertyName: string }> = ({
	context,
	index,
	settings: { binaryPropertyName },
}) => void context.helpers.assertBinaryData(index, binaryPropertyName);

/** Attaches a link; Aha! stores its URL. */
export const attachLink =
	(toDescription: AttachTo): RequestHandler =>
	async (item) =>
		await attach(item, {
			...(await attachable(item, toDescription)),
			body: item.request.body,
		});

/** Where the file goes: to the place in the form, or to the description of the record there. */
async function attachable(item: RequestContext, toDescription: AttachTo): Promise<RequestLine> {
	const { method, path } = item.request;
	if (method === 'POST') return { method, path };
	const note = descriptionOf(await recordOf(item));
	if (!note) {
		throw itemError(item, 'This record has no description', 'Attach the file to something else.');
	}
	return toDescription(String(note.id));
}

/** The record that the form names. */
async function recordOf(item: RequestContext): Promise<IDataObject> {
	const { method, path, query, returns = '' } = item.request;
	const response = await requestJson(item, { method, path, query, returns });
	return Object.values(response).find(isObject) ?? {};
}

/** The description of a record; Aha! calls that of a release its theme. */
const descriptionOf = ({ description, theme }: IDataObject): IDataObject | undefined =>
	[description, theme].filter(isObject)[0];

/** Creates an attachment; where duplicates are skipped, gives the one that was there. */
async function attach(item: ItemContext, request: RequestLine): Promise<INodeExecutionData[]> {
	const expected = { ...request, returns: 'attachment' };
	const body = await requestJson(item, expected).catch((error: unknown) => {
		if (!(error instanceof NodeApiError) || statusOf(error) !== 412) throw error;
		const { attachmentId, attachmentUrl } = error.context.data as IDataObject;
		return { attachment: { id: attachmentId, download_url: attachmentUrl, duplicate: true } };
	});
	const { attachment = body } = body;
	return [{ json: isObject(attachment) ? attachment : body }];
}

/** Downloads the file behind one download link, as binary data. */
export const download: Handler<{ downloadUrl: string; binaryPropertyName: string }> = async (
	item,
) => {
	const { downloadUrl } = item.settings;
	const { host } = item.client;
	const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
	if (url?.host !== host) {
		throw itemError(
			item,
			'"Download URL" must be a link to the account of the credential',
			`It starts with https://${host}/. Use the download_url of an attachment.`,
		);
	}
	return [await downloadItem(item, { download_url: url.href })];
};

/** Downloads the files of a record: its own, those of its description and its custom fields. */
export const downloadAll: RequestHandler<{ binaryPropertyName: string }> = async (item) => {
	const items: INodeExecutionData[] = [];
	for (const attachment of attachmentsOf(await recordOf(item))) {
		items.push(await downloadItem(item, attachment));
	}
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

/** The attachment with its file as binary data. */
async function downloadItem(
	{ context, client, settings }: ItemContext<{ binaryPropertyName: string }>,
	attachment: IDataObject,
): Promise<INodeExecutionData> {
	const { stream, headers } = await openDownload(context, client, String(attachment.download_url));
	const name = nameOf(attachment.file_name, fileNameIn(headers['content-disposition']));
	const type = attachment.content_type ?? headers['content-type'];
	const binary = await context.helpers.prepareBinaryData(
		stream,
		name,
		typeof type === 'string' ? type.split(';')[0] : undefined,
	);
	return {
		json: attachment,
		binary: { [settings.binaryPropertyName]: binary },
	};
}

/** The first that names a file: anything but blanks, dots and folders. */
function nameOf(...candidates: unknown[]): string {
	const named = candidates.find(
		(candidate) => typeof candidate === 'string' && /[^.\s/\\]\s*$/.test(candidate),
	);
	return named
		? sanitizeFilename(
				String(named)
					.replace(/\p{Cc}/gu, '')
					.trim(),
			)
		: 'attachment';
}
