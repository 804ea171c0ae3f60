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

test('credentials do not wait for each other', async () => {
	const [one, other] = [new SignedIn(), new SignedIn()];
	await played(Promise.all([one.request(), other.request()]));
	expect([one.renewals, other.renewals]).toEqual([1, 1]);
});
