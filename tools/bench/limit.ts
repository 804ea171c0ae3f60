import type { Limits } from '../../sandbox';

/**
 * The shortest time in which an account lets so many requests in: no window of a second and none
 * of a minute holds more than its limit.
 *
 * @returns milliseconds from the first request to the last
 */
export function limitTime(requests: number, { perSecond, perMinute }: Limits): number {
	const times: number[] = [];
	for (let index = 0; index < requests; index++) {
		const afterSecond = (times[index - perSecond] ?? -Infinity) + 1_000;
		const afterMinute = (times[index - perMinute] ?? -Infinity) + 60_000;
		times.push(Math.max(0, afterSecond, afterMinute));
	}
	return times.at(-1) ?? 0;
}
