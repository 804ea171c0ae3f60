import { sleep } from 'n8n-workflow';

import { AHA_LIMITS } from '../../../nodes/Aha/transport/rateLimiter';
import type { Caller, RateLimiter } from '../../../nodes/Aha/transport/rateLimiter';

/** How a server may count: windows that slide or that begin anew; refused ones too, or not. */
export interface Counting {
	readonly slides: boolean;
	readonly countsRefused: boolean;
	readonly tellsWhen: boolean;
}

/** An account that refuses what goes beyond Aha!'s limits. Works with fake time. */
export class LimitedAccount {
	readonly admitted: number[] = [];
	refused = 0;
	private readonly counted: number[] = [];

	constructor(private readonly counting: Counting) {}

	/** @returns milliseconds to wait when refused */
	ask(): { ok: boolean; retryAfter?: number } {
		const now = performance.now();
		const opens = AHA_LIMITS.map(({ requests, window }) => {
			const since = this.counting.slides ? now - window : Math.floor(now / window) * window - 1;
			const within = this.counted.filter((time) => time > since);
			if (within.length < requests) return now;
			return this.counting.slides ? within[within.length - requests] + window : since + 1 + window;
		});
		const wait = Math.max(...opens) - now;
		const ok = wait <= 0;
		if (ok || this.counting.countsRefused) this.counted.push(now);
		if (ok) this.admitted.push(now);
		else this.refused++;
		// Aha! tells whole seconds.
		const retryAfter = this.counting.tellsWhen ? Math.ceil(wait / 1000) * 1000 : undefined;
		return { ok, ...(!ok && { retryAfter }) };
	}
}

/** Sends so many requests through a limiter, some at a time, until each was let in. */
export async function sendAll(
	limiter: RateLimiter,
	account: { ask(): { ok: boolean; retryAfter?: number } },
	{ count, caller = {}, latency = 100 }: { count: number; caller?: Caller; latency?: number },
): Promise<void> {
	let left = count;
	const worker = async () => {
		while (left-- > 0) {
			for (let isRetry = false; ; isRetry = true) {
				const sentAt = await limiter.acquire(caller, { isRetry });
				// The way to Aha! takes a little more or less each time.
				await sleep(latency / 2 - Math.random() * 30);
				const { ok, retryAfter } = account.ask();
				await sleep(latency / 2);
				if (ok) limiter.onAccepted(sentAt, {});
				else limiter.onRateLimited(sentAt, retryAfter);
				if (ok) break;
			}
		}
	};
	await Promise.all(Array.from({ length: 32 }, worker));
}

/** The most that stand in any window of so many milliseconds. */
export function mostIn(times: readonly number[], window: number): number {
	let first = 0;
	return times.reduce((most, time, index) => {
		while (times[first] <= time - window) first++;
		return Math.max(most, index - first + 1);
	}, 0);
}
