import {
	limitsIn,
	remainingIn,
	resetIn,
	serverTime,
} from '../../../nodes/Aha/transport/rateLimitHeaders';
import { retryAfterOf } from '../../../nodes/Aha/transport/retry';

const DATE = 'Wed, 25 Nov 2026 12:00:00 GMT';
const NOON = Date.parse(DATE);

beforeEach(() => jest.useFakeTimers({ now: NOON + 5 * 60_000 }));
afterEach(() => jest.useRealTimers());

describe('the limits that a server states', () => {
	test.each([
		[
			'20;w=1, 300;w=60',
			[
				[20, 1_000],
				[300, 60_000],
			],
		],
		[
			'300;w=60, 20;w=1',
			[
				[20, 1_000],
				[300, 60_000],
			],
		],
		['60 ; w=10', [[60, 10_000]]],
		['60;  w=3600', [[60, 3_600_000]]],
		['0;w=1, 5;w=2', [[5, 2_000]]],
		['5;w=0, 5;w=2', [[5, 2_000]]],
	])('%s', (policy, limits) => {
		const expected = limits.map(([requests, window]) => ({ requests, window }));
		expect(limitsIn({ 'ratelimit-policy': policy })).toEqual(expected);
	});

	test.each(['', 'none', '1;w=86400', '1;w=3601', '0;w=1', '5;w=0'])('%j are none', (policy) => {
		expect(limitsIn({ 'ratelimit-policy': policy })).toBeUndefined();
	});

	test('need no header', () => expect(limitsIn({})).toBeUndefined());
});

describe('the end of a limit', () => {
	test.each([
		['12', 12_000],
		[String(1e9), 1e12],
		[String(NOON / 1000 + 30), 30_000],
	])('%s is read by the clock of the server', (reset, expected) => {
		expect(resetIn({ 'ratelimit-reset': reset, date: DATE })).toBe(expected);
		expect(resetIn({ 'x-ratelimit-reset': reset, date: DATE })).toBe(expected);
	});

	test('is read by our own clock where the server tells no time', () => {
		const reset = String(NOON / 1000 + 330);
		expect(resetIn({ 'ratelimit-reset': reset })).toBe(30_000);
		expect(resetIn({ 'ratelimit-reset': reset, date: 'today' })).toBe(30_000);
		expect(serverTime({})).toBe(Date.now());
	});

	test('is unknown without a header', () => {
		expect([resetIn({}), remainingIn({})]).toEqual([NaN, NaN]);
		expect(remainingIn({ 'x-ratelimit-remaining': '3' })).toBe(3);
	});

	test('after a 429 is read by the clock of the server, too', () => {
		const later = new Date(NOON + 7_000).toUTCString();
		expect(retryAfterOf({ 'retry-after': later, date: DATE }, undefined)).toBe(7_000);
		expect(retryAfterOf({ 'retry-after': DATE, date: later }, undefined)).toBe(0);
		expect(retryAfterOf(undefined, { retry_after: 3 })).toBe(3_000);
	});
});
