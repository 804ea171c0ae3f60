import { getEventListeners } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { constants, createUnzip, gzipSync } from 'node:zlib';

import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { streamOf, wholeFile } from '../../../nodes/Aha/transport/streams';

const node = { name: 'Aha!' } as INode;

/** The timers of `AbortSignal.timeout`, which a test ends when it wants. */
const timers: Array<{ milliseconds: number; controller: AbortController }> = [];

beforeEach(() => {
	timers.length = 0;
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
		const controller = new AbortController();
		timers.push({ milliseconds, controller });
		return controller.signal;
	});
});

afterEach(() => jest.restoreAllMocks());

const failed = async (task: Promise<unknown>): Promise<NodeApiError> =>
	(await task.catch((error: unknown) => error)) as NodeApiError;

const closed = async (stream: Readable): Promise<unknown> =>
	stream.closed || (await new Promise((resolve) => stream.once('close', resolve)));

test('a whole file comes as it is, and says when it ended', async () => {
	const ended = jest.fn();
	const source = Readable.from([Buffer.from('one '), Buffer.from('two')]);
	const { signal } = new AbortController();
	const file = wholeFile(source, { node, signal, ended });
	expect(await textOf(file)).toBe('one two');
	expect(getEventListeners(signal, 'abort')).toEqual([]);
	await closed(file);
	expect(ended).toHaveBeenCalledTimes(1);
	expect(source.destroyed).toBe(true);
	expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([60_000, 60_000, 60_000]);
});

test('a file that stalls ends in an error, and its connection is closed', async () => {
	const source = new PassThrough();
	source.write('one');
	const file = wholeFile(source, { node });
	const text = failed(textOf(file));
	while (timers.length < 2) await new Promise(setImmediate);
	timers[1].controller.abort();
	const error = await text;
	expect(error).toBeInstanceOf(NodeApiError);
	expect(error.message).toBe('The file could not be downloaded');
	expect(error.description).toBe('Aha! took too long to respond');
	expect(source.destroyed).toBe(true);
});

test('a file that drips gets an hour for the whole of it', async () => {
	const time = jest.spyOn(performance, 'now').mockReturnValue(1_000);
	const source = new PassThrough();
	const file = wholeFile(source, { node });
	const text = failed(textOf(file));
	for (const minutes of [0, 59, 59.5, 61]) {
		time.mockReturnValue(1_000 + minutes * 60_000);
		const { length } = timers;
		source.write('x');
		while (timers.length === length) await new Promise(setImmediate);
	}
	expect(timers.at(-1)?.milliseconds).toBe(0);
	timers.at(-1)?.controller.abort();
	expect((await text).description).toBe('Aha! took too long to respond');
});

test('a file that breaks off is an error that says why', async () => {
	const source = new PassThrough();
	const text = failed(textOf(wholeFile(source, { node })));
	source.write('half');
	source.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
	expect((await text).description).toBe('The connection to Aha! was interrupted');
	const unknown = Readable.from(
		(async function* broken() {
			yield await Promise.resolve('half');
			throw new Error('no more');
		})(),
	);
	expect((await failed(textOf(wholeFile(unknown, { node })))).description).toBe('no more');
});

test('a cancelled download ends with the reason of the cancel', async () => {
	const controller = new AbortController();
	const source = new PassThrough();
	const text = failed(textOf(wholeFile(source, { node, signal: controller.signal })));
	source.write('half');
	controller.abort(new Error('cancelled by a person'));
	expect((await text).message).toBe('cancelled by a person');
	expect(source.destroyed).toBe(true);
	const late = wholeFile(new PassThrough(), { node, signal: controller.signal });
	expect((await failed(textOf(late))).message).toBe('cancelled by a person');
});

test('a file that nobody reads closes its connection', async () => {
	const source = new PassThrough();
	const file = wholeFile(source, { node });
	file.destroy();
	await closed(source);
	expect(source.destroyed).toBe(true);
});

describe('compressed data', () => {
	/** As axios reads it, which takes data that breaks off for whole. */
	const unzipped = (data: Buffer) =>
		Readable.from([data], { objectMode: false }).pipe(
			createUnzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }),
		);
	const content = 'a line of text\n'.repeat(10_000);
	const compressed = gzipSync(content);

	test('that is whole is read', async () => {
		expect(await textOf(wholeFile(unzipped(compressed), { node }))).toBe(content);
	});

	test.each([1, 8, 100])('that lacks its last %i bytes is an error', async (missing) => {
		const cut = compressed.subarray(0, compressed.length - missing);
		const error = await failed(textOf(wholeFile(unzipped(cut), { node })));
		expect(error.message).toBe('The file could not be downloaded');
	});
});

test('a stream of other chunks closes the first with itself', async () => {
	const source = new PassThrough();
	const stream = streamOf(
		source,
		(async function* none() {
			yield await Promise.resolve(Buffer.from('x'));
		})(),
	);
	stream.destroy();
	await closed(source);
	expect(source.destroyed).toBe(true);
});
