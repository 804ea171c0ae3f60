import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { AHA_LIMITS, RateLimiter, rateLimiterOf } from '../../../nodes/Aha/transport/rateLimiter';
import { played } from './fakeTime';
import type { Counting } from './limitedAccount';
import { LimitedAccount, mostIn, sendAll } from './limitedAccount';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const MINUTE = 60_000;

/** Milliseconds that a number of requests takes at Aha!'s limits. */
const limitsTime = (count: number): number =>
	Math.floor((count - 1) / 300) * MINUTE + Math.floor(((count - 1) % 300) / 20) * 1000;

const sliding: Counting = { slides: true, countsRefused: false, tellsWhen: true };

describe('a lone process', () => {
	test('never goes beyond a limit, whatever comes when', async () => {
		const arrivals = fc.array(
			fc.record({ after: fc.nat(9_000), count: fc.integer({ min: 1, max: 90 }) }),
			{ minLength: 1, maxLength: 12 },
		);
		await fc.assert(
			fc.asyncProperty(arrivals, async (bursts) => {
				const limiter = new RateLimiter();
				const times: number[] = [];
				const all = bursts.map(async ({ after, count }) => {
					await sleep(after);
					const entered = Array.from({ length: count }, async () => {
						times.push(await limiter.acquire({}));
					});
					await Promise.all(entered);
				});
				await played(Promise.all(all));
				for (const { requests, window } of AHA_LIMITS) {
					expect(mostIn(times, window)).toBeLessThanOrEqual(requests);
				}
			}),
			{ numRuns: 15 },
		);
	});

	test.each([300, 1_000])('takes little longer than the limits for %i', async (count) => {
		const account = new LimitedAccount(sliding);
		const begun = performance.now();
		await played(sendAll(new RateLimiter(), account, { count }));
		expect(account.refused).toBe(0);
		expect(performance.now() - begun).toBeLessThan(limitsTime(count) * 1.05 + 1_500);
	});

	test('reads 50 pages in little more than the time of 50 requests', async () => {
		const account = new LimitedAccount(sliding);
		const begun = performance.now();
		await played(sendAll(new RateLimiter(), account, { count: 50, latency: 300 }));
		expect(performance.now() - begun).toBeLessThan(1.15 * 2_800);
	});
});

describe('several processes on one account', () => {
	const ways: Counting[] = [
		{ slides: true, countsRefused: false, tellsWhen: true },
		{ slides: true, countsRefused: true, tellsWhen: true },
		{ slides: false, countsRefused: false, tellsWhen: true },
		{ slides: false, countsRefused: true, tellsWhen: true },
		{ slides: false, countsRefused: false, tellsWhen: false },
	];

	test.each(ways)('reach 90%% of the rate together: %o', async (counting) => {
		const account = new LimitedAccount(counting);
		const begun = performance.now();
		const processes = Array.from({ length: 4 }, async () => {
			await sendAll(new RateLimiter(), account, { count: 500 });
		});
		await played(Promise.all(processes));
		expect(account.admitted).toHaveLength(2_000);
		expect(performance.now() - begun).toBeLessThan((2_000 / (0.9 * 5)) * 1000);
		// No hammering: few of all requests are refused.
		const most = counting.tellsWhen ? 0.1 : 0.4;
		expect(account.refused).toBeLessThan(account.admitted.length * most);
	});

	test('leave the rate to one of them when the others end', async () => {
		const account = new LimitedAccount({ slides: false, countsRefused: true, tellsWhen: true });
		const counts = [700, 200, 200, 200];
		const ends: number[] = [];
		const processes = counts.map(async (count) => {
			await sendAll(new RateLimiter(), account, { count });
			ends.push(performance.now());
		});
		await played(Promise.all(processes));
		const [others, last] = ends.slice(-2);
		const left = account.admitted.filter((time) => time > others).length;
		expect(left).toBeGreaterThan(300);
		expect(last - others).toBeLessThan(left * 200 + MINUTE);
	});
});

describe('refusals', () => {
	test('of every third request cost no more than their number', async () => {
		let asked = 0;
		const storm = { ask: () => ({ ok: ++asked % 3 !== 0 }) };
		const begun = performance.now();
		await played(sendAll(new RateLimiter(), storm, { count: 1_000 }));
		expect(performance.now() - begun).toBeLessThan(1.3 * limitsTime(asked));
	});

	test('are not followed by anything before the time that Aha! names', async () => {
		const limiter = new RateLimiter();
		limiter.onRateLimited(await limiter.acquire({}), 7_000);
		const begun = performance.now();
		expect((await played(limiter.acquire({}))) - begun).toBeGreaterThanOrEqual(7_000);
	});

	test('without a time are followed by ever longer waits, until an answer', async () => {
		const limiter = new RateLimiter();
		const waits: number[] = [];
		for (let time = 0; time < 5; time++) {
			const begun = performance.now();
			const sentAt = await played(limiter.acquire({}));
			waits.push(sentAt - begun);
			await jest.advanceTimersByTimeAsync(10);
			limiter.onRateLimited(sentAt);
		}
		const atLeast = [0, 280, 580, 1_180, 2_380];
		atLeast.forEach((least, index) => expect(waits[index]).toBeGreaterThanOrEqual(least));
		limiter.onAccepted(performance.now(), {});
		const [first, second] = [await played(limiter.acquire({})), await played(limiter.acquire({}))];
		expect(second - first).toBeLessThan(100);
	});

	test('make the pace slower, each a little, and answers make it faster again', async () => {
		const limiter = new RateLimiter();
		const inASecond = async () => {
			await jest.advanceTimersByTimeAsync(2 * MINUTE);
			const begun = performance.now();
			const times = Array.from({ length: 30 }, async () => await limiter.acquire({}));
			return (await played(Promise.all(times))).filter((time) => time < begun + 1_000).length;
		};
		expect(await inASecond()).toBe(20);
		await jest.advanceTimersByTimeAsync(2 * MINUTE);
		const sent = await Promise.all(
			Array.from({ length: 6 }, async () => await limiter.acquire({})),
		);
		await jest.advanceTimersByTimeAsync(100);
		for (const sentAt of sent) limiter.onRateLimited(sentAt, 1_000);
		limiter.onAccepted(sent[0], {});
		expect(await inASecond()).toBe(13);
		for (let answers = 0; answers < 40; answers++) limiter.onAccepted(performance.now(), {});
		expect(await inASecond()).toBe(20);
	});

	test('show before they happen, where Aha! says that nothing remains', async () => {
		const limiter = new RateLimiter();
		const begun = await limiter.acquire({});
		limiter.onAccepted(begun, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' });
		expect((await played(limiter.acquire({}))) - begun).toBeGreaterThanOrEqual(30_000);
	});
});

/** Sends what a second lets in, all of it answered so many milliseconds later. */
async function answeredBurst(limiter: RateLimiter, after: number): Promise<void> {
	const burst = await Promise.all(
		Array.from({ length: 20 }, async () => await limiter.acquire({})),
	);
	await jest.advanceTimersByTimeAsync(after);
	for (const sentAt of burst) limiter.onAccepted(sentAt, {});
}

test('a request that took longer than others counts from when it may have reached Aha!', async () => {
	const limiter = new RateLimiter();
	const first = await limiter.acquire({});
	await jest.advanceTimersByTimeAsync(100);
	limiter.onAccepted(first, {});
	await jest.advanceTimersByTimeAsync(2 * MINUTE);
	const begun = performance.now();
	await answeredBurst(limiter, 300);
	expect((await played(limiter.acquire({}))) - begun).toBeGreaterThanOrEqual(1_200);
});

test('a first burst counts from its answers: its way may have taken all that time', async () => {
	const limiter = new RateLimiter();
	const begun = performance.now();
	await answeredBurst(limiter, 300);
	expect((await played(limiter.acquire({}))) - begun).toBeGreaterThanOrEqual(1_300);
});

test('a minute that was used up here goes on by the own count, not by a rounded word', async () => {
	const limiter = new RateLimiter();
	const begun = performance.now();
	const all = Array.from({ length: 300 }, async () => await limiter.acquire({}));
	const last = Math.max(...(await played(Promise.all(all))));
	limiter.onAccepted(last, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '80' });
	expect((await played(limiter.acquire({}))) - begun).toBeLessThan(61_000);
});

test('limits that the server states take the place of the known ones', async () => {
	const limiter = new RateLimiter();
	limiter.onAccepted(await limiter.acquire({}), { 'ratelimit-policy': '3000;w=60, 200;w=1' });
	const begun = performance.now();
	const times = Array.from({ length: 300 }, async () => await limiter.acquire({}));
	const entered = await played(Promise.all(times));
	expect(entered.filter((time) => time < begun + 1_000)).toHaveLength(199);
});

describe('callers', () => {
	test('take turns, whatever they have waiting', async () => {
		const limiter = new RateLimiter();
		const order: string[] = [];
		const ask = async (name: string, caller: object) => {
			await limiter.acquire(caller);
			order.push(name);
		};
		const [big, small] = [{}, {}];
		const all = [
			...Array.from({ length: 60 }, async () => await ask('big', big)),
			...Array.from({ length: 5 }, async () => await ask('small', small)),
		];
		await played(Promise.all(all));
		expect(order.slice(20, 30).filter((name) => name === 'small')).toHaveLength(5);
	});

	test('who come late are not starved by one who used up the minute', async () => {
		const limiter = new RateLimiter();
		const account = new LimitedAccount(sliding);
		const long = sendAll(limiter, account, { count: 600 });
		await jest.advanceTimersByTimeAsync(20_000);
		const begun = performance.now();
		await played(limiter.acquire({}));
		expect(performance.now() - begun).toBeLessThan(4_000);
		await played(long);
	});

	test('who are cancelled leave at once and take no turn', async () => {
		const limiter = new RateLimiter();
		await Promise.all(Array.from({ length: 20 }, async () => await limiter.acquire({})));
		const controller = new AbortController();
		const waiting = limiter.acquire({}, { signal: controller.signal });
		controller.abort(new Error('cancelled'));
		await expect(waiting).rejects.toThrow('cancelled');
		await expect(limiter.acquire({}, { signal: controller.signal })).rejects.toThrow('cancelled');
		await jest.advanceTimersByTimeAsync(1_000);
		expect(jest.getTimerCount()).toBe(0);
	});
});

test('leaves no timer, and nothing of an account that was idle for a minute', async () => {
	const limiter = rateLimiterOf('idle.aha.io');
	await played(Promise.all(Array.from({ length: 50 }, async () => await limiter.acquire({}))));
	await jest.advanceTimersByTimeAsync(500);
	expect(jest.getTimerCount()).toBe(0);
	rateLimiterOf('other.aha.io');
	expect(rateLimiterOf('idle.aha.io')).toBe(limiter);
	await jest.advanceTimersByTimeAsync(MINUTE + 1_000);
	rateLimiterOf('other.aha.io');
	expect(rateLimiterOf('idle.aha.io')).not.toBe(limiter);
});
