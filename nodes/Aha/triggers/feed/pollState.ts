import type { IDataObject } from 'n8n-workflow';
import { deepCopy, randomString } from 'n8n-workflow';

import { isObject } from '../../transport/json';
import type { FollowState } from './checkpoint';

/** How far each stream is followed, by the stream's name. */
export type Streams = Readonly<Record<string, FollowState>>;

/** What a trigger keeps in n8n's static data of its node. */
export interface Kept {
	/** Raised when the shape changes; `readKept` upgrades older ones. */
	readonly version: 1;
	/** The account and the start that the streams are of. */
	readonly account: string;
	readonly start: string;
	/** Counts what was kept before, to tell the newer of two. */
	readonly turn: number;
	readonly streams: Streams;
	/** The last batch: from where it was read, when by Aha!'s clock, and by which process. */
	readonly batch?: { readonly from: Streams; readonly at: number; readonly by: string };
}

export interface Polled {
	readonly items: IDataObject[];
	readonly streams: Streams;
	/** Aha!'s time in milliseconds. */
	readonly now: number;
}

/** What a poll is about: two registrations of one trigger have the same. */
export interface Slot {
	/** Unique for each trigger of this n8n. */
	readonly key: string;
	/** n8n's static data of the node; saved by n8n when a batch is handed over. */
	readonly staticData: IDataObject;
	readonly account: string;
	readonly start: string;
}

/**
 * n8n saves the static data and starts the workflow in two steps, and a run that a crash cuts off
 * is not continued. So the process that starts after another one reads the last batch once more,
 * unless it is older than this, in milliseconds.
 */
export const REPEATED_FOR = 60 * 60_000;

/** What one process kept last for a trigger, and for which of n8n's registrations of it. */
interface Live {
	readonly kept: Kept;
	readonly staticData: IDataObject;
	/** Polls of another registration that waited for this one to go on. */
	readonly awaited: number;
}

/** Two registrations take turns, in any order: after two polls of one, the other is gone. */
const TURNS = 2;

/** Keeps what triggers need between polls, for as long as one process of n8n runs. */
export class Keeper {
	private readonly live = new Map<string, Live>();

	private readonly polling = new Set<string>();

	/** @param process names this run of n8n; each has another name */
	constructor(private readonly process: string) {}

	/**
	 * Polls once from what is kept. Keeps what comes next together with what it hands over, and
	 * nothing when the poll fails. Does nothing while another poll of the same trigger is under way.
	 *
	 * @param begin the streams of a trigger that starts
	 * @param poll reads what is new
	 */
	async poll(
		slot: Slot,
		begin: () => Promise<Streams>,
		poll: (streams: Streams) => Promise<Polled>,
	): Promise<IDataObject[]> {
		if (this.polling.has(slot.key) || this.awaitsAnother(slot)) return [];
		this.polling.add(slot.key);
		try {
			const kept = this.keptOf(slot);
			if (!kept) {
				this.keep(slot, { ...emptyOf(slot), streams: await begin(), turn: 1 });
				return [];
			}
			const { from, polled } = await this.pollFrom(kept, poll);
			const { items, streams, now } = polled;
			if (items.length > 0 || kept.batch || !isSame(streams, kept.streams)) {
				const batch = items.length > 0 ? { from, at: now, by: this.process } : undefined;
				const turn = kept.turn + 1;
				this.keep(slot, { ...emptyOf(slot), streams, turn, ...(batch && { batch }) });
			}
			return items;
		} finally {
			this.polling.delete(slot.key);
		}
	}

	private async pollFrom(
		{ streams, batch }: Kept,
		poll: (streams: Streams) => Promise<Polled>,
	): Promise<{ from: Streams; polled: Polled }> {
		if (batch && batch.by !== this.process) {
			const polled = await poll(batch.from);
			if (polled.now - batch.at <= REPEATED_FOR) return { from: batch.from, polled };
		}
		return { from: streams, polled: await poll(streams) };
	}

	private keep({ key, staticData }: Slot, kept: Kept): void {
		this.live.set(key, { kept, staticData, awaited: 0 });
		staticData.kept = deepCopy(kept) as unknown as IDataObject;
	}

	/**
	 * What n8n saved, or what this process knows beyond it: n8n can bring back older static data,
	 * or none, when a workflow is published or imported, and saves nothing while nothing is handed
	 * over.
	 */
	private keptOf(slot: Slot): Kept | undefined {
		const stored = fitting(slot, readKept(slot.staticData.kept));
		const known = fitting(slot, this.live.get(slot.key)?.kept);
		if (!known || (stored && stored.turn >= known.turn)) return stored;
		// Neither saved nor followed by another poll: n8n did not take the batch.
		return known.batch ? { ...known, streams: known.batch.from } : known;
	}

	/**
	 * Whether another registration of the trigger handed over a batch that n8n did not save here.
	 * If it still polls, n8n took the batch; n8n drops the batch of one that was replaced meanwhile.
	 */
	private awaitsAnother(slot: Slot): boolean {
		const last = this.live.get(slot.key);
		if (!last?.kept.batch || !fitting(slot, last.kept)) return false;
		const stored = fitting(slot, readKept(slot.staticData.kept));
		const isSaved = stored !== undefined && stored.turn >= last.kept.turn;
		if (last.staticData === slot.staticData || isSaved) {
			this.live.set(slot.key, { ...last, kept: { ...last.kept, batch: undefined } });
			return false;
		}
		if (last.awaited >= TURNS) return false;
		this.live.set(slot.key, { ...last, awaited: last.awaited + 1 });
		return true;
	}
}

/** The keeper of this process. */
export const keeper = new Keeper(randomString(16));

const emptyOf = ({ account, start }: Slot) => ({ version: 1, account, start }) as const;

const fitting = ({ account, start }: Slot, kept: Kept | undefined): Kept | undefined =>
	kept?.account === account && kept.start === start ? kept : undefined;

/** What an earlier version of this package kept, in today's shape; nothing if it is none. */
export function readKept(stored: unknown): Kept | undefined {
	if (!isObject(stored) || stored.version !== 1 || !isObject(stored.streams)) return undefined;
	return deepCopy(stored) as unknown as Kept;
}

const isSame = (a: Streams, b: Streams): boolean => JSON.stringify(a) === JSON.stringify(b);
