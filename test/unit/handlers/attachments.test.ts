import { Readable } from 'node:stream';

import type { IDataObject } from 'n8n-workflow';

import { attachmentsOf } from '../../../nodes/Aha/handlers/attachments';
import { multipart } from '../../../nodes/Aha/transport/files';
import type { FakeResponse, Sent } from '../runNode';
import { jsonOf, runNode } from '../runNode';

const CONTENT = Buffer.from('first line\r\nsecond line');

/** n8n's helpers for a file that lies on disk, and for one that came. */
function files() {
	const got: Array<{ content: string; name?: string; mimeType?: string }> = [];
	return {
		got,

		helpers: {
			assertBinaryData: () => ({
				id: 'filesystem-v2:1',
				fileName: 'a "b".txt',
				mimeType: 'text/plain',
			}),
			getBinaryMetadata: async () => ({ fileSize: CONTENT.length }),
			getBinaryStream: async () => Readable.from([CONTENT.subarray(0, 5), CONTENT.subarray(5)]),
			prepareBinaryData: async (stream: Readable, name?: string, mimeType?: string) => {
				got.push({ content: await textOf(stream), name, mimeType });
				return { fileName: name };
			},
		},
	};
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString();
}

const upload = {
	resource: 'attachment',
	operation: 'upload',
	belongsTo: 'description',
	note_id: '793547626',
	binaryPropertyName: 'data',
	skipDuplicates: false,
};
const made = { attachment: { id: '7', file_name: 'a.txt' } };

describe('Upload', () => {
	test('sends the file as multipart, with its exact length', async () => {
		const { helpers } = files();
		const bodies: string[] = [];
		const result = await runNode(
			upload,
			async ({ body }) => {
				bodies.push(await textOf(body as Readable));
				return { body: made };
			},
			{ helpers },
		);
		const [{ headers, url }] = result.sent as Array<Sent & { headers: IDataObject }>;
		const [, boundary] =
			String(headers['Content-Type']).match(/^multipart\/form-data; boundary=(.+)$/) ?? [];
		expect(bodies[0].split('\r\n')).toEqual([
			`--${boundary}`,
			'Content-Disposition: form-data; name="attachment[data]"; filename="a %22b%22.txt"',
			'Content-Type: text/plain',
			'',
			'first line',
			'second line',
			`--${boundary}--`,
			'',
		]);
		expect(headers['Content-Length']).toBe(String(Buffer.byteLength(bodies[0])));
		expect(url).toBe('https://mycompany.aha.io/api/v1/notes/793547626/attachments');
		expect(jsonOf(result)).toEqual([made.attachment]);
	});

	test('goes to the description of a record', async () => {
		const { helpers } = files();
		const parameters = {
			...upload,
			belongsTo: 'feature',
			feature_id: { __rl: true, mode: 'id', value: 'PRJ1-1' },
		};
		const result = await runNode(
			parameters,
			({ method }) => ({
				body: method === 'GET' ? { feature: { description: { id: '55' } } } : made,
			}),
			{ helpers },
		);
		expect(result.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
			'GET /api/v1/features/PRJ1-1',
			'POST /api/v1/notes/55/attachments',
		]);
	});

	test('a duplicate gives the attachment that is there', async () => {
		const body = { status: 'duplicate', attachmentId: '3', attachmentUrl: 'https://x/3' };
		const result = await runNode(
			{ ...upload, skipDuplicates: true },
			() => ({ status: 412, body }),
			{ helpers: files().helpers },
		);
		expect(jsonOf(result)).toEqual([{ id: '3', download_url: 'https://x/3', duplicate: true }]);
		expect(result.sent[0].headers).toHaveProperty('If-None-Match');
	});

	test('after an OAuth2 token was renewed the file is opened and sent again', async () => {
		const { helpers } = files();
		const bodies: string[] = [];
		const result = await runNode(
			{ ...upload, authentication: 'oAuth2' },
			async ({ body }, path) => {
				if (path === '/api/v1/me') return { body: {} };
				bodies.push(await textOf(body as Readable));
				return bodies.length === 1 ? { status: 401, body: {} } : { body: made };
			},
			{ helpers },
		);
		expect(bodies).toHaveLength(2);
		expect(bodies[1]).toContain('first line');
		expect(jsonOf(result)).toEqual([made.attachment]);
	});

	test('a wrong API key is not tried twice', async () => {
		const answer = jest.fn(() => ({ status: 401, body: { error: 'Invalid API key' } }));
		await expect(runNode(upload, answer, { helpers: files().helpers })).rejects.toThrow(
			'Invalid API key',
		);
		expect(answer).toHaveBeenCalledTimes(1);
	});

	test('a stream that is not read to its end is closed', async () => {
		const source = Readable.from([CONTENT]);
		const { content } = await multipart('attachment[data]', {
			name: 'a',
			mimeType: 'text/plain',
			length: CONTENT.length,
			open: async () => source,
		});
		const stream = content as Readable;
		await new Promise((resolve) => stream.once('readable', resolve));
		stream.read();
		stream.read();
		stream.destroy();
		await new Promise((resolve) => source.once('close', resolve));
		expect(source.destroyed).toBe(true);
	});
});

test('Attach Link sends JSON', async () => {
	const fields = { file_url: 'https://example.com/', file_name: 'Home', content_type: 'text/html' };
	const parameters = { ...upload, ...fields, operation: 'attachLink' };
	const result = await runNode(parameters, () => ({ body: made }));
	expect(result.sent[0].body).toEqual({ attachment: fields });
});

describe('Download', () => {
	const link = 'https://mycompany.aha.io/attachments/7/token/abc.download?size=original';
	const download = {
		resource: 'attachment',
		operation: 'download',
		downloadUrl: link,
		binaryPropertyName: 'data',
	};
	const file = (text: string, headers: IDataObject = {}): FakeResponse => ({
		headers,
		body: Readable.from([Buffer.from(text)]),
	});
	const redirect = (location: string): FakeResponse => ({
		status: 302,
		headers: { location },
		body: Readable.from([]),
	});

	test('keeps name and type of the file', async () => {
		const { got, helpers } = files();
		const headers = {
			'content-type': 'text/plain; charset=utf-8',
			'content-disposition': `attachment; filename="x.txt"; filename*=UTF-8''folder%2F%C3%BC.txt`,
		};
		const result = await runNode(download, () => file('hello', headers), { helpers });
		expect(got).toEqual([{ content: 'hello', name: 'ü.txt', mimeType: 'text/plain' }]);
		expect(result.items[0].binary).toEqual({ data: { fileName: 'ü.txt' } });
		expect(result.sent[0]).toMatchObject({
			url: 'https://mycompany.aha.io/attachments/7/token/abc.download',
			qs: { size: 'original' },
			encoding: 'stream',
		});
	});

	test('follows a redirect to the storage without the credential', async () => {
		const { got, helpers } = files();
		const foreign: Sent[] = [];
		const httpRequest = async (options: Sent) => {
			foreign.push(options);
			return options.url.endsWith('/final')
				? { statusCode: 200, ...file('from storage') }
				: { statusCode: 307, ...redirect('https://cdn.storage.example/final') };
		};
		const result = await runNode(download, () => redirect('https://storage.example/x?sig=1'), {
			helpers: { ...helpers, httpRequest },
		});
		expect(got[0].content).toBe('from storage');
		expect(result.sent).toHaveLength(1);
		expect(foreign.map(({ url }) => url)).toEqual([
			'https://storage.example/x?sig=1',
			'https://cdn.storage.example/final',
		]);
		expect(JSON.stringify(foreign)).not.toMatch(/authorization|sandbox-key/i);
	});

	test.each([
		['an endless redirect', redirect(link), 'too many times'],
		['a redirect to plain HTTP', redirect('http://storage.example/x'), 'not a web address'],
	])('%s ends in an error', async (_name, answer, description) => {
		const again = () => ({ ...answer, body: Readable.from([]) });
		await expect(runNode(download, again, { helpers: files().helpers })).rejects.toMatchObject({
			description: expect.stringContaining(description) as string,
		});
	});

	test('an error in place of a file keeps its own sentence', async () => {
		const body = Readable.from([Buffer.from('{"error": "No such attachment"}')]);
		const answer = () => ({ status: 404, body });
		await expect(runNode(download, answer, { helpers: files().helpers })).rejects.toThrow(
			'No such attachment',
		);
	});

	test('a link elsewhere is refused before a request', async () => {
		const answer = jest.fn(() => file('x'));
		const parameters = { ...download, downloadUrl: 'https://other.aha.io/attachments/7' };
		await expect(runNode(parameters, answer)).rejects.toThrow('account of the credential');
		expect(answer).not.toHaveBeenCalled();
	});

	test('all attachments of a record come one an item', async () => {
		const { got, helpers } = files();
		const attachment = (id: string) => ({
			id,
			file_name: `${id}.txt`,
			content_type: 'text/plain',
			download_url: `https://mycompany.aha.io/attachments/${id}`,
		});
		const record = {
			attachments: [attachment('1')],
			description: { attachments: [attachment('2'), attachment('1')] },
			custom_fields: [
				{ key: 'x', value: 1 },
				{ key: 'y', attachments: [attachment('3')] },
			],
		};
		const parameters = {
			...download,
			operation: 'downloadAll',
			belongsTo: 'feature',
			feature_id: { __rl: true, mode: 'id', value: 'PRJ1-1' },
		};
		const result = await runNode(
			parameters,
			(_request, path) =>
				path.startsWith('/api/') ? { body: { feature: record } } : file(`content of ${path}`),
			{ helpers },
		);
		expect(jsonOf(result).map(({ id }) => id)).toEqual(['1', '2', '3']);
		expect(got.map(({ name }) => name)).toEqual(['1.txt', '2.txt', '3.txt']);
	});

	test('attachments of a release are those of its theme', () => {
		expect(attachmentsOf({ theme: { attachments: [{ id: '1' }] } })).toEqual([{ id: '1' }]);
	});
});

test('a backup comes as a file with its name', async () => {
	const { got, helpers } = files();
	const parameters = {
		resource: 'accountBackup',
		operation: 'download',
		record: { __rl: true, mode: 'id', value: '5' },
		binaryPropertyName: 'backup',
	};
	const answer = () => ({ body: Readable.from([Buffer.from('tar')]) });
	const { items, sent } = await runNode(parameters, answer, { helpers });
	expect(sent[0].url).toBe('https://mycompany.aha.io/api/v1/account_backups/5.tgz');
	expect(got).toEqual([{ content: 'tar', name: 'aha-backup-5.tgz', mimeType: 'application/gzip' }]);
	expect(items[0].binary).toHaveProperty('backup');
});
