import type { Checkpoint, Progress } from './checkpoint';
import { ascending, packCheckpoint, unpackCheckpoint } from './checkpoint';
import type { FollowLimits, FollowOptions } from './options';
import type { NewEntries, NewEntry } from './read';
import { lowest, readNew } from './read';
import type { Source } from './source';

export interface Followed<R> {
	/** What was selected, in the order of the stream. */
	readonly items: R[];
	/** Store it only together with emitting the items. */
	readonly checkpoint: Checkpoint;
	/** Aha!'s time when the read began, in milliseconds. */
	readonly serverTime: number;
}

/**
 * Reads what is new since a checkpoint and gives the next checkpoint.
 *
 * An entry can become visible after others with a higher position. So each read begins at the
 * watermark, below which nothing new can appear, and skips the entries above it that are handled.
 * All times are Aha!'s own; the local clock is never read.
 */
export async function follow<T, R>(
	checkpoint: Checkpoint,
	source: Source<T>,
	options: FollowOptions<T, R>,
): Promise<Followed<R>> {
	const progress = unpackCheckpoint(checkpoint);
	const read = await readNew(progress, source, options);
	const advanceBy = (entries: ReadonlyArray<NewEntry<R>>) =>
		packCheckpoint(advance(progress, entries, read, options.allowedLateness));

	let batch = firstBatch(read.entries, options.batchSize);
	let next = advanceBy(batch);
	// What does not fit waits until it is below the watermark, where it takes no room.
	const room = Math.max(options.maxHandledLength, checkpoint.handled.length);
	while (next.handled.length > room && batch.length > 0) {
		batch = batch.slice(0, Math.floor(batch.length / 2));
		next = advanceBy(batch);
	}
	const items = batch.flatMap(({ item }) => (item === undefined ? [] : [item]));
	return { items, checkpoint: next, serverTime: read.serverTime };
}

/**
 * The checkpoint that takes everything visible as handled: what becomes visible later is new.
 *
 * @param now Aha!'s time, in milliseconds
 */
export async function startNow<T>(
	now: number,
	source: Source<T>,
	limits: Pick<FollowLimits, 'allowedLateness' | 'maxHandledLength'>,
): Promise<Checkpoint> {
	const startAt = now - limits.allowedLateness;
	const handled = new Map<bigint, number>();
	for await (const { entries } of source.pages({ since: startAt })) {
		for (const { position, at } of entries) handled.set(position, at);
	}
	let progress: Progress = { watermark: undefined, watermarkAt: startAt, handled, startAt };
	let checkpoint = packCheckpoint(progress);
	// Too many to store, with room for new ones: the lower half goes below the watermark, and with it
	// what is still hidden there.
	while (checkpoint.handled.length > limits.maxHandledLength / 2) {
		// A watermark in the future would hide all changes until then.
		const entries = [...progress.handled].filter(([, at]) => at <= now + limits.allowedLateness);
		if (entries.length === 0) break;
		progress = raiseWatermark(progress, entries.sort(byPosition)[(entries.length - 1) >> 1]);
		checkpoint = packCheckpoint(progress);
	}
	return checkpoint;
}

/** The checkpoint that begins at a given moment, in milliseconds. */
export const startFrom = (startAt: number): Checkpoint =>
	packCheckpoint({ watermark: undefined, watermarkAt: startAt, handled: new Map(), startAt });

/** The entries up to the one that completes a batch of items; all of them if none does. */
function firstBatch<R>(
	entries: ReadonlyArray<NewEntry<R>>,
	batchSize: number,
): ReadonlyArray<NewEntry<R>> {
	let items = 0;
	const last = entries.findIndex(({ item }) => {
		if (item !== undefined) items += 1;
		return items === batchSize;
	});
	return last === -1 ? entries : entries.slice(0, last + 1);
}

/** The progress once a batch of the new entries is handled. */
function advance<R>(
	progress: Progress,
	batch: ReadonlyArray<NewEntry<R>>,
	read: NewEntries<R>,
	allowedLateness: number,
): Progress {
	const handled = new Map(progress.handled);
	for (const { position, at } of batch) handled.set(position, at);
	const bound = lowest(read.entries[batch.length]?.position, read.unreadFrom);
	const settledBefore = read.isUnsure ? -Infinity : read.serverTime - allowedLateness;
	const settled = [...handled].filter(
		([position, at]) => at < settledBefore && (bound === undefined || position < bound),
	);
	const highest = settled.sort(byPosition).at(-1);
	const all = { ...progress, handled };
	return highest ? raiseWatermark(all, highest) : all;
}

/** Moves the watermark to one of the handled entries. */
const raiseWatermark = (progress: Progress, [watermark, watermarkAt]: HandledEntry): Progress => ({
	...progress,
	watermark,
	watermarkAt,
	handled: new Map([...progress.handled].filter(([position]) => position > watermark)),
});

/** An element of `Progress.handled`. */
type HandledEntry = readonly [position: bigint, at: number];

const byPosition = ([a]: HandledEntry, [b]: HandledEntry): number => ascending(a, b);
