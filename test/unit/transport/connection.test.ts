import { PassThrough, Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';

import { connect } from '../../../nodes/Aha/transport/client';
import type { Reply } from './fakeContext';
import { contextWith, failed, GET, POST } from './fakeContext';
import { played } from './fakeTime';

afterEach(() => jest.useRealTimers());

const SECOND = 1_000;

/** The times at which requests leave in fake time, and what became of them. */
async function send(
	replies: Reply[],
	{ retryFor, count = 2 }: { retryFor?: number; count?: number } = {},
) {
	jest.useFakeTimers();
	jest.spyOn(Math, 'random').mockReturnValue(0);
	const begun = performance.now();
	const times: number[] = [];
	const { context } = contextWith((_, index) => {
		times.push(performance.now() - begun);
		return replies[index] ?? { body: '{}' };
	});
	const client = await connect(context, { retryFor });
	const results: unknown[] = [];
	for (let request = 0; request < count; request++) {
		const result = played(client.send(GET)).then(({ status }) => status);
		results.push(await result.catch((error: Error) => error.message));
	}
	jest.restoreAllMocks();
	return { times: times.map(Math.round), results };
}

describe('requests to one account', () => {
	test('wait after a 429 of any of them', async () => {
		const limited = { status: 429, headers: { 'retry-after': '5' }, body: '' };
		const { times, results } = await send([limited], { retryFor: 0 });
		expect(results).toEqual(['Aha! received too many requests from this account', 200]);
		expect(times).toEqual([0, 5 * SECOND]);
	});

	test('follow the limits that a response states', async () => {
		const { times } = await send([{ headers: { 'ratelimit-policy': '1;w=10' }, body: '{}' }]);
		expect(times[1]).toBeGreaterThan(10 * SECOND);
	});

	test('are retried when a server that is down says so', async () => {
		const down = { status: 503, headers: { 'retry-after': '20' }, body: '' };
		const { times, results } = await send([down], { count: 1 });
		expect(results).toEqual([200]);
		expect(times[1]).toBeGreaterThanOrEqual(20 * SECOND);
	});
});

describe('an OAuth2 token', () => {
	const oAuth2 = { authentication: 'oAuth2', id: '1' };

	test('that is valid is not renewed', async () => {
		const { context, calls } = contextWith(() => ({ body: '{}' }), oAuth2);
		await (await connect(context)).send(GET);
		expect(calls).toHaveLength(1);
	});

	test('is not renewed for longer than requests are retried', async () => {
		const { context, calls } = contextWith(
			({ options }) => ({ status: options.url.endsWith('/me') ? 503 : 401, body: '' }),
			oAuth2,
		);
		const error = await failed((await connect(context, { retryFor: 0 })).send(GET));
		expect(error.httpCode).toBe('503');
		expect(calls).toHaveLength(2);
	});

	/** What becomes of a request while n8n gets such an error for its new token, the first time. */
	async function withTokenError(status: number, error: string) {
		jest.useFakeTimers();
		let renewals = 0;
		const { context } = contextWith(({ options }) => {
			if (!options.url.endsWith('/me')) return { status: renewals < 2 ? 401 : 200, body: '{}' };
			const cause = Object.assign(new Error(error), { code: 'EAUTH', status, body: { error } });
			return ++renewals === 1 ? Object.assign(new Error(error), { cause }) : { body: '{}' };
		}, oAuth2);
		const client = await connect(context);
		const ended = played(client.send(GET)).then(({ status: ok }) => ok);
		return { ended: await ended.catch(({ message }: Error) => message), renewals };
	}

	test('is asked for again where the server has none for now', async () => {
		const { ended, renewals } = await withTokenError(400, 'temporarily_unavailable');
		expect([ended, renewals]).toEqual([200, 2]);
	});

	test('is not asked for again where the sign-in has ended', async () => {
		const { ended, renewals } = await withTokenError(400, 'invalid_grant');
		expect([ended, renewals]).toEqual(['The sign-in to Aha! is no longer valid', 1]);
	});

	test('is not waited for by a request that is stopped', async () => {
		const { context, calls } = contextWith(
			async ({ options }) =>
				options.url.endsWith('/me') ? await new Promise<never>(() => {}) : { status: 401 },
			oAuth2,
		);
		const controller = new AbortController();
		const stopped = failed((await connect(context)).with(controller.signal).send(GET));
		while (calls.length < 2) await new Promise(setImmediate);
		controller.abort(new Error('stopped'));
		expect((await stopped).message).toBe('stopped');
	});

	test('is hidden in an error, also when another was stored before that', async () => {
		let stored = 0;
		const { context } = contextWith(
			({ options }, index) => {
				if (options.url.endsWith('/me')) return { body: JSON.stringify({ id: ++stored }) };
				if (index === 0) return { status: 401 };
				const used = `sandbox-token-${stored}`;
				// Another process renews the token at this moment.
				stored++;
				return { status: 400, body: JSON.stringify({ error: `${used} is not sandbox-token-0` }) };
			},
			{ ...oAuth2, token: () => `sandbox-token-${stored}` },
		);
		const { message } = await failed((await connect(context)).send(GET));
		expect(message).toBe('*** is not ***');
	});

	test('that a file needs is renewed before it is sent', async () => {
		let isExpired = true;
		const { context } = contextWith(({ options }) => {
			const body = Readable.from([Buffer.from('{}')]);
			if (!options.url.endsWith('/me')) return { status: isExpired ? 401 : 200, body };
			isExpired = false;
			return { body: '{}' };
		}, oAuth2);
		const { body } = await (await connect(context)).send({ ...GET, asFile: true });
		expect(await textOf(body as Readable)).toBe('{}');
	});
});

describe('an execution that is cancelled', () => {
	test('stops the content of a file on its way', async () => {
		const controller = new AbortController();
		const source = new PassThrough();
		const { context, calls } = contextWith(() => ({ body: source }), controller);
		const { body } = await (await connect(context)).send({ ...GET, asFile: true });
		source.write('half');
		const text = failed(textOf(body as Readable));
		controller.abort(new Error('cancelled by a person'));
		expect((await text).message).toBe('cancelled by a person');
		expect(calls[0].signal?.aborted).toBe(true);
	});

	test('leaves requests that have ended as they are', async () => {
		const controller = new AbortController();
		const { context, calls } = contextWith(
			(_, index) => (index === 0 ? { body: '{}' } : { body: Readable.from(['a file']) }),
			controller,
		);
		const client = await connect(context);
		await client.send(GET);
		const { body } = await client.send({ ...GET, asFile: true });
		expect(await textOf(body as Readable)).toBe('a file');
		controller.abort(new Error('cancelled'));
		expect(calls.slice(0, 2).map(({ signal }) => signal?.aborted)).toEqual([false, false]);
	});
});

test('a request that fails after it was stopped ends with the reason of the stop', async () => {
	const controller = new AbortController();
	const { context } = contextWith(() => {
		controller.abort(new Error('stopped'));
		return Object.assign(new Error('read'), { code: 'ECONNRESET' });
	});
	const client = (await connect(context)).with(controller.signal);
	expect((await failed(client.send(GET))).message).toBe('stopped');
});

test('a retry that would come too late ends with the error before it', async () => {
	jest.useFakeTimers();
	const { context } = contextWith((_, index) => ({
		status: 429,
		headers: { 'retry-after': index === 0 ? '1' : '60' },
		body: '',
	}));
	const client = await connect(context, { retryFor: 5 * SECOND });
	const all = [client.send(GET), client.send(GET)];
	for (const ended of await played(Promise.allSettled(all))) {
		expect(ended).toMatchObject({ reason: { httpCode: '429' } });
	}
});

test.each([400, 404])('a file that gets %i is an error', async (status) => {
	const body = Readable.from([Buffer.from('{"error": "No such file"}')]);
	const { context } = contextWith(() => ({ status, body }));
	const error = await failed((await connect(context)).send({ ...GET, asFile: true }));
	expect(error.message).toBe('No such file');
});

test('a write that gets a page in place of JSON may have been carried out, a read is refused', async () => {
	const { context, calls } = contextWith(() => ({ body: '<html>' }));
	const client = await connect(context, { retryFor: 0 });
	expect((await failed(client.send(GET))).message).toBe('The response from Aha! is not JSON');
	expect((await failed(client.send(POST))).message).toContain('the record may exist');
	expect(calls).toHaveLength(2);
});
