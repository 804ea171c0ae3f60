import type { IDataObject } from 'n8n-workflow';
import { deepCopy, randomString } from 'n8n-workflow';

import type { Checkpoints, PollState } from './pollState';
import { readPollState } from './pollState';

export interface PollResult {
	readonly items: IDataObject[];
	readonly checkpoints: Checkpoints;
	/** Aha!'s time in milliseconds. */
	readonly serverTime: number;
}

/** A trigger as n8n registers it; after publishing, n8n may poll two of one trigger for a while. */
export interface Registration {
	/** Unique for each trigger of this n8n. */
	readonly key: string;
	/** n8n's static data of the node. n8n saves it when a poll emits items. */
	readonly staticData: IDataObject;
	readonly account: string;
	readonly start: string;
}

/**
 * n8n saves the static data and starts the workflow in two steps, and does not resume a run that a
 * crash cut off. So the next process emits the last batch again, unless it is older than this, in
 * milliseconds.
 */
export const REPLAY_WINDOW = 60 * 60_000;

/** The last state that this process stored for a trigger. */
interface LastState {
	readonly state: PollState;
	/** Of the registration that it was stored for. */
	readonly staticData: IDataObject;
	/** Polls of another registration that were skipped since. */
	readonly skipped: number;
}

/** n8n polls two registrations in turns, in any order: after two polls of one, the other is gone. */
const MAX_SKIPPED = 2;

/** Polls triggers from their stored state, for as long as one process of n8n runs. */
export class Poller {
	private readonly lastStates = new Map<string, LastState>();

	private readonly polling = new Set<string>();

	/** @param process a different name for each process of n8n */
	constructor(private readonly process: string) {}

	/**
	 * Polls once. Stores the next state together with what it emits, and nothing when the poll
	 * fails. Does nothing while another poll of the same trigger is running.
	 *
	 * @param start gives the checkpoints of a trigger that starts
	 * @param read reads what is new since the checkpoints
	 * @returns the items to emit
	 */
	async poll(
		registration: Registration,
		start: () => Promise<Checkpoints>,
		read: (checkpoints: Checkpoints) => Promise<PollResult>,
	): Promise<IDataObject[]> {
		const { key } = registration;
		if (this.polling.has(key) || this.waitsForAnother(registration)) return [];
		this.polling.add(key);
		try {
			const state = this.currentState(registration);
			if (state) return await this.pollFrom(state, registration, read);
			this.store(registration, { ...newState(registration), checkpoints: await start() });
			return [];
		} finally {
			this.polling.delete(key);
		}
	}

	private async pollFrom(
		state: PollState,
		registration: Registration,
		read: (checkpoints: Checkpoints) => Promise<PollResult>,
	): Promise<IDataObject[]> {
		const { from, result } = await this.readFrom(state, read);
		const { items, checkpoints, serverTime } = result;
		const batch = items.length > 0 && { from, at: serverTime, process: this.process };
		if (batch || state.batch || !isEqual(checkpoints, state.checkpoints)) {
			const revision = state.revision + 1;
			this.store(registration, {
				...newState(registration),
				checkpoints,
				revision,
				...(batch && { batch }),
			});
		}
		return items;
	}

	/** Reads from the checkpoints, or from those of the last batch if it must be emitted again. */
	private async readFrom(
		{ checkpoints, batch }: PollState,
		read: (checkpoints: Checkpoints) => Promise<PollResult>,
	): Promise<{ from: Checkpoints; result: PollResult }> {
		if (batch && batch.process !== this.process) {
			const result = await read(batch.from);
			if (result.serverTime - batch.at <= REPLAY_WINDOW) return { from: batch.from, result };
		}
		return { from: checkpoints, result: await read(checkpoints) };
	}

	private store({ key, staticData }: Registration, state: PollState): void {
		this.lastStates.set(key, { state, staticData, skipped: 0 });
		staticData.pollState = deepCopy(state) as unknown as IDataObject;
	}

	/**
	 * The state that n8n saved, or a newer one of this process: n8n can bring back older static
	 * data, or none, when a workflow is published or imported, and saves nothing while nothing is
	 * emitted.
	 */
	private currentState(registration: Registration): PollState | undefined {
		const saved = savedState(registration);
		const last = matching(registration, this.lastStates.get(registration.key)?.state);
		if (!last || (saved && saved.revision >= last.revision)) return saved;
		// Neither saved nor followed by another poll: n8n dropped the batch.
		return last.batch ? { ...last, checkpoints: last.batch.from } : last;
	}

	/**
	 * Whether another registration emitted a batch that n8n did not save in this one. If the other
	 * one polls again, n8n took the batch; if it was replaced meanwhile, n8n dropped the batch.
	 */
	private waitsForAnother(registration: Registration): boolean {
		const { key, staticData } = registration;
		const last = this.lastStates.get(key);
		if (!last?.state.batch || !matching(registration, last.state)) return false;
		const saved = savedState(registration);
		const isSaved = saved !== undefined && saved.revision >= last.state.revision;
		if (last.staticData === staticData || isSaved) {
			this.lastStates.set(key, { ...last, state: { ...last.state, batch: undefined } });
			return false;
		}
		if (last.skipped >= MAX_SKIPPED) return false;
		this.lastStates.set(key, { ...last, skipped: last.skipped + 1 });
		return true;
	}
}

/** The poller of this process. */
export const poller = new Poller(randomString(16));

const newState = ({ account, start }: Registration) =>
	({ version: 1, account, start, revision: 1 }) as const;

const savedState = (registration: Registration): PollState | undefined =>
	matching(registration, readPollState(registration.staticData.pollState));

/** The state if it is of the registration's account and start. */
const matching = (
	{ account, start }: Registration,
	state: PollState | undefined,
): PollState | undefined =>
	state?.account === account && state.start === start ? state : undefined;

const isEqual = (a: Checkpoints, b: Checkpoints): boolean =>
	JSON.stringify(a) === JSON.stringify(b);
