import type { FollowOptions } from '../../../../nodes/Aha/triggers/feed/options';
import type {
	ReadRange,
	Source,
	StreamEntry,
	StreamPage,
} from '../../../../nodes/Aha/triggers/feed/source';

const MINUTE = 60_000;
/** Well after 1970, so that clocks and lateness never lead below zero. */
const EPOCH = 1_700_000_000_000;

/** One change that somebody makes. */
export interface Write {
	/** Which of Aha!'s servers takes it: each has a clock of its own. */
	server: number;
	/** When it begins after the step does, and how long until others see it; milliseconds. */
	begin: number;
	delay: number;
}

/** What happens between two polls, and to the second one. */
export interface Step {
	/** Time since the step before; milliseconds. */
	gap: number;
	writes: Write[];
	/** The request that fails, counted from 0. */
	failsAt?: number;
	/** Whether the process ends after the reads, before anything is emitted. */
	killed: boolean;
}

export interface World {
	/** How far each server's clock is off; milliseconds. */
	clocks: number[];
	/** How far the clock is off that dates the responses. */
	dateClock: number;
	/** Timestamps are cut to this many milliseconds, so that many are equal. */
	resolution: number;
	/** Ids from the server's clock, as Aha!'s seem to be, or from one sequence. */
	ids: 'clock' | 'sequence';
	order: 'ascending' | 'descending';
	pageSize: number;
	/** How long one request takes. */
	requestTime: number;
	steps: Step[];
}

interface Stored {
	position: bigint;
	at: number;
	visibleAt: number;
}

/** An audit log with servers that race, and the source that reads it as Aha!'s API gives it. */
export class AuditLogModel implements Source<bigint> {
	readonly stored: Stored[] = [];

	time = EPOCH;

	requests = 0;

	/** Counts down to the request that fails. */
	failsIn: number | undefined;

	constructor(private readonly world: World) {}

	write({ server, begin, delay }: Write): void {
		const begins = this.time + begin;
		const clock = begins + this.world.clocks[server % this.world.clocks.length];
		const serial = BigInt(this.stored.length);
		const place = this.world.ids === 'clock' ? BigInt(clock) : BigInt(begins);
		this.stored.push({
			position: (place << 20n) + serial,
			at: Math.floor(clock / this.world.resolution) * this.world.resolution,
			visibleAt: begins + delay,
		});
	}

	get now(): number {
		return Math.floor((this.time + this.world.dateClock) / 1000) * 1000;
	}

	async *pages(range: ReadRange): AsyncGenerator<StreamPage<bigint>> {
		if (this.world.order === 'ascending') yield* this.byCursor(range);
		else yield* this.byNumber(range);
	}

	private async *byCursor({ after, since }: ReadRange): AsyncGenerator<StreamPage<bigint>> {
		let cursor = after;
		for (;;) {
			const matching = this.request(cursor, since);
			const entries = matching.slice(0, this.world.pageSize);
			const isLast = entries.length === matching.length;
			yield this.page(entries, matching.length, isLast ? 'none' : 'above');
			if (isLast) return;
			cursor = entries[entries.length - 1].position;
		}
	}

	private async *byNumber({ after, since }: ReadRange): AsyncGenerator<StreamPage<bigint>> {
		for (let number = 0; ; number++) {
			const matching = this.request(after, since).reverse();
			const start = number * this.world.pageSize;
			const entries = matching.slice(start, start + this.world.pageSize);
			const isLast = start + this.world.pageSize >= matching.length;
			yield this.page(entries, matching.length, isLast ? 'none' : 'anywhere');
			if (isLast) return;
		}
	}

	private request(after: bigint | undefined, since: number): Stored[] {
		this.requests += 1;
		if (this.failsIn === 0) throw new Error('The request failed');
		if (this.failsIn !== undefined) this.failsIn -= 1;
		this.time += this.world.requestTime;
		return this.visible(this.time)
			.filter(({ position, at }) => at >= since && (after === undefined || position > after))
			.sort((a, b) => (a.position < b.position ? -1 : 1));
	}

	visible(time: number): Stored[] {
		return this.stored.filter(({ visibleAt }) => visibleAt <= time);
	}

	private page(
		stored: Stored[],
		total: number,
		unread: StreamPage<bigint>['unread'],
	): StreamPage<bigint> {
		const entries = stored.map(({ position, at }): StreamEntry<bigint> => ({
			position,
			at,
			value: position,
		}));
		return { entries, total, unread, serverTime: this.now };
	}
}

export const ALLOWED_LATENESS = 15 * MINUTE;

export const everything: FollowOptions<bigint, bigint> = {
	allowedLateness: ALLOWED_LATENESS,
	maxHandledLength: 24_000,
	batchSize: 1_000,
	maxPages: 50,
	select: (position) => position,
};
