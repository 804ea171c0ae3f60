import type { FollowState } from './checkpoint';
import { packPosition, packSeen, parsePosition, unpackSeen } from './checkpoint';

/** One change in a stream that only grows. */
export interface Entry<T> {
	/** Its place in the stream; no two changes have the same. */
	readonly position: bigint;
	/** When it was made, by Aha!'s clock; milliseconds. */
	readonly at: number;
	readonly value: T;
}

/** Which part of the stream is read. */
export interface Reach {
	/** Only what lies above this position. */
	readonly floor?: bigint;
	/** Nothing that is read was made before this moment; milliseconds. */
	readonly since: number;
}

export interface Page<T> {
	readonly entries: ReadonlyArray<Entry<T>>;
	/** Aha!'s time of the answer, in milliseconds. */
	readonly now: number;
	/** How many changes the whole reach holds. */
	readonly total?: number;
	/** Where the changes lie that no page has shown yet. */
	readonly unread: 'none' | 'above' | 'anywhere';
}

export interface Source<T> {
	pages(reach: Reach): AsyncIterable<Page<T>>;
}

export interface FollowOptions<T> {
	/**
	 * How long after the time it carries a change may become visible, in milliseconds: a writer's
	 * slow transaction plus how far the clocks of Aha!'s servers are apart.
	 */
	readonly overlap: number;
	/** Characters that the memory of handled changes may take in the state. */
	readonly memory: number;
	/** Changes handed over at once, at most. */
	readonly batch: number;
	/** Pages after which a read stops, where the rest can be read next time. */
	readonly pages: number;
	wanted(value: T): boolean;
}

export interface Followed<T> {
	/** In the order of the stream. */
	readonly changes: T[];
	/** To be kept only together with handing over the changes. */
	readonly state: FollowState;
	/** Aha!'s time when the read began, in milliseconds. */
	readonly now: number;
}

/** Entries kept while reading for each change of a batch: those not wanted are small. */
const KEPT_PER_CHANGE = 10;

/** What one read found that is not handled yet. */
interface Found<T> {
	readonly entries: Array<Entry<T>>;
	readonly now: number;
	/** Everything that was not read, or was dropped to save memory, lies at or above this. */
	readonly unreadFrom?: bigint;
	/** Whether unread changes may lie anywhere. */
	readonly unsure: boolean;
}

/**
 * Reads what is new since the state and says which state comes next.
 *
 * A change can become visible after others with a higher position. So each read begins at the
 * floor, below which nothing new can appear, and what was handled above it is remembered. Time
 * is Aha!'s own throughout: the clock of this machine decides nothing.
 */
export async function follow<T>(
	state: FollowState,
	source: Source<T>,
	options: FollowOptions<T>,
): Promise<Followed<T>> {
	const floor = state.floor === '' ? undefined : parsePosition(state.floor);
	const seen = unpackSeen(state.seen, floor ?? 0n);
	const found = await read(state, floor, seen, source, options);

	let taken = found.entries.slice(0, batchEnd(found.entries, state, options));
	let next = settle(state, floor, seen, taken, found, options.overlap);
	// What cannot be remembered waits until it is settled, which takes no memory.
	const room = Math.max(options.memory, state.seen.length);
	while (next.seen.length > room && taken.length > 0) {
		taken = taken.slice(0, Math.floor(taken.length / 2));
		next = settle(state, floor, seen, taken, found, options.overlap);
	}
	const changes = taken.filter((entry) => isWanted(entry, state, options));
	return { changes: changes.map(({ value }) => value), state: next, now: found.now };
}

/**
 * The state that takes all that is visible as handled: what becomes visible later is new.
 *
 * @param now Aha!'s time, in milliseconds
 */
export async function startNow<T>(
	now: number,
	source: Source<T>,
	options: Pick<FollowOptions<T>, 'overlap' | 'memory'>,
): Promise<FollowState> {
	const from = now - options.overlap;
	const seen = new Map<bigint, number>();
	for await (const { entries } of source.pages({ since: from })) {
		for (const { position, at } of entries) seen.set(position, at);
	}
	const positions = [...seen.keys()].sort((a, b) => (a < b ? -1 : 1));
	let floor = 0n;
	let floorAt = from;
	let packed = packSeen(seen, floor);
	// Too much for the memory: what is still hidden below the raised floor counts as made before.
	while (packed.length > options.memory) {
		for (const position of positions.splice(0, Math.ceil(positions.length / 2))) {
			floor = position;
			floorAt = seen.get(position) ?? floorAt;
			seen.delete(position);
		}
		packed = packSeen(seen, floor);
	}
	return {
		version: 1,
		floor: floor === 0n ? '' : packPosition(floor),
		floorAt,
		seen: packed,
		from,
	};
}

/** The state that begins at a moment that a person gave, in milliseconds. */
export const startFrom = (from: number): FollowState => ({
	version: 1,
	floor: '',
	floorAt: from,
	seen: '',
	from,
});

async function read<T>(
	state: FollowState,
	floor: bigint | undefined,
	seen: ReadonlyMap<bigint, number>,
	source: Source<T>,
	options: FollowOptions<T>,
): Promise<Found<T>> {
	const found = new Map<bigint, Entry<T | undefined>>();
	let highest = floor ?? 0n;
	let wanted = 0;
	let pages = 0;
	let droppedFrom: bigint | undefined;
	let now: number | undefined;
	let unread: Page<T>['unread'] = 'none';
	const since = floor === undefined ? state.floorAt : state.floorAt - options.overlap;
	for await (const page of source.pages({ floor, since })) {
		now ??= page.now;
		pages += 1;
		unread = page.unread;
		for (const entry of page.entries) {
			if (entry.position > highest) highest = entry.position;
			const isNew = floor === undefined || entry.position > floor;
			if (!isNew || seen.has(entry.position) || found.has(entry.position)) continue;
			const keep = isWanted(entry, state, options);
			if (keep) wanted += 1;
			found.set(entry.position, keep ? entry : { ...entry, value: undefined });
		}
		if (pages === 1 && found.size === 0 && page.total === seen.size) {
			// As many changes as are handled already: changes never go away, so these are they.
			unread = 'none';
			break;
		}
		if (unread === 'above' && (wanted >= options.batch || pages >= options.pages)) break;
		droppedFrom = lower(droppedFrom, prune(found, options.batch * KEPT_PER_CHANGE));
	}
	const entries = [...found.values()].sort(byPosition) as Array<Entry<T>>;
	return {
		entries: entries.filter(({ position }) => !droppedFrom || position < droppedFrom),
		now: now ?? state.floorAt,
		unreadFrom: lower(droppedFrom, unread === 'above' ? highest + 1n : undefined),
		unsure: unread === 'anywhere',
	};
}

/** Drops the highest of too many entries, and says from where on it dropped. */
function prune<T>(found: Map<bigint, Entry<T>>, keep: number): bigint | undefined {
	if (found.size <= 2 * keep) return undefined;
	const dropped = [...found.values()].sort(byPosition).slice(keep);
	for (const { position } of dropped) found.delete(position);
	return dropped[0].position;
}

/** Where the batch ends: after as many wanted changes as are handed over at once. */
function batchEnd<T>(
	entries: ReadonlyArray<Entry<T>>,
	state: FollowState,
	options: FollowOptions<T>,
): number {
	let wanted = 0;
	const last = entries.findIndex((entry) => {
		if (isWanted(entry, state, options)) wanted += 1;
		return wanted === options.batch;
	});
	return last === -1 ? entries.length : last + 1;
}

/** The state once the taken entries are handed over. */
function settle<T>(
	state: FollowState,
	floor: bigint | undefined,
	seen: ReadonlyMap<bigint, number>,
	taken: ReadonlyArray<Entry<T>>,
	found: Found<T>,
	overlap: number,
): FollowState {
	const handled = new Map(seen);
	for (const { position, at } of taken) handled.set(position, at);
	const bound = lower(found.entries[taken.length]?.position, found.unreadFrom);
	let next = floor;
	let floorAt = state.floorAt;
	for (const [position, at] of handled) {
		const isSettled = at < found.now - overlap && !found.unsure;
		const isBelow = bound === undefined || position < bound;
		if (!isSettled || !isBelow || (next !== undefined && position <= next)) continue;
		next = position;
		floorAt = at;
	}
	const above = [...handled].filter(([position]) => next === undefined || position > next);
	return {
		...state,
		floor: next === undefined ? '' : packPosition(next),
		floorAt,
		seen: packSeen(new Map(above), next ?? 0n),
	};
}

const isWanted = <T>(entry: Entry<T>, { from }: FollowState, options: FollowOptions<T>): boolean =>
	entry.value !== undefined &&
	(from === undefined || entry.at >= from) &&
	options.wanted(entry.value);

const byPosition = (a: { position: bigint }, b: { position: bigint }): number =>
	a.position < b.position ? -1 : 1;

const lower = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
	a === undefined || (b !== undefined && b < a) ? b : a;
