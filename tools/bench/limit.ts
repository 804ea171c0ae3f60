import type { Limits } from '../../sandbox';

const SECOND = 1_000;
const MINUTE = 60_000;

/**
 * The shortest time in which an account accepts this many requests.
 *
 * @param start of the first request in milliseconds since 1970, where the windows are fixed
 * @returns milliseconds between the first and the last request
 */
export function limitTime(requests: number, limits: Limits, start = 0): number {
	return limits.isFixed ? fixedTime(requests, limits, start) : slidingTime(requests, limits);
}

function slidingTime(requests: number, { perSecond, perMinute }: Limits): number {
	const times: number[] = [];
	for (let index = 0; index < requests; index++) {
		const afterSecond = (times[index - perSecond] ?? -Infinity) + SECOND;
		const afterMinute = (times[index - perMinute] ?? -Infinity) + MINUTE;
		times.push(Math.max(0, afterSecond, afterMinute));
	}
	return times.at(-1) ?? 0;
}

function fixedTime(requests: number, { perSecond, perMinute }: Limits, start: number): number {
	let time = start;
	let inMinute = 0;
	for (let left = requests; ; time = (Math.floor(time / SECOND) + 1) * SECOND) {
		if (time % MINUTE === 0) inMinute = 0;
		const accepted = Math.min(left, perSecond, perMinute - inMinute);
		inMinute += accepted;
		left -= accepted;
		if (left === 0) return time - start;
	}
}
