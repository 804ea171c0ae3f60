import { sleep } from 'n8n-workflow';

import { withFreshToken } from '../../../nodes/Aha/transport/tokenRenewal';
import { played } from './fakeTime';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Milliseconds that a renewal takes. */
const RENEWAL = 10;

let accounts = 0;

/** An account whose token expires, and an n8n that keeps one. */
class SignedIn {
	valid = 'new';
	stored = 'old';
	renewals = 0;
	sent = 0;
	private readonly key = `credential ${accounts++}`;

	constructor(readonly canRenew = true) {}

	request(): Promise<string> {
		return withFreshToken(this.key, {
			acquire: async () => await Promise.resolve(),
			send: async () => {
				const token = this.stored;
				// Answers come in another order than the requests went out.
				await sleep((++this.sent * 7) % 20);
				return token === this.valid ? 'answer' : '401';
			},
			isExpired: (answer) => answer === '401',
			renew: async () => {
				this.renewals++;
				await sleep(RENEWAL);
				if (!this.canRenew) throw new Error('reconnect');
				this.stored = this.valid;
			},
		});
	}
}

const times = async (count: number, task: () => Promise<string>) =>
	await played(Promise.allSettled(Array.from({ length: count }, task)));

test('ten requests with an old token renew it once, and each is sent again', async () => {
	const account = new SignedIn();
	const results = await times(10, async () => await account.request());
	expect(results).toEqual(results.map(() => ({ status: 'fulfilled', value: 'answer' })));
	expect(account.renewals).toBe(1);
});

test('a request that begins meanwhile waits for the new token', async () => {
	const account = new SignedIn();
	const first = account.request();
	while (account.renewals === 0) await jest.advanceTimersByTimeAsync(1);
	const sent = account.sent;
	const second = account.request();
	await jest.advanceTimersByTimeAsync(RENEWAL - 1);
	expect(account.sent).toBe(sent);
	expect(await played(Promise.all([first, second]))).toEqual(['answer', 'answer']);
	expect(account.sent).toBe(sent + 2);
});

test('each expiry is one renewal', async () => {
	const account = new SignedIn();
	await times(5, async () => await account.request());
	account.valid = 'newer';
	await times(5, async () => await account.request());
	expect(account.renewals).toBe(2);
});

test('a renewal that fails is not tried for each request, and all say why', async () => {
	const account = new SignedIn(false);
	const results = await times(10, async () => await account.request());
	expect(results.map((result) => result.status === 'rejected' && String(result.reason))).toEqual(
		results.map(() => 'Error: reconnect'),
	);
	expect(account.renewals).toBeLessThan(4);
});

test('an answer that stays 401 is given as it is', async () => {
	const account = new SignedIn();
	const answer = account.request();
	account.valid = 'never';
	Object.defineProperty(account, 'stored', { get: () => 'old', set: () => undefined });
	expect(await played(answer)).toBe('401');
	expect(account.renewals).toBe(1);
});

test('a cancelled request stops waiting, and the last one ends the renewal', async () => {
	const stops = [new AbortController(), new AbortController()];
	const ended: unknown[] = [];
	const all = stops.map(
		async ({ signal }) =>
			await withFreshToken('cancelled', {
				acquire: async () => await Promise.resolve(),
				send: async () => await Promise.resolve('401'),
				isExpired: () => true,
				renew: async (renewal) =>
					await new Promise((_, reject) =>
						renewal.addEventListener('abort', () => reject(new Error('renewal stopped'))),
					),
				signal,
			}).catch((error: unknown) => ended.push(error)),
	);
	await jest.advanceTimersByTimeAsync(10);
	stops[0].abort('first');
	await jest.advanceTimersByTimeAsync(10);
	expect(ended).toEqual(['first']);
	stops[1].abort('second');
	await played(Promise.all(all));
	expect(ended).toEqual(['first', 'second']);
	expect(jest.getTimerCount()).toBe(0);
});

test('a renewal goes on when its request is cancelled, and the next request waits for it', async () => {
	const account = new SignedIn();
	const stop = new AbortController();
	let renewals = 0;
	const request = (signal?: AbortSignal) =>
		withFreshToken('cancelled and used', {
			acquire: async () => await Promise.resolve(),
			send: async () => await Promise.resolve(account.stored === account.valid ? 'ok' : '401'),
			isExpired: (response) => response === '401',
			// n8n stores the new token also when nobody waits for it any more.
			renew: async () => {
				renewals++;
				await sleep(RENEWAL);
				account.stored = account.valid;
			},
			signal,
		});
	const first = request(stop.signal).catch((error: unknown) => error);
	await jest.advanceTimersByTimeAsync(1);
	stop.abort('cancelled');
	expect(await first).toBe('cancelled');
	expect(await played(request())).toBe('ok');
	expect(renewals).toBe(1);
});

test('a request that comes to a renewal that all gave up starts its own', async () => {
	let stored = 'old';
	let renewals = 0;
	const request = (signal?: AbortSignal) =>
		withFreshToken('given up', {
			acquire: async () => await Promise.resolve(),
			send: async () => await Promise.resolve(stored === 'new' ? 'ok' : '401'),
			isExpired: (response) => response === '401',
			renew: async (renewal) => {
				renewals++;
				await sleep(RENEWAL);
				renewal.throwIfAborted();
				stored = 'new';
			},
			signal,
		}).catch((error: unknown) => error);
	const stop = new AbortController();
	const first = request(stop.signal);
	await jest.advanceTimersByTimeAsync(1);
	stop.abort('cancelled');
	expect(await first).toBe('cancelled');
	const others = [request(), request()];
	expect(await played(Promise.all(others))).toEqual(['ok', 'ok']);
	expect(renewals).toBe(2);
});

test('a request that got its 401 before others gave a renewal up starts its own', async () => {
	let stored = 'old';
	const started: string[] = [];
	const request = (name: string, { takes = 0, signal }: { takes?: number; signal?: AbortSignal }) =>
		withFreshToken('given up early', {
			acquire: async () => await Promise.resolve(),
			send: async () => {
				const token = stored;
				await sleep(takes);
				return token === 'new' ? 'ok' : '401';
			},
			isExpired: (response) => response === '401',
			renew: async (renewal) => {
				started.push(name);
				await sleep(RENEWAL);
				renewal.throwIfAborted();
				stored = 'new';
			},
			signal,
		}).catch((error: unknown) => error);
	const stop = new AbortController();
	const first = request('first', { signal: stop.signal });
	const second = request('second', { takes: RENEWAL / 2 });
	await jest.advanceTimersByTimeAsync(1);
	stop.abort('cancelled');
	expect(await played(Promise.all([first, second]))).toEqual(['cancelled', 'ok']);
	expect(started).toEqual(['first', 'second']);
});

test('a request that waited for a renewal takes its turn after it', async () => {
	const account = new SignedIn();
	const order: string[] = [];
	const request = (name: string) =>
		withFreshToken('turns', {
			acquire: async () => void (await Promise.resolve(order.push(`turn of ${name}`))),
			send: async () => await Promise.resolve(account.stored === account.valid ? 'ok' : '401'),
			isExpired: (response) => response === '401',
			renew: async () => {
				await sleep(RENEWAL);
				order.push('renewed');
				account.stored = account.valid;
			},
		});
	const first = request('first');
	await jest.advanceTimersByTimeAsync(1);
	const second = request('second');
	await played(Promise.all([first, second]));
	expect(order.indexOf('turn of second')).toBeGreaterThan(order.indexOf('renewed'));
});

test('credentials do not wait for each other', async () => {
	const [one, other] = [new SignedIn(), new SignedIn()];
	await played(Promise.all([one.request(), other.request()]));
	expect([one.renewals, other.renewals]).toEqual([1, 1]);
});
