/** How many requests an account accepts in any second and in any minute. */
export interface Limits {
	readonly perSecond: number;
	readonly perMinute: number;
}

/** The limits that Aha! documents. */
export const AHA_LIMITS: Limits = { perSecond: 20, perMinute: 300 };

/** Sent by an account without limits: without a header, clients assume those of Aha!. */
export const UNLIMITED_HEADERS = { 'RateLimit-Policy': '1000000;w=1' };

const SECOND = 1_000;
const MINUTE = 60_000;

/** Counts the requests that an account accepted. */
export class Limiter {
	/** Times of the requests of the last minute, oldest first. */
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

	/** Aha! only documents its limits. Other limits have to be sent. */
	private policy(): Record<string, string> {
		const { perSecond, perMinute } = this.limits;
		if (perSecond === AHA_LIMITS.perSecond && perMinute === AHA_LIMITS.perMinute) return {};
		return { 'RateLimit-Policy': `${perSecond};w=1, ${perMinute};w=60` };
	}

	/** What is left in the window that ends now, and when its oldest request leaves it. */
	private window(now: number, length: number, limit: number) {
		const oldest = this.times.findIndex((time) => time > now - length);
		const used = oldest < 0 ? 0 : this.times.length - oldest;
		return { limit, free: limit - used, opens: (oldest < 0 ? now : this.times[oldest]) + length };
	}
}
