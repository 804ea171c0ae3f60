import type { IDataObject } from 'n8n-workflow';

import type { RateLimit } from './rateLimitHeaders';
import { limitsIn, remainingIn, resetIn } from './rateLimitHeaders';
import { now, wait } from './wait';

/**
 * One rate limiter for each account in this process decides when a request may leave.
 *
 * - It is a sliding window: it keeps the times of the requests it let through, and waits when one
 *   more would exceed the limit of any second or minute. So a single process is never rate limited.
 *   A slow request may have reached Aha! later than others, like the first on a new connection, and
 *   counts from later; those of the first burst count from their responses.
 * - Callers take turns, one request each, however many they have queued. When more requests wait
 *   than the last tenth of a minute's limit, these are spread evenly over the rest of the minute:
 *   a newcomer gets a turn within seconds, and nobody waits longer in the end.
 * - Processes share no memory, only what Aha! tells them. Each 429 cuts the requests per second a
 *   little (multiplicative decrease), so that many at once cut it much. Other responses raise it,
 *   slowly at first and faster the longer there is no 429, as TCP CUBIC does. Below the limit,
 *   requests are spread evenly: no burst meets those of other processes. So few requests are
 *   refused, and a server may count those too. After a 429 nothing leaves before the time that Aha!
 *   names, or else with exponential backoff, with jitter so that processes do not return in lockstep.
 * - Limits that the server states (`RateLimit-Policy`) replace Aha!'s documented ones.
 *
 * It has a timer only while somebody waits. A limiter that was idle for a minute is dropped the
 * next time any account is used.
 */

/** Aha!'s limits for an account, the shortest window first. */
export const AHA_LIMITS: readonly RateLimit[] = [
	{ requests: 20, window: 1_000 },
	{ requests: 300, window: 60_000 },
];

/** Milliseconds added to a window: requests do not take equally long to arrive. */
const slack = (window: number): number => 80 + window / 300;
const span = ({ window }: RateLimit): number => window + slack(window);

/** Longest delay of a request, in milliseconds, that is taken for network latency. */
const MAX_DELAY = 500;

/**
 * The lowest rate, as a part of the limit of the shortest window. A 429 without Retry-After may not
 * be about the rate, so that one still uses up a minute's requests in a minute.
 */
const MIN_RATE = 0.025;
const MIN_RATE_UNTOLD = 0.3;

/** What a 429 leaves of the rate; and what a burst of those leaves that are about the minute. */
const DECREASE = 0.92;
const DECREASE_LONG = 0.7;

/** What a second without 429 adds to the rate; after so many milliseconds, twice as much. */
const INCREASE = 0.02;
const INCREASE_DOUBLES = 10_000;

/** Pause after a 429 without Retry-After, in milliseconds; and the longest pause of any. */
const FIRST_PAUSE = 300;
const MAX_PAUSE = 60_000;

/** A request that waits for its turn. */
interface Waiting {
	/** Time after which it does not want its turn any more. */
	readonly until: number;
	release(at: number): void;
	/** Stops waiting, because its turn would come too late. */
	giveUp(): void;
}

/** Thrown when the turn of a request would come too late. */
export const TOO_LATE = new Error('The rate limits leave no time for the request');

export interface AcquireOptions {
	readonly signal?: AbortSignal;
	/** Whether the request goes before the caller's others. */
	readonly isRetry?: boolean;
	/** Time, by `now`, until which the caller waits for its turn. */
	readonly until?: number;
}

/** Whoever sends requests: an execution of a node, a poll, a form. */
export type Caller = object;

export class RateLimiter {
	/** When requests were let through, within the longest window. */
	private readonly sent: number[] = [];
	/** Waiting requests by caller; the callers are in the order of their turns. */
	private readonly waiting = new Map<Caller, Waiting[]>();
	private isReleasing = false;
	private pausedUntil = 0;
	private rejectedAt = -Infinity;
	/** When requests went on after the last 429. */
	private resumedAt = 0;
	/** Whether requests are spread evenly. */
	private isPaced = false;
	/** Bursts of 429s since the last other response. */
	private rejections = 0;
	/** Requests that are let through in the shortest window. */
	private rate: number;
	/** The shortest time from letting a request through to its response. */
	private shortestTrip = Infinity;
	/** When the first response came: the shortest trip is not known before. */
	private respondedAt = Infinity;

	constructor(private limits: readonly RateLimit[] = AHA_LIMITS) {
		this.rate = limits[0].requests;
	}

	/**
	 * Waits for the caller's turn.
	 *
	 * @returns the time at which it was let through
	 * @throws the signal's reason when it aborts first, `TOO_LATE` when the turn would come after
	 * `until`
	 */
	async acquire(
		caller: Caller,
		{ signal, isRetry = false, until = Infinity }: AcquireOptions = {},
	): Promise<number> {
		signal?.throwIfAborted();
		return await new Promise<number>((resolve, reject) => {
			const entry: Waiting = {
				until,
				release: (at) => {
					signal?.removeEventListener('abort', leave);
					resolve(at);
				},
				giveUp: () => {
					signal?.removeEventListener('abort', leave);
					this.remove(caller, entry);
					reject(TOO_LATE);
				},
			};
			const leave = () => {
				this.remove(caller, entry);
				reject(signal?.reason);
			};
			signal?.addEventListener('abort', leave);
			const queue = this.waiting.get(caller) ?? [];
			if (isRetry) queue.unshift(entry);
			else queue.push(entry);
			this.waiting.set(caller, queue);
			void this.releaseAll();
		});
	}

	/**
	 * Takes note of a response that is not a 429.
	 *
	 * @param sentAt what `acquire` returned for its request
	 */
	onAccepted(sentAt: number, headers: IDataObject): void {
		this.rejections = 0;
		this.countLater(sentAt);
		const growth = INCREASE * (1 + (Math.max(0, now() - this.resumedAt) / INCREASE_DOUBLES) ** 2);
		this.rate = Math.min(this.limits[0].requests, this.rate + growth / this.rate);
		this.adopt(headers);
		// When others used up the limit, this shows it before a 429 does.
		const reset = resetIn(headers);
		const isUsedByOthers = remainingIn(headers) === 0 && this.ownLeft() > 0;
		if (isUsedByOthers && reset > 2 * this.limits[0].window) this.pauseFor(reset);
	}

	/**
	 * Takes note of a 429.
	 *
	 * @param sentAt what `acquire` returned for its request
	 * @param retryAfter milliseconds that Aha! asks to wait
	 */
	onRateLimited(sentAt: number, retryAfter?: number): void {
		const isFirst = sentAt >= this.rejectedAt;
		if (isFirst) {
			this.rejectedAt = now();
			this.rejections++;
		}
		const [{ requests, window }] = this.limits;
		const isTold = retryAfter !== undefined;
		const isAboutMinute = isTold && retryAfter > 2 * window;
		const decrease = !isAboutMinute ? DECREASE : isFirst ? DECREASE_LONG : 1;
		const lowest = requests * (isTold ? MIN_RATE : MIN_RATE_UNTOLD);
		this.rate = Math.min(this.rate, Math.max(lowest, this.rate * decrease));
		this.isPaced = isTold;
		this.pauseFor(retryAfter ?? FIRST_PAUSE * 2 ** (this.rejections - 1));
		this.resumedAt = this.pausedUntil;
	}

	/** The limits that it keeps, the shortest window first. */
	get known(): readonly RateLimit[] {
		return this.limits;
	}

	/** Whether nothing needs to be remembered. */
	isIdle(): boolean {
		const last = this.sent.at(-1) ?? -Infinity;
		const kept = Math.max(...this.limits.map(span));
		return this.waiting.size === 0 && this.pausedUntil <= now() && last + kept <= now();
	}

	/** Counts a request from when it may have arrived, if that is later than it was sent. */
	private countLater(sentAt: number): void {
		const index = this.sent.lastIndexOf(sentAt);
		if (index < 0) return;
		const time = now();
		const trip = time - sentAt;
		this.respondedAt = Math.min(this.respondedAt, time);
		this.shortestTrip = Math.min(this.shortestTrip, trip);
		const needed = sentAt < this.respondedAt ? 0 : this.shortestTrip;
		const at = sentAt + Math.min(trip - needed, MAX_DELAY);
		this.sent.splice(index, 1);
		const after = this.sent.findLastIndex((other) => other <= at);
		this.sent.splice(after + 1, 0, at);
	}

	private pauseFor(milliseconds: number): void {
		const length = Math.min(milliseconds, MAX_PAUSE);
		const jitter = Math.random() * (100 + length / 10);
		this.pausedUntil = Math.max(this.pausedUntil, now() + length + jitter);
	}

	private adopt(headers: IDataObject): void {
		const stated = limitsIn(headers);
		if (!stated || JSON.stringify(stated) === JSON.stringify(this.limits)) return;
		this.limits = stated;
		this.rate = stated[0].requests;
	}

	private async releaseAll(): Promise<void> {
		if (this.isReleasing) return;
		this.isReleasing = true;
		while (this.waiting.size > 0) {
			const time = now();
			const nextAt = this.nextAt();
			this.giveUpBefore(nextAt);
			if (this.waiting.size === 0) break;
			if (nextAt > time) await wait(Math.min(nextAt - time, 500));
			else {
				this.sent.push(time);
				this.nextWaiting().release(time);
			}
		}
		this.isReleasing = false;
	}

	/** Sends the requests away that would have to wait longer than they want to. */
	private giveUpBefore(nextAt: number): void {
		for (const entry of [...this.waiting.values()].flat()) {
			if (entry.until < nextAt) entry.giveUp();
		}
	}

	/** The first request of the caller whose turn it is; the caller goes to the end of the line. */
	private nextWaiting(): Waiting {
		const [[caller, [entry]]] = this.waiting;
		this.remove(caller, entry);
		const rest = this.waiting.get(caller);
		this.waiting.delete(caller);
		if (rest) this.waiting.set(caller, rest);
		return entry;
	}

	private remove(caller: Caller, entry: Waiting): void {
		const queue = this.waiting.get(caller) as Waiting[];
		const rest = queue.filter((other) => other !== entry);
		if (rest.length > 0) this.waiting.set(caller, rest);
		else this.waiting.delete(caller);
	}

	/** The time from which the next request may go. */
	private nextAt(): number {
		const [shortest, ...others] = this.limits;
		const rate = this.rejections > 1 ? 1 : Math.ceil(this.rate);
		const free = [
			this.freeAt({ ...shortest, requests: rate }),
			...others.map((limit) => this.freeAt(limit)),
		];
		return Math.max(this.pausedUntil, ...free, this.pacedAt(), this.spreadAt());
	}

	/** The time from which a request may go at a rate below the limit. */
	private pacedAt(): number {
		const [{ requests, window }] = this.limits;
		const last = this.sent.at(-1) ?? -Infinity;
		return this.isPaced && this.rate < requests ? last + window / this.rate : 0;
	}

	private freeAt(limit: RateLimit): number {
		const before = this.sent.at(-limit.requests);
		return before === undefined ? 0 : before + span(limit);
	}

	/** The time from which one of the last requests of the longest window may go. */
	private spreadAt(): number {
		const { longest } = this;
		const left = this.ownLeft();
		const isOfTheLast = left > 0 && left <= longest.requests / 10;
		if (!isOfTheLast || left >= this.waitingCount()) return 0;
		const last = this.sent[this.sent.length - 1];
		const untilMore = this.sent[0] + span(longest) - last;
		return last + untilMore / (left + 1);
	}

	/** Requests that the longest window has room for, if nobody else makes any. */
	private ownLeft(): number {
		const since = now() - span(this.longest);
		while (this.sent[0] <= since) this.sent.shift();
		return this.longest.requests - this.sent.length;
	}

	private get longest(): RateLimit {
		return this.limits[this.limits.length - 1];
	}

	private waitingCount(): number {
		let count = 0;
		for (const queue of this.waiting.values()) count += queue.length;
		return count;
	}
}

const rateLimiters = new Map<string, RateLimiter>();

/** The rate limiter of an account, by its host. */
export function rateLimiterOf(host: string): RateLimiter {
	for (const [other, limiter] of rateLimiters) {
		if (other !== host && limiter.isIdle()) rateLimiters.delete(other);
	}
	const limiter = rateLimiters.get(host) ?? new RateLimiter();
	rateLimiters.set(host, limiter);
	return limiter;
}
