import { getEventListeners } from 'node:events';

import { sleep } from 'n8n-workflow';

import type { Renewable } from '../../../nodes/Aha/transport/tokenRenewal';
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

	constructor(private readonly ownParts: Partial<Renewable<string>> = {}) {}

	async request(parts: Partial<Renewable<string>> = {}): Promise<string> {
		return await withFreshToken(this.key, {
			acquire: async () => await Promise.resolve(),
			send: async () => {
				const token = this.stored;
				// Responses come in another order than the requests went out.
				await sleep((++this.sent * 7) % 20);
				return token === this.valid ? 'ok' : '401';
			},
			isExpired: (response) => response === '401',
			renew: async () => await this.renew(),
			...this.ownParts,
			...parts,
		});
	}

	async renew(): Promise<void> {
		this.renewals++;
		await sleep(RENEWAL);
		this.stored = this.valid;
	}
}

/** An account that sends and renews nothing before it is told to. */
class Stopped extends SignedIn {
	/** What ends each renewal, and its signal. */
	readonly open: Array<{ done: () => void; fail: (error: Error) => void; signal: AbortSignal }> =
		[];

	constructor() {
		super({
			send: async () => await Promise.resolve(this.stored === this.valid ? 'ok' : '401'),
			renew: async (signal) => {
				await new Promise<void>((done, fail) => this.open.push({ done, fail, signal }));
				this.stored = this.valid;
			},
		});
	}

	/** A request that may be cancelled, and what became of it. */
	start(controller = new AbortController()) {
		const ended: unknown[] = [];
		this.request({ signal: controller.signal })
			.catch((error: unknown) => error)
			.then((result) => ended.push(result));
		return { ended, controller, cancel: (reason: string) => controller.abort(reason) };
	}
}

const turns = async () => await jest.advanceTimersByTimeAsync(1);

const times = async (count: number, task: () => Promise<string>) =>
	await played(Promise.allSettled(Array.from({ length: count }, task)));

describe('an expired token', () => {
	test('is renewed once for ten requests, and each is sent again', async () => {
		const account = new SignedIn();
		const results = await times(10, async () => await account.request());
		expect(results).toEqual(results.map(() => ({ status: 'fulfilled', value: 'ok' })));
		expect(account.renewals).toBe(1);
	});

	test('is renewed each time that it expires', async () => {
		const account = new SignedIn();
		for (const valid of ['newer', 'newest']) {
			await times(5, async () => await account.request());
			account.valid = valid;
		}
		await times(5, async () => await account.request());
		expect(account.renewals).toBe(3);
	});

	test('of one credential holds up no other', async () => {
		const [one, other] = [new Stopped(), new SignedIn()];
		one.start();
		expect(await played(other.request())).toBe('ok');
		expect([one.open.length, other.renewals]).toEqual([1, 1]);
	});

	test('is not renewed twice for a response that stays 401', async () => {
		const account = new SignedIn({ send: async () => await Promise.resolve('401') });
		expect(await played(account.request())).toBe('401');
		expect(account.renewals).toBe(1);
	});
});

describe('a request during a renewal', () => {
	test('waits for the new token, then takes its turn', async () => {
		const account = new Stopped();
		account.start();
		await turns();
		const acquire = jest.fn(async () => await Promise.resolve());
		const second = account.request({ acquire });
		await turns();
		expect(acquire).not.toHaveBeenCalled();
		account.open[0].done();
		expect(await played(second)).toBe('ok');
		expect(acquire).toHaveBeenCalledTimes(1);
	});

	test('that began while it waited for its turn takes another turn', async () => {
		const account = new Stopped();
		const late = { acquire: jest.fn(async () => await sleep(100)), send: jest.fn() };
		const second = account.request({ ...late, send: late.send.mockResolvedValue('ok') });
		account.start();
		await jest.advanceTimersByTimeAsync(150);
		expect(late.send).not.toHaveBeenCalled();
		account.open[0].done();
		expect(await played(second)).toBe('ok');
		expect([late.acquire.mock.calls.length, late.send.mock.calls.length]).toEqual([2, 1]);
	});

	test('is not sent when it was cancelled before', async () => {
		const account = new Stopped();
		account.start();
		await turns();
		const controller = new AbortController();
		controller.abort('too late');
		const { ended } = account.start(controller);
		await turns();
		expect(ended).toEqual(['too late']);
		expect(account.open[0].signal.aborted).toBe(false);
	});
});

describe('a renewal that fails', () => {
	test('is not tried for each request, and all say why', async () => {
		const account = new SignedIn();
		const renew = jest.fn(async () => {
			await sleep(RENEWAL);
			throw new Error('reconnect');
		});
		const results = await times(10, async () => await account.request({ renew }));
		expect(results.map((result) => result.status === 'rejected' && String(result.reason))).toEqual(
			results.map(() => 'Error: reconnect'),
		);
		expect(renew.mock.calls.length).toBeLessThan(4);
	});

	test('is tried again for the next request', async () => {
		const account = new Stopped();
		const first = account.start();
		await turns();
		account.open[0].fail(new Error('no network'));
		await turns();
		expect(first.ended).toEqual([new Error('no network')]);
		const second = account.start();
		await turns();
		account.open[1].done();
		await turns();
		expect(second.ended).toEqual(['ok']);
	});
});

describe('a cancelled request', () => {
	test('stops waiting at once, and the last one stops the renewal', async () => {
		const account = new Stopped();
		const [first, second] = [account.start(), account.start()];
		await turns();
		const [{ signal }] = account.open;
		first.cancel('first');
		await turns();
		expect([first.ended, second.ended, signal.aborted]).toEqual([['first'], [], false]);
		second.cancel('second');
		await turns();
		expect([second.ended, signal.reason]).toEqual([['second'], 'second']);
		expect(account.open).toHaveLength(1);
	});

	test('does not stop a renewal that others still wait for', async () => {
		const account = new Stopped();
		const [first, second] = [account.start(), account.start()];
		await turns();
		first.cancel('cancelled');
		account.open[0].done();
		await turns();
		expect([first.ended, second.ended]).toEqual([['cancelled'], ['ok']]);
	});

	test('leaves a renewal behind that the next request waits for', async () => {
		const account = new Stopped();
		const first = account.start();
		await turns();
		first.cancel('cancelled');
		await turns();
		const second = account.start();
		await turns();
		// n8n stores the new token also when nobody waits for it any more.
		account.open[0].done();
		await turns();
		expect([first.ended, second.ended]).toEqual([['cancelled'], ['ok']]);
		expect(account.open).toHaveLength(1);
	});

	test('does not pass its reason on to those who join the renewal that it stopped', async () => {
		const account = new Stopped();
		const [first, waiting] = [account.start(), account.start()];
		await turns();
		first.cancel('cancelled');
		waiting.cancel('cancelled too');
		await turns();
		const second = account.start();
		await turns();
		account.open[0].fail(new Error('cancelled'));
		await turns();
		expect(account.open).toHaveLength(2);
		account.open[1].done();
		await turns();
		expect(second.ended).toEqual(['ok']);
	});

	test('leaves nothing on a signal that many requests share', async () => {
		const account = new Stopped();
		const { controller, ended } = account.start();
		await turns();
		account.open[0].done();
		await turns();
		expect(ended).toEqual(['ok']);
		expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
	});
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
