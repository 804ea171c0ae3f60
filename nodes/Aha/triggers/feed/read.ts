import type { Progress } from './checkpoint';
import { ascending } from './checkpoint';
import type { FollowOptions } from './options';
import type { Source, StreamEntry, StreamPage } from './source';

/** An entry that is not handled yet. */
export interface NewEntry<R> {
	readonly position: bigint;
	readonly at: number;
	/** What to emit for it; none if it is not selected. */
	readonly item?: R;
}

export interface NewEntries<R> {
	/** In the order of the stream. */
	readonly entries: ReadonlyArray<NewEntry<R>>;
	/** Aha!'s time of the first response, in milliseconds. */
	readonly serverTime: number;
	/** Everything that was not read, or was dropped to save memory, is at or above this position. */
	readonly unreadFrom?: bigint;
	/** Whether unread entries may be anywhere. */
	readonly isUnsure: boolean;
}

/** Entries held in memory for each item of a batch; those that are not selected are small. */
const HELD_PER_ITEM = 10;

/** Reads the entries above the watermark that are not handled, as far as a batch needs them. */
export async function readNew<T, R>(
	progress: Progress,
	source: Source<T>,
	options: FollowOptions<T, R>,
): Promise<NewEntries<R>> {
	const { watermark, watermarkAt, handled } = progress;
	const collector = new Collector(progress, options);
	const since = watermark === undefined ? watermarkAt : watermarkAt - options.allowedLateness;
	let serverTime: number | undefined;
	let unread: StreamPage<T>['unread'] = 'none';
	let pages = 0;
	for await (const page of source.pages({ after: watermark, since })) {
		serverTime ??= page.serverTime;
		unread = page.unread;
		pages += 1;
		collector.add(page.entries);
		if (pages === 1 && collector.isEmpty && page.total === handled.size) {
			// Entries never disappear, so as many as are handled are the handled ones.
			unread = 'none';
			break;
		}
		if (unread === 'above' && (collector.isBatchFull || pages >= options.maxPages)) break;
		collector.prune();
	}
	return {
		entries: collector.sorted(),
		serverTime: serverTime ?? watermarkAt,
		unreadFrom: collector.unreadFrom(unread),
		isUnsure: unread === 'anywhere',
	};
}

/** Gathers new entries page by page, and drops the highest if there are too many. */
class Collector<T, R> {
	private readonly found = new Map<bigint, NewEntry<R>>();

	private highest: bigint;

	private items = 0;

	/** Everything at or above this position was dropped. */
	private droppedFrom: bigint | undefined;

	constructor(
		private readonly progress: Progress,
		private readonly options: FollowOptions<T, R>,
	) {
		this.highest = progress.watermark ?? 0n;
	}

	get isEmpty(): boolean {
		return this.found.size === 0;
	}

	get isBatchFull(): boolean {
		return this.items >= this.options.batchSize;
	}

	add(entries: ReadonlyArray<StreamEntry<T>>): void {
		const { watermark, handled, startAt } = this.progress;
		for (const { position, at, value } of entries) {
			if (position > this.highest) this.highest = position;
			const isHandled = watermark !== undefined && position <= watermark;
			if (isHandled || handled.has(position) || this.found.has(position)) continue;
			const item = at >= startAt ? this.options.select(value) : undefined;
			if (item !== undefined) this.items += 1;
			this.found.set(position, { position, at, item });
		}
	}

	prune(): void {
		const most = this.options.batchSize * HELD_PER_ITEM;
		if (this.found.size <= 2 * most) return;
		const dropped = [...this.found.keys()].sort(ascending).slice(most);
		for (const position of dropped) this.found.delete(position);
		this.droppedFrom = lowest(this.droppedFrom, dropped[0]);
	}

	sorted(): Array<NewEntry<R>> {
		const { droppedFrom } = this;
		return [...this.found.values()]
			.filter(({ position }) => droppedFrom === undefined || position < droppedFrom)
			.sort((a, b) => ascending(a.position, b.position));
	}

	unreadFrom(unread: StreamPage<T>['unread']): bigint | undefined {
		return lowest(this.droppedFrom, unread === 'above' ? this.highest + 1n : undefined);
	}
}

/** The lower of two positions; either may be missing. */
export const lowest = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
	a === undefined || (b !== undefined && b < a) ? b : a;
