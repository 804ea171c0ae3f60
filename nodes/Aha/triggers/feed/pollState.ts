import { deepCopy } from 'n8n-workflow';

import { isObject } from '../../transport/json';
import type { Checkpoint } from './checkpoint';

/** How far each stream is followed, by the name of the stream. */
export type Checkpoints = Readonly<Record<string, Checkpoint>>;

/** What a trigger stores between polls in n8n's static data of its node. */
export interface PollState {
	/** Raise it when the shape changes, and upgrade older ones in `readPollState`. */
	readonly version: 1;
	/** The account and the start that the checkpoints belong to. */
	readonly account: string;
	readonly start: string;
	/** Grows with each state, to tell the newer of two. */
	readonly revision: number;
	readonly checkpoints: Checkpoints;
	/** The last batch: the checkpoints it was read from, Aha!'s time then, and the process. */
	readonly batch?: {
		readonly from: Checkpoints;
		/** In milliseconds. */
		readonly at: number;
		readonly process: string;
	};
}

/** Reads a stored state; `undefined` if there is none. */
export function readPollState(stored: unknown): PollState | undefined {
	if (!isObject(stored) || stored.version !== 1 || !isObject(stored.checkpoints)) return undefined;
	return deepCopy(stored) as unknown as PollState;
}
