import type { IDataObject } from 'n8n-workflow';

import { now, wait } from './wait';

/**
 * One limiter for each account in this process decides when a request may leave.
 *
 * - It keeps the times of the requests that it let go, and lets none go that would be one too many
 *   in any second or any minute. So a lone process is never refused. A request that took longer
 *   than others may have reached Aha! later, as the first on a new connection do, and counts later;
 *   those of the first burst count from their answers.
 * - Callers take turns, one request each, whatever they have waiting. The last tenth of a minute's
 *   requests is handed out evenly over what is left of the minute when more wait than there are:
 *   it costs the one who waits nothing, and a newcomer finds a place within seconds.
 * - Processes share no memory, only what Aha! tells: after a refusal nobody asks before the time
 *   that it names (else the wait doubles each time), a little later by chance so that
 *   several do not come back in lockstep; and each burst of refusals makes the pace of a second
 *   slower by a quarter, each answer makes it a little faster again. It does not fall below a
 *   pace that still uses up a minute's requests in a minute.
 * - Limits that the server itself states (`RateLimit-Policy`) take the place of Aha!'s.
 *
 * It sleeps only while somebody waits, and what is kept of an account goes at the next use of any
 * account once it was idle for a minute.
 */

/** So many requests in so many milliseconds. */
export interface Limit {
	readonly requests: number;
	readonly window: number;
}

/** Aha!'s limits for an account, the shortest window first. */
export const AHA_LIMITS: readonly Limit[] = [
	{ requests: 20, window: 1_000 },
	{ requests: 300, window: 60_000 },
];

/** Added to a window: requests do not take equally long to reach Aha!. */
const slack = (window: number): number => 80 + window / 300;
const span = ({ window }: Limit): number => window + slack(window);

/** Longest delay of a request, in milliseconds, that is put down to its way to Aha!. */
const LONGEST_DELAY = 500;

/** The slowest pace, as a part of the limit of the shortest window. */
const SLOWEST = 0.3;

/** Waits without a word from Aha!, in milliseconds: the first, and the longest of any. */
const FIRST_HOLD = 300;
const LONGEST_HOLD = 60_000;

/** One who waits for a turn. */
interface Waiting {
	go(at: number): void;
}

/** Whoever sends requests one after another: a run of a node, a poll, a form. */
export type Caller = object;

export class RateLimiter {
	/** When requests were let go; older ones than the limits need are cut off now and then. */
	private sent: number[] = [];
	/** Index of the first within the longest window. */
	private first = 0;
	/** Who waits, for each caller; the order of the callers is that of their turns. */
	private readonly waiting = new Map<Caller, Waiting[]>();
	private isHandingOut = false;
	private heldUntil = 0;
	private slowedAt = -Infinity;
	/** Bursts of refusals since the last answer. */
	private refusals = 0;
	/** Requests that are let go in the shortest window. */
	private pace: number;
	/** The shortest time from letting a request go to its answer. */
	private shortestTrip = Infinity;
	/** When the first answer came: how long a trip must take is not known before. */
	private answeredAt = Infinity;

	constructor(private limits: readonly Limit[] = AHA_LIMITS) {
		this.pace = limits[0].requests;
	}

	/**
	 * Waits for the caller's turn.
	 *
	 * @param again whether the request was refused before: it goes before the caller's others
	 * @returns the time at which it was let go
	 * @throws the signal's reason when it aborts first
	 */
	async enter(caller: Caller, signal?: AbortSignal, again = false): Promise<number> {
		signal?.throwIfAborted();
		const time = now();
		if (this.waiting.size === 0 && this.nextAt() <= time) return this.letGo(time);
		return await new Promise<number>((resolve, reject) => {
			const entry: Waiting = {
				go: (at) => {
					signal?.removeEventListener('abort', leave);
					resolve(at);
				},
			};
			const leave = () => {
				this.remove(caller, entry);
				reject(signal?.reason);
			};
			signal?.addEventListener('abort', leave, { once: true });
			const queue = this.waiting.get(caller) ?? [];
			if (again) queue.unshift(entry);
			else queue.push(entry);
			this.waiting.set(caller, queue);
			void this.handOut();
		});
	}

	/**
	 * An answer that is no refusal came.
	 *
	 * @param sentAt what `enter` gave for its request
	 */
	accepted(sentAt: number, headers: IDataObject): void {
		this.refusals = 0;
		this.countLater(sentAt);
		this.pace = Math.min(this.limits[0].requests, this.pace + 1 / (3 * this.pace));
		this.adopt(headers);
		// What others used up shows here before anything is refused.
		const reset = resetIn(headers);
		const isUsedByOthers = remainingIn(headers) === 0 && this.ownLeft() > 0;
		if (isUsedByOthers && reset > 2 * this.limits[0].window) this.hold(reset);
	}

	/**
	 * A request was refused for the limits.
	 *
	 * @param sentAt what `enter` gave for it
	 * @param retryAfter milliseconds that Aha! asks to wait, if it does
	 */
	refused(sentAt: number, retryAfter?: number): void {
		if (sentAt >= this.slowedAt) {
			this.slowedAt = now();
			this.refusals++;
			const [{ requests, window }] = this.limits;
			// A longer wait is about the minute, which a slower second would not mend.
			if (retryAfter === undefined || retryAfter <= 2 * window) {
				this.pace = Math.max(requests * SLOWEST, this.pace * 0.75);
			}
		}
		this.hold(retryAfter ?? FIRST_HOLD * 2 ** (this.refusals - 1));
	}

	/** Whether nothing is left to remember. */
	isIdle(): boolean {
		const last = this.sent.at(-1) ?? -Infinity;
		const kept = Math.max(...this.limits.map(span));
		return this.waiting.size === 0 && this.heldUntil <= now() && last + kept <= now();
	}

	/** Counts a request from when it may have reached Aha!, if that was later than it was sent. */
	private countLater(sentAt: number): void {
		const index = this.sent.lastIndexOf(sentAt);
		if (index < this.first) return;
		const time = now();
		const trip = time - sentAt;
		this.answeredAt = Math.min(this.answeredAt, time);
		this.shortestTrip = Math.min(this.shortestTrip, trip);
		const needed = sentAt < this.answeredAt ? 0 : this.shortestTrip;
		const at = sentAt + Math.min(trip - needed, LONGEST_DELAY);
		this.sent.splice(index, 1);
		const after = this.sent.findLastIndex((other) => other <= at);
		this.sent.splice(after + 1, 0, at);
	}

	private hold(milliseconds: number): void {
		const length = Math.min(milliseconds, LONGEST_HOLD);
		const jitter = Math.random() * (100 + length / 10);
		this.heldUntil = Math.max(this.heldUntil, now() + length + jitter);
	}

	private adopt(headers: IDataObject): void {
		const stated = limitsIn(headers);
		if (!stated || JSON.stringify(stated) === JSON.stringify(this.limits)) return;
		this.limits = stated;
		this.pace = stated[0].requests;
	}

	private async handOut(): Promise<void> {
		if (this.isHandingOut) return;
		this.isHandingOut = true;
		while (this.waiting.size > 0) {
			const time = now();
			const delay = this.nextAt() - time;
			if (delay > 0) await wait(Math.min(delay, 500));
			else this.takeNext().go(this.letGo(time));
		}
		this.isHandingOut = false;
	}

	/** The first of the caller whose turn it is, who is last in the order from then on. */
	private takeNext(): Waiting {
		const [[caller, [entry]]] = this.waiting;
		this.remove(caller, entry);
		const rest = this.waiting.get(caller);
		this.waiting.delete(caller);
		if (rest) this.waiting.set(caller, rest);
		return entry;
	}

	private remove(caller: Caller, entry: Waiting): void {
		const rest = this.waiting.get(caller)?.filter((other) => other !== entry) ?? [];
		if (rest.length > 0) this.waiting.set(caller, rest);
		else this.waiting.delete(caller);
	}

	private letGo(time: number): number {
		this.sent.push(time);
		const needed = Math.max(...this.limits.map(({ requests }) => requests));
		if (this.sent.length > 2 * needed) {
			this.first = Math.max(0, this.first - (this.sent.length - needed));
			this.sent = this.sent.slice(-needed);
		}
		return time;
	}

	/** The time from which the next request may go. */
	private nextAt(): number {
		const [shortest, ...others] = this.limits;
		const pace = this.refusals > 1 ? 1 : Math.max(1, Math.floor(this.pace));
		const free = [
			this.freeAt({ ...shortest, requests: pace }),
			...others.map((limit) => this.freeAt(limit)),
		];
		return Math.max(this.heldUntil, ...free, this.spreadAt());
	}

	private freeAt(limit: Limit): number {
		const before = this.sent.at(-limit.requests);
		return before === undefined ? 0 : before + span(limit);
	}

	/** The time from which one of the last requests of the longest window may go. */
	private spreadAt(): number {
		const { longest } = this;
		const left = this.ownLeft();
		const isTheLast = left < longest.requests && left <= longest.requests / 10;
		if (!isTheLast || left >= this.waitingCount()) return 0;
		const last = this.sent[this.sent.length - 1];
		const untilMore = this.sent[this.first] + span(longest) - last;
		// A newcomer finds a place soon anyway.
		if (untilMore < longest.window / 20) return 0;
		return last + untilMore / (left + 1);
	}

	/** Requests that the longest window has room for, if nobody else makes any. */
	private ownLeft(): number {
		const since = now() - span(this.longest);
		while (this.sent[this.first] <= since) this.first++;
		return this.longest.requests - (this.sent.length - this.first);
	}

	private get longest(): Limit {
		return this.limits[this.limits.length - 1];
	}

	private waitingCount(): number {
		let count = 0;
		for (const queue of this.waiting.values()) count += queue.length;
		return count;
	}
}

const rateLimiters = new Map<string, RateLimiter>();

/** The limiter of an account, by its host. */
export function rateLimiterOf(host: string): RateLimiter {
	for (const [other, limiter] of rateLimiters) {
		if (other !== host && limiter.isIdle()) rateLimiters.delete(other);
	}
	const limiter = rateLimiters.get(host) ?? new RateLimiter();
	rateLimiters.set(host, limiter);
	return limiter;
}

const header = (headers: IDataObject, name: string): unknown =>
	headers[`ratelimit-${name}`] ?? headers[`x-ratelimit-${name}`];

const remainingIn = (headers: IDataObject): number => Number(header(headers, 'remaining') ?? NaN);

/** Larger than any wait in seconds: a moment since 1970 instead. */
const A_MOMENT = 1e9;

/** Milliseconds until the limits begin anew, from a header of seconds or of a moment. */
function resetIn(headers: IDataObject): number {
	const reset = Number(header(headers, 'reset') ?? NaN);
	return reset > A_MOMENT ? reset * 1000 - Date.now() : reset * 1000;
}

/** The limits of a header such as `RateLimit-Policy: 20;w=1, 300;w=60`, the shortest first. */
function limitsIn(headers: IDataObject): Limit[] | undefined {
	const stated = [...String(headers['ratelimit-policy'] ?? '').matchAll(/(\d+)\s*;\s*w=(\d+)/g)]
		.map(([, requests, seconds]) => ({
			requests: Number(requests),
			window: Number(seconds) * 1000,
		}))
		.filter(({ requests, window }) => requests > 0 && window > 0);
	return stated.length > 0 ? stated.sort((a, b) => a.window - b.window) : undefined;
}
