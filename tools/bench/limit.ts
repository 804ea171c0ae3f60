import type { Limits } from '../../sandbox';

/**
 * The shortest time in which an account accepts this many requests, with both limits as sliding
 * windows.
 *
 * @returns milliseconds between the first and the last request
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
