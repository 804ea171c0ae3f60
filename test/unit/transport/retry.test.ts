import type { INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import {
	kindOfFailure,
	kindOfStatus,
	retryAfterOf,
	sendWithRetry,
} from '../../../nodes/Aha/transport/retry';
import type { Attempt, ConnectionFailure } from '../../../nodes/Aha/transport/retry';
import type { AhaRequest, AhaResponse } from '../../../nodes/Aha/transport/types';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const METHODS = ['GET', 'PUT', 'DELETE', 'POST'] as const;
const response: AhaResponse = { status: 200, headers: {}, body: { ok: true } };

/** How an attempt went: a status, or why there was no response. */
interface Sent extends ConnectionFailure {
	readonly status?: number;
	readonly retryAfter?: number;
}

function attemptOf(sent: Sent): Attempt {
	const { status, retryAfter } = sent;
	const node = { name: 'Aha!' } as unknown as INode;
	const error = new NodeApiError(node, {});
	error.message = String(status ?? sent.code);
	const kind = status === undefined ? kindOfFailure(sent) : kindOfStatus(status);
	return { kind, error, status, retryAfter };
}

/** An account that fails in turn as it is told, then succeeds. */
function failing(...failures: Sent[]) {
	const attempts: number[] = [];
	const attempt = async (): Promise<Attempt> => {
		attempts.push(performance.now());
		const sent = failures.shift();
		return sent ? attemptOf(sent) : { kind: 'success', response };
	};
	return { attempts, attempt };
}

interface Sending {
	readonly request?: Partial<AhaRequest>;
	readonly retryFor?: number;
	readonly signal?: AbortSignal;
}

/** How it ended, as a word, and how often it was sent. */
async function send(
	method: AhaRequest['method'],
	failures: Sent[],
	{ request, retryFor = 120_000, signal }: Sending = {},
): Promise<{ ended: string; attempts: number[] }> {
	const { attempts, attempt } = failing(...failures);
	const whole = { method, path: '/features', query: {}, ...request };
	const ended = sendWithRetry(whole, attempt, { retryFor, signal }).then(
		({ status, body }) => (body === response.body ? 'done' : String(status)),
		({ message }: Error) => message.replace(/\. Aha! may have carried out .*/, ' in doubt'),
	);
	await jest.advanceTimersByTimeAsync(300_000);
	return { ended: await ended, attempts };
}

const refused: Sent[] = [{ status: 429 }];
const unsent: Sent[] = [
	{ code: 'ECONNREFUSED' },
	{ code: 'ENOTFOUND' },
	{ code: 'EAI_AGAIN' },
	{ code: 'EHOSTUNREACH' },
	{ code: 'ENETUNREACH' },
	{ code: 'ETIMEDOUT', syscall: 'connect' },
	{ message: 'Regular expression execution timed out' },
	{
		code: 'ECONNRESET',
		message: 'Client network socket disconnected before secure TLS connection was established',
	},
];
const unclear: Sent[] = [
	{ status: 500 },
	{ status: 502 },
	{ status: 503 },
	{ code: 'ECONNRESET', syscall: 'read', message: 'read ECONNRESET' },
	{ code: 'ECONNABORTED' },
	{ code: 'ETIMEDOUT' },
	{ code: 'EPIPE' },
	{ code: 'ERR_NETWORK' },
	{ status: 599 },
];
const final: Sent[] = [
	{ status: 400 },
	{ status: 401 },
	{ status: 403 },
	{ status: 404 },
	{ status: 422 },
	{ code: 'CERT_HAS_EXPIRED' },
	{},
];

describe.each(METHODS)('%s', (method) => {
	test.each([...refused, ...unsent])(
		'is sent again when it surely was not carried out: %o',
		async (sent) => {
			expect(await send(method, [sent])).toMatchObject({
				ended: 'done',
				attempts: [0, 0].map(() => expect.any(Number)),
			});
		},
	);

	test.each(final)('is not sent again when the answer stands: %o', async (sent) => {
		const { ended, attempts } = await send(method, [sent]);
		expect(ended).toBe(String(sent.status ?? sent.code));
		expect(attempts).toHaveLength(1);
	});

	test.each(unclear)('is sent again only where that creates nothing twice: %o', async (sent) => {
		const { ended, attempts } = await send(method, [sent]);
		const isCreate = method === 'POST';
		expect(ended).toBe(isCreate ? `${sent.status ?? sent.code} in doubt` : 'done');
		expect(attempts).toHaveLength(isCreate ? 1 : 2);
	});

	test.each([...refused, ...unsent])('with `once` is sent once: %o', async (sent) => {
		const { attempts } = await send(method, [sent], { request: { noRetry: true } });
		expect(attempts).toHaveLength(1);
	});
});

test('a DELETE that was unclear and then finds nothing was carried out', async () => {
	expect((await send('DELETE', [{ code: 'ECONNRESET' }, { status: 404 }])).ended).toBe('204');
	expect((await send('DELETE', [{ status: 429 }, { status: 404 }])).ended).toBe('404');
	const unclearFirst = [{ status: 502 }, { status: 429 }, { code: 'ENOTFOUND' }, { status: 404 }];
	expect((await send('DELETE', unclearFirst)).ended).toBe('204');
	expect((await send('DELETE', [{ status: 502 }, { status: 403 }])).ended).toBe('403 in doubt');
	expect((await send('PUT', [{ code: 'ECONNRESET' }, { status: 404 }])).ended).toBe('404 in doubt');
	expect((await send('GET', [{ code: 'ECONNRESET' }, { status: 404 }])).ended).toBe('404');
});

describe('a POST in doubt', () => {
	test('that changes nothing is sent again', async () => {
		expect((await send('POST', [{ status: 502 }], { request: { readOnly: true } })).ended).toBe(
			'done',
		);
	});

	test.each([
		['was carried out', { status: 201, headers: {}, body: {} }, '201', 1],
		['was not carried out', false, 'done', 2],
		['cannot be told', undefined, '502 in doubt', 1],
	] as const)('is looked up: it %s', async (_, found, ended, times) => {
		const request = { reconcile: async () => found };
		const result = await send('POST', [{ status: 502 }], { request });
		expect([result.ended, result.attempts.length]).toEqual([ended, times]);
	});
});

describe('waits', () => {
	test('grow to 15 seconds at most, half of them random', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		const { attempts } = await send(
			'GET',
			Array.from({ length: 9 }, () => ({ status: 500 })),
		);
		const waits = attempts.slice(1).map((at, index) => Math.round(at - attempts[index]));
		expect(waits).toEqual([375, 750, 1_500, 3_000, 6_000, 11_250, 11_250, 11_250, 11_250]);
		jest.restoreAllMocks();
	});

	test('for a network that is down end after 30 seconds', async () => {
		const down = Array.from({ length: 99 }, () => ({ code: 'ENOTFOUND' }));
		const { ended, attempts } = await send('GET', down);
		expect(ended).toBe('ENOTFOUND');
		const last = attempts[attempts.length - 1] - attempts[0];
		expect(last).toBeLessThanOrEqual(30_000);
		expect(last).toBeGreaterThan(15_000);
	});

	test('are none for a rate-limited request: the rate limiter makes it wait', async () => {
		const { attempts } = await send('POST', [{ status: 429 }, { status: 429, retryAfter: 5_000 }]);
		expect(attempts.map((at) => Math.round(at - attempts[0]))).toEqual([0, 0, 0]);
	});

	const always = (sent: Sent): Sent[] => Array.from({ length: 1_000 }, () => sent);

	test('grow, and end within the time that the user sets', async () => {
		const { ended, attempts } = await send('GET', always({ status: 500 }), { retryFor: 60_000 });
		expect(ended).toBe('500');
		const [first, last] = [attempts[0], attempts[attempts.length - 1]];
		expect(last - first).toBeLessThanOrEqual(60_000);
		expect(last - first).toBeGreaterThan(40_000);
		expect(attempts.length).toBeLessThan(15);
	});

	test('are none when the user sets no time', async () => {
		for (const sent of [{ status: 429 }, { status: 500 }, { code: 'ECONNREFUSED' }]) {
			expect((await send('GET', [sent], { retryFor: 0 })).attempts).toHaveLength(1);
		}
	});

	test('are as long as Aha! asks, unless that is longer than the user wants to wait', async () => {
		const { attempts } = await send('GET', [{ status: 503, retryAfter: 20_000 }]);
		expect(attempts[1] - attempts[0]).toBeGreaterThanOrEqual(20_000);
		const late = await send('POST', [{ status: 429, retryAfter: 3_600_000 }]);
		expect([late.ended, late.attempts.length]).toEqual(['429', 1]);
	});

	test('end at once when the execution is cancelled, with no timer left behind', async () => {
		const controller = new AbortController();
		const { attempt, attempts } = failing(...always({ status: 500 }));
		const { signal } = controller;
		const request = { method: 'GET', path: '/', query: {} } as const;
		const sending = sendWithRetry(request, attempt, { retryFor: 120_000, signal });
		const ended = expect(sending).rejects.toThrow('cancelled');
		await jest.advanceTimersByTimeAsync(5_000);
		const times = attempts.length;
		controller.abort(new Error('cancelled'));
		await ended;
		await jest.advanceTimersByTimeAsync(500);
		expect(jest.getTimerCount()).toBe(0);
		expect(attempts).toHaveLength(times);
	});
});

test.each([
	[{ 'retry-after': '7' }, undefined, 7_000],
	[{ 'retry-after': '0' }, undefined, 0],
	[{ retry_after: '3' }, undefined, 3_000],
	[{}, { retry_after: 4 }, 4_000],
	[{}, { error: 'Too many' }, undefined],
	[{ 'retry-after': 'soon' }, undefined, undefined],
	[{}, 'text', undefined],
	[{ 'retry-after': '-3' }, undefined, 0],
	[{ 'retry-after': '' }, { retry_after: 4 }, undefined],
	[{ 'retry-after': '1' }, { retry_after: 4 }, 1_000],
	[{ 'retry-after': null }, { retry_after: 4 }, 4_000],
	[{}, { retry_after: null }, undefined],
	[{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, undefined, 0],
	[undefined, undefined, undefined],
])('Retry-After of %o and %o', (headers, body, wanted) => {
	expect(retryAfterOf(headers, body)).toBe(wanted);
});

test('Retry-After as a date', () => {
	const date = new Date(Date.now() + 9_000).toUTCString();
	const wanted = retryAfterOf({ 'retry-after': date }, undefined);
	expect(wanted).toBeGreaterThan(7_000);
	expect(wanted).toBeLessThanOrEqual(9_000);
});

test.each([
	...unsent.map((failure) => [failure, 'unsent'] as const),
	[{ code: 'ECONNRESET' }, 'unclear'],
	[{ code: 'ERR_NETWORK' }, 'unclear'],
	[{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'rejected'],
	[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'rejected'],
	[{ code: 'ERR_INVALID_URL' }, 'rejected'],
	[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'rejected'],
	[{ code: 'ENOENT' }, 'rejected'],
	[{ message: 'Reconnect the credential' }, 'rejected'],
	[{}, 'rejected'],
] as const)('a failure with %j', (failure, kind) => {
	expect(kindOfFailure(failure)).toBe(kind);
});

test('each retry says that it is one, and how long it may wait', async () => {
	const attempt = jest.fn(failing({ status: 429 }, { status: 429 }).attempt);
	const request = { method: 'GET', path: '/', query: {} } as const;
	await sendWithRetry(request, attempt, { retryFor: 60_000 });
	const until = performance.now() + 60_000;
	expect(attempt.mock.calls).toEqual([
		[false, undefined],
		[true, until],
		[true, until],
	]);
});

describe('a request that is cancelled on its way', () => {
	const cancelledIn = async (method: 'GET' | 'POST', sent: Sent) => {
		const controller = new AbortController();
		const reconcile = jest.fn();
		const attempt = async () => {
			controller.abort(new Error('cancelled'));
			return await Promise.resolve(attemptOf(sent));
		};
		const request = { method, path: '/', query: {}, reconcile };
		const { signal } = controller;
		const sending = sendWithRetry(request, attempt, { retryFor: 60_000, signal });
		return { ...(await sending.catch(({ message }: Error) => ({ message }))), reconcile };
	};

	test('says so when it may have been carried out, and asks nothing more', async () => {
		const { message, reconcile } = (await cancelledIn('POST', { status: 502 })) as {
			message: string;
			reconcile: jest.Mock;
		};
		expect(message).toContain('may have carried out the request');
		expect(reconcile).not.toHaveBeenCalled();
	});

	test('ends with its own error', async () => {
		expect(await cancelledIn('GET', { status: 429 })).toMatchObject({ message: '429' });
	});
});

test('a request without time for its turn ends with the error before it', async () => {
	const attempts: Attempt[] = [attemptOf({ status: 429 }), { kind: 'tooLate' }];
	const attempt = async () => await Promise.resolve(attempts.shift() as Attempt);
	const request = { method: 'POST', path: '/', query: {} } as const;
	await expect(sendWithRetry(request, attempt, { retryFor: 60_000 })).rejects.toThrow(/^429$/);
});
