/** Requests that an account may make, in any second and in any minute. */
export interface Limits {
	readonly perSecond: number;
	readonly perMinute: number;
}

/** Aha!'s own. */
export const AHA_LIMITS: Limits = { perSecond: 20, perMinute: 300 };

/** What an account without limits says, as one that says nothing has Aha!'s own. */
export const UNLIMITED_HEADERS = { 'RateLimit-Policy': '1000000;w=1' };

const SECOND = 1_000;
const MINUTE = 60_000;

/** Counts the requests of one account that were let in. */
export class Limiter {
	/** Times of the last minute, the oldest first. */
	private readonly times: number[] = [];

	constructor(private readonly limits: Limits) {}

	/**
	 * Lets a request in, or not.
	 *
	 * @param now in milliseconds
	 * @returns Aha!'s headers, for either answer; with `Retry-After` when it was refused
	 */
	admit(now: number): { admitted: boolean; headers: Record<string, string> } {
		while (this.times[0] <= now - MINUTE) this.times.shift();
		const second = this.window(now, SECOND, this.limits.perSecond);
		const minute = this.window(now, MINUTE, this.limits.perMinute);
		const admitted = second.free > 0 && minute.free > 0;
		if (admitted) this.times.push(now);
		const tighter = minute.free < second.free || minute.free === 0 ? minute : second;
		const headers: Record<string, string> = {
			'X-Ratelimit-Limit': String(tighter.limit),
			'X-Ratelimit-Remaining': String(Math.max(0, tighter.free - 1)),
			'X-Ratelimit-Reset': String(Math.ceil(tighter.opens / SECOND)),
			...this.policy(),
		};
		if (!admitted) headers['Retry-After'] = String(Math.ceil((tighter.opens - now) / SECOND));
		return { admitted, headers };
	}

	/** Aha! states its limits in its documentation alone; others have to be stated. */
	private policy(): Record<string, string> {
		const { perSecond, perMinute } = this.limits;
		if (perSecond === AHA_LIMITS.perSecond && perMinute === AHA_LIMITS.perMinute) return {};
		return { 'RateLimit-Policy': `${perSecond};w=1, ${perMinute};w=60` };
	}

	/** What is left of a window that ends now, and when it next lets a request in if it is full. */
	private window(now: number, length: number, limit: number) {
		const oldest = this.times.findIndex((time) => time > now - length);
		const used = oldest < 0 ? 0 : this.times.length - oldest;
		return { limit, free: limit - used, opens: (oldest < 0 ? now : this.times[oldest]) + length };
	}
}
