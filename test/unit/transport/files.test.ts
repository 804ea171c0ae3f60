import { Readable } from 'node:stream';
import { buffer, text as textOf } from 'node:stream/consumers';

import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { connect } from '../../../nodes/Aha/transport/client';
import type { FileSource } from '../../../nodes/Aha/transport/files';
import { fileOf, multipart, openDownload } from '../../../nodes/Aha/transport/files';
import { contextWith, failed } from './fakeContext';

afterEach(() => jest.restoreAllMocks());

const CONTENT = 'first line\nsecond line';

/** An n8n with a file in the binary field `data` of its third item. */
const itemWith = (file: IDataObject) =>
	({
		helpers: {
			assertBinaryData: (index: number, field: string) => {
				if (index !== 2 || field !== 'data') throw new Error('no such file');
				return { mimeType: 'text/plain', ...file };
			},
			getBinaryMetadata: async (id: string) =>
				await Promise.resolve({ fileSize: id === file.id ? CONTENT.length : NaN }),
			getBinaryStream: async (id: string) =>
				await Promise.resolve(Readable.from([Buffer.from(id === file.id ? CONTENT : '')])),
		},
	}) as unknown as IExecuteFunctions;

describe('the file of an item', () => {
	test('is read from memory where n8n keeps it there', async () => {
		const data = Buffer.from(CONTENT).toString('base64');
		const file = await fileOf(itemWith({ data, fileName: 'a.txt' }), 2, 'data');
		expect(file).toMatchObject({ name: 'a.txt', mimeType: 'text/plain', length: CONTENT.length });
		expect(String(await file.open())).toBe(CONTENT);
	});

	test('is opened anew each time where n8n stores it', async () => {
		const item = itemWith({ id: 'filesystem-v2:1', data: 'filesystem-v2', fileName: 'a.txt' });
		const file = await fileOf(item, 2, 'data');
		expect(file).toMatchObject({ name: 'a.txt', mimeType: 'text/plain', length: CONTENT.length });
		for (let attempt = 0; attempt < 2; attempt++) {
			expect(await textOf((await file.open()) as Readable)).toBe(CONTENT);
		}
	});

	test('has a name also where the item has none', async () => {
		expect((await fileOf(itemWith({ data: '' }), 2, 'data')).name).toBe('file');
	});
});

describe('a multipart body', () => {
	const file = (content: Buffer, isStored: boolean, name = 'a.txt', mimeType = 'text/plain') =>
		({
			name,
			mimeType,
			length: content.length,
			open: async () =>
				await Promise.resolve(
					isStored ? Readable.from(content.length > 0 ? [content] : []) : content,
				),
		}) satisfies FileSource;

	test.each([
		['', false],
		['', true],
		[CONTENT, false],
		[CONTENT, true],
		['ü€', false],
	])('of %j, stored: %s, is as long as it says', async (text, isStored) => {
		const source = file(Buffer.from(text), isStored);
		const { content, contentType, length } = await multipart('attachment[data]', source);
		const body = Buffer.isBuffer(content) ? content : await buffer(content);
		expect(body).toHaveLength(length);
		const form = await new Response(new Uint8Array(body), {
			headers: { 'content-type': contentType },
		}).formData();
		const sent = form.get('attachment[data]') as File;
		expect([sent.name, sent.type, await sent.text()]).toEqual(['a.txt', 'text/plain', text]);
	});

	test('has no headers of a name or type with line breaks in it', async () => {
		const source = file(Buffer.from('x'), false, 'a"\r\nX: 1\r\n\r\n', 'text/plain\r\n\r\nX: 2');
		const { content } = await multipart('attachment[data]', source);
		expect(String(content).split('\r\n').slice(1, -2)).toEqual([
			'Content-Disposition: form-data; name="attachment[data]"; filename="a%22%0D%0AX: 1%0D%0A%0D%0A"',
			'Content-Type: text/plainX: 2',
			'',
			'x',
		]);
	});

	test('has another boundary each time', async () => {
		const source = file(Buffer.from('x'), false);
		const [one, other] = [await multipart('a', source), await multipart('a', source)];
		expect(one.contentType).not.toBe(other.contentType);
	});
});

interface Storage {
	readonly status?: number;
	readonly location?: unknown;
	readonly text?: string;
}

/** An account, and the storage that it leads to. Either responds to a link as it is told. */
async function download(
	link: (host: string) => string,
	respond: (url: string) => Storage | Promise<Storage>,
	{ signal }: { signal?: AbortSignal } = {},
) {
	const urls: string[] = [];
	const foreign: IHttpRequestOptions[] = [];
	const streams: Readable[] = [];
	const responseTo = async (url: string) => {
		urls.push(url);
		const { status = 200, location, text = 'a file' } = await respond(url);
		const body = Readable.from([Buffer.from(text)]);
		streams.push(body);
		const headers = { ...(location !== undefined && { location }) } as IDataObject;
		return { status, statusCode: status, headers, body };
	};
	const { context, host } = contextWith(async ({ options }) => await responseTo(options.url), {
		signal,
	});
	const helpers = {
		httpRequest: async (options: IHttpRequestOptions) => {
			foreign.push(options);
			return await responseTo(options.url);
		},
	};
	Object.assign(context.helpers, helpers);
	const client = await connect(context, { retryFor: 0 });
	const opening = openDownload(context as IExecuteFunctions, client, link(host));
	return { opening, urls, foreign, streams, host };
}

const STORAGE = 'https://storage.example/file?signature=1';
const toStorage = () => STORAGE;

describe('a download', () => {
	test('from the account is asked for by HTTPS, whatever the link says', async () => {
		const link = (host: string) => `http://${host}/attachments/7?size=original`;
		const { opening, urls, foreign, host } = await download(link, () => ({}));
		expect(await textOf((await opening).stream)).toBe('a file');
		expect(urls).toEqual([`https://${host}/attachments/7`]);
		expect(foreign).toEqual([]);
	});

	test('from elsewhere goes without the credential, and with nothing that leads on', async () => {
		const { opening, foreign } = await download(toStorage, () => ({}));
		const { stream, headers } = await opening;
		expect([await textOf(stream), headers]).toEqual(['a file', {}]);
		expect(foreign).toEqual([
			{
				url: STORAGE,
				headers: { 'Accept-Encoding': 'identity' },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 60_000,
				abortSignal: expect.any(AbortSignal) as AbortSignal,
			},
		]);
	});

	test('follows five redirects and no more', async () => {
		const hop = (count: number) => (url: string) => {
			const number = Number(new URL(url).pathname.slice(1)) || 0;
			return number < count ? { status: 302, location: `/${number + 1}` } : {};
		};
		const five = await download(toStorage, hop(5));
		expect(await textOf((await five.opening).stream)).toBe('a file');
		expect(five.urls.at(-1)).toBe('https://storage.example/5');
		expect(five.streams.slice(0, 5).every(({ destroyed }) => destroyed)).toBe(true);
		const six = await download(toStorage, hop(6));
		expect((await failed(six.opening)).description).toBe('The link redirects too many times');
		expect(six.urls).toHaveLength(6);
	});

	test.each(['no link', '', 'ftp://storage.example/file', 'http://storage.example/file'])(
		'of %j is refused before a request',
		async (link) => {
			const { opening, urls } = await download(
				() => link,
				() => ({}),
			);
			const error = await failed(opening);
			expect(error.message).toBe('The file could not be downloaded');
			expect(error.description).toBe('The link is not a web address');
			expect(urls).toEqual([]);
		},
	);

	test.each([
		[{ status: 302, location: 'http://storage.example/file' }, 'The link is not a web address'],
		[{ status: 302, location: 'https://' }, 'The link is not a web address'],
		[{ status: 300 }, 'The file storage returned status 300'],
		[{ status: 403 }, 'The file storage returned status 403'],
		[{ status: 302, location: ['/a', '/b'] }, 'The file storage returned status 302'],
	])('that leads to %j says so, and closes the connection', async (response, description) => {
		const { opening, urls, streams } = await download(toStorage, () => response);
		expect((await failed(opening)).description).toBe(description);
		expect(urls).toHaveLength(1);
		await new Promise(setImmediate);
		expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
	});
});

describe('a storage', () => {
	test('that cannot be reached is an error that says why', async () => {
		const { opening } = await download(toStorage, () => {
			throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		});
		const error = await failed(opening);
		expect(error.message).toBe('The file could not be downloaded');
		expect(error.description).toContain('refused');
	});

	test('that does not respond in a minute is given up', async () => {
		const timer = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timer.signal);
		const { opening, foreign } = await download(toStorage, async () => {
			setImmediate(() => timer.abort());
			return await new Promise<never>(() => {});
		});
		expect((await failed(opening)).description).toBe('Aha! took too long to respond');
		expect(timeout).toHaveBeenCalledWith(60_000);
		expect((foreign[0].abortSignal as AbortSignal).aborted).toBe(true);
	});

	test('sends no more of a file when the execution is cancelled', async () => {
		const controller = new AbortController();
		const { opening, streams } = await download(toStorage, () => ({}), controller);
		const { stream } = await opening;
		controller.abort(new Error('cancelled by a person'));
		expect((await failed(textOf(stream))).message).toBe('cancelled by a person');
		await new Promise(setImmediate);
		expect(streams.map(({ destroyed }) => destroyed)).toEqual([true]);
	});

	test('is not waited for when the execution is cancelled', async () => {
		const controller = new AbortController();
		const reply = async () => {
			setImmediate(() => controller.abort(new Error('cancelled by a person')));
			return await new Promise<never>(() => {});
		};
		const { opening, foreign } = await download(toStorage, reply, controller);
		expect((await failed(opening)).message).toBe('cancelled by a person');
		expect((foreign[0].abortSignal as AbortSignal).aborted).toBe(true);
	});
});
