import { PassThrough } from 'node:stream';

import { connect } from '../../../nodes/Aha/transport/client';
import { contextWith, failed, GET, POST } from './fakeContext';
import { played } from './fakeTime';

describe('a request', () => {
	test('that drips is given up in the end, and again sent', async () => {
		const timers: AbortController[] = [];
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
			timers.push(new AbortController());
			return timers.at(-1)?.signal as AbortSignal;
		});
		const { context, calls } = contextWith(async (_, index) => {
			if (index > 0) return { body: '{"a":1}' };
			setImmediate(() => timers[0]?.abort());
			return await new Promise<never>(() => {});
		});
		jest.useFakeTimers({ doNotFake: ['setImmediate'] });
		const { body } = await played((await connect(context)).send(GET));
		jest.useRealTimers();
		expect(body).toEqual({ a: 1 });
		expect(calls.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
		expect(timeout.mock.calls).toEqual([[120_000], [120_000]]);
		timeout.mockRestore();
	});

	test('with a file may take longer, and its file is closed when it fails', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout');
		const files: PassThrough[] = [];
		const openBody = async () => {
			files.push(new PassThrough());
			return { content: files[files.length - 1], contentType: 'text/plain', length: 4 };
		};
		const refused = Object.assign(new Error('refused'), { code: 'EPROTO' });
		const { context } = contextWith(() => refused);
		const error = await failed((await connect(context)).send({ ...POST, openBody }));
		expect(error.message).toContain('the record may exist');
		expect(files.map(({ destroyed }) => destroyed)).toEqual([true]);
		expect(timeout.mock.calls).toEqual([[3_600_000]]);
		timeout.mockRestore();
	});
});
