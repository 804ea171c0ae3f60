import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { BINARY_ENCODING } from 'n8n-workflow';

import type { AhaClient } from './client';
import { TIMEOUT, within } from './deadline';
import { UNCOMPRESSED } from './http';
import { streamOf, wholeFile } from './streams';
import type { BinaryStream, RawBody } from './types';
import { downloadError } from './errors';

/** A file on its way to Aha!. */
export interface FileSource {
	readonly name: string;
	readonly mimeType: string;
	/** In bytes, exact. */
	readonly length: number;
	/** Opens the content; each call starts at its beginning. */
	open(): Promise<BinaryStream | Buffer>;
}

/** A file on its way from Aha!. */
export interface FileDownload {
	readonly stream: BinaryStream;
	readonly headers: IDataObject;
}

/**
 * The file in a binary field of an item. It is streamed where n8n stores it outside of memory.
 *
 * @throws NodeOperationError when the item has no such field
 */
export async function fileOf(
	{ helpers }: IExecuteFunctions,
	index: number,
	field: string,
): Promise<FileSource> {
	const { id, data, fileName, mimeType } = helpers.assertBinaryData(index, field);
	const description = { name: fileName ?? 'file', mimeType };
	if (!id) {
		const content = Buffer.from(data, BINARY_ENCODING);
		return { ...description, length: content.length, open: async () => content };
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return { ...description, length: fileSize, open: async () => await helpers.getBinaryStream(id) };
}

/** A multipart body with one file in it. */
export async function multipart(field: string, file: FileSource): Promise<RawBody> {
	const boundary = `n8n-${randomUUID()}`;
	const head = Buffer.from(
		`--${boundary}\r\n` +
			`Content-Disposition: form-data; name="${field}"; filename="${quotable(file.name)}"\r\n` +
			`Content-Type: ${file.mimeType.replace(/[\r\n]/g, '')}\r\n\r\n`,
	);
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
	const content = await file.open();
	return {
		content: Buffer.isBuffer(content)
			? Buffer.concat([head, content, tail])
			: streamOf(content, wrapped(head, content, tail)),
		contentType: `multipart/form-data; boundary=${boundary}`,
		length: head.length + file.length + tail.length,
	};
}

/** A file name as browsers write it into a multipart body. */
const quotable = (name: string): string =>
	name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

async function* wrapped(head: Buffer, content: BinaryStream, tail: Buffer) {
	yield head;
	yield* content as AsyncIterable<Buffer>;
	yield tail;
}

/** Redirects that a download may follow: Aha!'s own, then the storage's. */
const MAX_REDIRECTS = 5;

/**
 * Opens a download link. The credential only goes to the account's own host; files on other hosts
 * are read without it.
 *
 * @param link a URL such as an attachment's `download_url`
 * @throws NodeApiError when there is no file behind it
 */
export async function openDownload(
	context: IExecuteFunctions,
	client: AhaClient,
	link: string,
): Promise<FileDownload> {
	const node = context.getNode();
	let url = link;
	for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
		const target = URL.canParse(url) ? new URL(url) : undefined;
		if (target?.host === client.host) target.protocol = 'https:';
		if (target?.protocol !== 'https:')
			throw downloadError(node, new Error('The link is not a web address'));
		const response =
			target.host === client.host
				? await openOwn(client, target)
				: await openForeign(context, target, client.signal);
		const { location } = response.headers;
		if (response.status < 300) return { stream: response.stream, headers: response.headers };
		response.stream.destroy();
		if (typeof location !== 'string') {
			throw downloadError(node, new Error(`The file storage returned status ${response.status}`));
		}
		url = URL.canParse(location, target.href) ? new URL(location, target).href : '';
	}
	throw downloadError(node, new Error('The link redirects too many times'));
}

interface DownloadResponse extends FileDownload {
	readonly status: number;
}

async function openOwn(
	client: AhaClient,
	{ pathname, searchParams }: URL,
): Promise<DownloadResponse> {
	const query = Object.fromEntries(searchParams);
	const request = { method: 'GET', base: '', path: pathname, query, asFile: true } as const;
	const { status, headers, body } = await client.send(request);
	return { status, headers, stream: body as BinaryStream };
}

async function openForeign(
	context: IExecuteFunctions,
	{ href }: URL,
	signal?: AbortSignal,
): Promise<DownloadResponse> {
	const node = context.getNode();
	const controller = new AbortController();
	const request = context.helpers.httpRequest({
		url: href,
		headers: UNCOMPRESSED,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT,
		abortSignal: controller.signal,
	}) as Promise<IN8nHttpFullResponse>;
	try {
		const giveUp = () => controller.abort();
		const { statusCode, headers, body } = await within(TIMEOUT, request, { signal, giveUp });
		const stream = wholeFile(body as BinaryStream, { node, signal });
		return { status: statusCode, headers, stream };
	} catch (error) {
		signal?.throwIfAborted();
		throw downloadError(node, error);
	}
}
