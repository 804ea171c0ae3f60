import { getEventListeners } from 'node:events';

import type { IDataObject } from 'n8n-workflow';

import type { AcquireOptions } from '../../../nodes/Aha/transport/rateLimiter';
import { RateLimiter, rateLimiterOf, TOO_LATE } from '../../../nodes/Aha/transport/rateLimiter';
import { played } from './fakeTime';

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

const SECOND = 1_000;
const MINUTE = 60_000;

const pass = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

/** Lets so many requests through; their times from now. */
async function acquire(limiter: RateLimiter, count: number, options: AcquireOptions = {}) {
	const begun = performance.now();
	const caller = {};
	const all = Array.from({ length: count }, async () => await limiter.acquire(caller, options));
	return (await played(Promise.all(all))).map((time) => Math.round(time - begun));
}

const within = (times: number[], milliseconds: number): number =>
	times.filter((time) => time < milliseconds).length;

/** A rate limiter of an account that states its limits. */
async function stating(policy: string): Promise<RateLimiter> {
	const limiter = new RateLimiter();
	limiter.onAccepted(await limiter.acquire({}), { 'ratelimit-policy': policy });
	await pass(2 * MINUTE);
	return limiter;
}

describe('a caller', () => {
	test('has its requests sent in their order, retries first', async () => {
		const limiter = new RateLimiter();
		await acquire(limiter, 20);
		const caller = {};
		const order: string[] = [];
		const ask = async (name: string, options?: AcquireOptions) => {
			await limiter.acquire(caller, options);
			order.push(name);
		};
		await played(Promise.all([ask('first'), ask('second'), ask('retry', { isRetry: true })]));
		expect(order).toEqual(['retry', 'first', 'second']);
	});

	test('leaves nothing on a signal that its requests share', async () => {
		const limiter = new RateLimiter();
		const { signal } = new AbortController();
		await acquire(limiter, 25, { signal });
		limiter.onRateLimited(performance.now(), 30 * SECOND);
		const until = performance.now() + SECOND;
		await expect(limiter.acquire({}, { signal, until })).rejects.toBe(TOO_LATE);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});
});

describe('a request that wants its turn by a time', () => {
	test('is sent away before that time, and takes no turn of others', async () => {
		const limiter = new RateLimiter();
		await acquire(limiter, 20);
		const begun = performance.now();
		const patient = limiter.acquire({});
		const hasty = limiter.acquire({}, { until: begun + 500 });
		await expect(played(hasty)).rejects.toBe(TOO_LATE);
		expect(performance.now() - begun).toBeLessThan(SECOND);
		expect((await played(patient)) - begun).toBeGreaterThan(SECOND);
	});

	test('gets its turn where that comes in time', async () => {
		const limiter = new RateLimiter();
		await acquire(limiter, 20);
		const until = performance.now() + 1_200;
		expect(await played(limiter.acquire({}, { until }))).toBeLessThanOrEqual(until);
	});

	test('is sent away when a 429 puts its turn off', async () => {
		const limiter = new RateLimiter();
		await acquire(limiter, 20);
		const until = performance.now() + 2 * SECOND;
		const ended = expect(limiter.acquire({}, { until })).rejects.toBe(TOO_LATE);
		limiter.onRateLimited(performance.now(), 30 * SECOND);
		await pass(600);
		await ended;
		await pass(SECOND);
		expect(jest.getTimerCount()).toBe(0);
	});

	test('waits where the account states a lower limit than it has used', async () => {
		const limiter = new RateLimiter();
		await acquire(limiter, 300);
		limiter.onAccepted(performance.now(), { 'ratelimit-policy': '20;w=1, 299;w=60' });
		const until = performance.now() + 2 * MINUTE;
		expect(await played(limiter.acquire({}, { until }))).toBeLessThan(until);
	});
});

describe('the rate', () => {
	/** How many requests leave in a second, after 429s that each ask for a wait. */
	async function afterWaits(...waits: Array<number | undefined>): Promise<number> {
		const limiter = new RateLimiter();
		for (const retryAfter of waits) {
			const [sentAt] = [await played(limiter.acquire({}))];
			await pass(10);
			limiter.onRateLimited(sentAt, retryAfter);
		}
		const first = await played(limiter.acquire({}));
		await pass(2 * MINUTE - (performance.now() - first));
		return within(await acquire(limiter, 30), SECOND);
	}

	test.each([
		['falls a little after a 429', [undefined], 19],
		['falls a little where the second is used up', [2 * SECOND], 19],
		['falls by a third where the minute is used up', [2_001], 14],
		['is one request a second after another 429', [SECOND, SECOND], 1],
	])('%s', async (_, waits, expected) => {
		expect(await afterWaits(...waits)).toBe(expected);
	});

	test('does not rise because a response states the same limits again', async () => {
		const policy = { 'ratelimit-policy': '20;w=1, 300;w=60' };
		const limiter = await stating(policy['ratelimit-policy']);
		limiter.onRateLimited(await played(limiter.acquire({})), SECOND);
		await pass(2 * MINUTE);
		limiter.onAccepted(await played(limiter.acquire({})), policy);
		await pass(2 * MINUTE);
		expect(within(await acquire(limiter, 30), SECOND)).toBe(19);
	});

	test('is one request at least, however low the limits are', async () => {
		const limiter = await stating('1;w=1');
		limiter.onRateLimited(await played(limiter.acquire({})), SECOND);
		limiter.onAccepted(performance.now(), {});
		await pass(MINUTE);
		const [first, second] = await acquire(limiter, 2);
		expect([first, second > SECOND, second < 2 * SECOND]).toEqual([0, true, true]);
	});

	test('is full until little is left of the minute', async () => {
		const limiter = new RateLimiter();
		const times = await acquire(limiter, 1_000);
		expect(within(times, 15 * SECOND)).toBeGreaterThanOrEqual(270);
		expect(within(times, 15 * SECOND)).toBeLessThan(290);
	});
});

describe('a pause', () => {
	/** The time until the next request leaves, after a response with these headers. */
	async function pauseAfter(headers: IDataObject): Promise<number> {
		const limiter = new RateLimiter();
		limiter.onAccepted(await limiter.acquire({}), headers);
		return (await acquire(limiter, 1))[0];
	}

	test.each([
		[{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' }, 3 * SECOND],
		// Seconds may be rounded: so long a wait may be about the second, which is counted here.
		[{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' }, 0],
		[{ 'x-ratelimit-remaining': '0' }, 0],
		[{ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '30' }, 0],
		[{ 'x-ratelimit-reset': '30' }, 0],
	])('after %j takes %i ms', async (headers, least) => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		expect(await pauseAfter(headers)).toBe(least);
	});

	test('ends at other times for other processes', async () => {
		const pauses: number[] = [];
		for (const random of [0, 0.5]) {
			jest.spyOn(Math, 'random').mockReturnValue(random);
			const limiter = new RateLimiter();
			limiter.onRateLimited(await limiter.acquire({}), 10 * SECOND);
			pauses.push(...(await acquire(limiter, 1)));
		}
		expect(pauses).toEqual([10 * SECOND, 10_550]);
	});

	test('is no longer than a minute and a little', async () => {
		const limiter = new RateLimiter();
		limiter.onRateLimited(await limiter.acquire({}), 60 * MINUTE);
		expect((await acquire(limiter, 1))[0]).toBeLessThan(1.2 * MINUTE);
	});

	test('is not cut short by a later 429 that asks for less', async () => {
		const limiter = new RateLimiter();
		const [one, other] = [await limiter.acquire({}), await limiter.acquire({})];
		limiter.onRateLimited(one, 30 * SECOND);
		limiter.onRateLimited(other, SECOND);
		expect((await acquire(limiter, 1))[0]).toBeGreaterThanOrEqual(30 * SECOND);
	});
});

describe('the count of what was sent', () => {
	test('stays as it is for a response to a request from long ago', async () => {
		const limiter = new RateLimiter();
		const old = await limiter.acquire({});
		await pass(5 * MINUTE);
		await acquire(limiter, 20);
		for (let responses = 0; responses < 20; responses++) limiter.onAccepted(old, {});
		expect((await acquire(limiter, 1))[0]).toBeGreaterThan(SECOND);
	});

	test('is in the order in which requests may have arrived', async () => {
		const limiter = await stating('2;w=1');
		limiter.onAccepted(await limiter.acquire({}), {});
		await pass(10 * SECOND);
		const begun = performance.now();
		const slow = await limiter.acquire({});
		await pass(400);
		await limiter.acquire({});
		await pass(100);
		// Its response took 500 ms, that of another none: it may have arrived after the second one.
		limiter.onAccepted(slow, {});
		const next = await played(limiter.acquire({}));
		expect(next - begun).toBeGreaterThan(1_400);
		expect(next - begun).toBeLessThan(1_500);
	});

	test('is for the longest window: what nobody else can have used up is not believed', async () => {
		const limiter = new RateLimiter();
		await acquire(limiter, 300);
		await pass(2 * MINUTE);
		limiter.onAccepted(await limiter.acquire({}), {
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': '30',
		});
		expect((await acquire(limiter, 1))[0]).toBeGreaterThanOrEqual(30 * SECOND);
	});
});

describe('a rate limiter', () => {
	test('is idle a minute after its last request', async () => {
		const limiter = new RateLimiter();
		expect(limiter.isIdle()).toBe(true);
		await acquire(limiter, 1);
		await pass(MINUTE - SECOND);
		await acquire(limiter, 1);
		await pass(MINUTE);
		expect(limiter.isIdle()).toBe(false);
		await pass(SECOND);
		expect(limiter.isIdle()).toBe(true);
	});

	test('is not idle while a pause lasts or a request waits', async () => {
		const limiter = new RateLimiter();
		const sentAt = await limiter.acquire({});
		await pass(50 * SECOND);
		limiter.onRateLimited(sentAt, MINUTE);
		await pass(50 * SECOND);
		expect(limiter.isIdle()).toBe(false);
		const waiting = limiter.acquire({});
		// As where nothing ran meanwhile: the request still waits.
		const time = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 5 * MINUTE);
		expect(limiter.isIdle()).toBe(false);
		time.mockRestore();
		await played(waiting);
	});

	test('of an account that is used again after a quiet time knows its limits', async () => {
		const limiter = rateLimiterOf('quiet.aha.io');
		limiter.onAccepted(await limiter.acquire({}), { 'ratelimit-policy': '5;w=1' });
		await pass(5 * MINUTE);
		expect(within(await acquire(rateLimiterOf('quiet.aha.io'), 10), SECOND)).toBe(5);
	});
});
