import { pollLists, startLists } from './listStreams';
import { pollLog, startLog } from './logStream';
import type { PollResult } from './feed/poller';
import type { Checkpoints } from './feed/pollState';
import type { Following } from './following';

/*
 * Where the two rooms meet. `feed/` follows streams: it knows positions and times, and nothing of
 * what an entry says. `change/` knows what a change is, and nothing of where it comes from. Neither
 * imports the other: `logStream.ts` and `listStreams.ts` give a source of `feed/` the parser and
 * the selection of `change/`.
 */

/** The name of the audit log's checkpoint. */
const LOG = 'log';

/**
 * The checkpoints of a trigger that starts: of the audit log, or if the account does not allow it,
 * of a list for each selected record type.
 *
 * @throws UserError when the account does not allow the audit log that the selection needs
 */
export async function startStreams(following: Following): Promise<Checkpoints> {
	const log = await startLog(following);
	return log ? { [LOG]: log } : await startLists(following, {});
}

/** Reads what is new in each stream; what has no room in the batch follows with the next poll. */
export async function pollStreams(
	checkpoints: Checkpoints,
	following: Following,
): Promise<PollResult> {
	const log = checkpoints[LOG];
	if (!log) return await pollLists(checkpoints, following);
	const { items, checkpoint, serverTime } = await pollLog(log, following);
	return { items, checkpoints: { [LOG]: checkpoint }, serverTime };
}
