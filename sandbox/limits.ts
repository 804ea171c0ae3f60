/** How many requests an account accepts in any second and in any minute. */
export interface Limits {
	readonly perSecond: number;
	readonly perMinute: number;
	/** Counts from the start of each second and minute of the clock; otherwise the windows slide. */
	readonly isFixed?: boolean;
	/** Whether requests count that were refused. Aha! does not document it. */
	readonly countsRefused?: boolean;
}

/** The limits that Aha! documents. */
export const AHA_LIMITS: Limits = { perSecond: 20, perMinute: 300 };

/** Sent by an account without limits: without a header, clients assume those of Aha!. */
export const UNLIMITED_HEADERS = { 'RateLimit-Policy': '1000000;w=1' };

const SECOND = 1_000;
const MINUTE = 60_000;

/** Counts the requests of an account. */
export class Limiter {
	/** Times of the requests that count, those of the last minute at least, oldest first. */
	private readonly times: number[] = [];

	constructor(private readonly limits: Limits) {}

	/**
	 * Accepts a request if both limits allow it.
	 *
	 * @param now in milliseconds
	 * @returns with Aha!'s rate limit headers, and `Retry-After` when it was refused
	 */
	admit(now: number): { admitted: boolean; headers: Record<string, string> } {
		while (this.times[0] <= now - MINUTE) this.times.shift();
		const second = this.window(now, SECOND, this.limits.perSecond);
		const minute = this.window(now, MINUTE, this.limits.perMinute);
		const admitted = second.free > 0 && minute.free > 0;
		if (admitted || this.limits.countsRefused) this.times.push(now);
		const tighter = minute.free < second.free || minute.free <= 0 ? minute : second;
		const headers: Record<string, string> = {
			'X-Ratelimit-Limit': String(tighter.limit),
			'X-Ratelimit-Remaining': String(Math.max(0, tighter.free - 1)),
			'X-Ratelimit-Reset': String(Math.ceil(tighter.opens / SECOND)),
			...this.policy(),
		};
		if (!admitted) headers['Retry-After'] = String(Math.ceil((tighter.opens - now) / SECOND));
		return { admitted, headers };
	}

	/** Aha! only documents its limits. Other limits have to be sent. */
	private policy(): Record<string, string> {
		const { perSecond, perMinute } = this.limits;
		if (perSecond === AHA_LIMITS.perSecond && perMinute === AHA_LIMITS.perMinute) return {};
		return { 'RateLimit-Policy': `${perSecond};w=1, ${perMinute};w=60` };
	}

	/** What is left in the window of now, and when it has room again. */
	private window(now: number, length: number, limit: number) {
		const { isFixed } = this.limits;
		const start = isFixed ? Math.floor(now / length) * length - 1 : now - length;
		const oldest = this.times.findIndex((time) => time > start);
		const used = oldest < 0 ? 0 : this.times.length - oldest;
		// With refused requests, more than one may have to leave the window.
		const leaving = this.times[oldest + Math.max(0, used - limit)] ?? now;
		const opens = isFixed ? start + 1 + length : leaving + length;
		return { limit, free: limit - used, opens };
	}
}
