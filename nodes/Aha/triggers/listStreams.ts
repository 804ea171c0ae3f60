import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { RecordVersion } from './change/recordVersion';
import { parseRecordVersion, VERSION_FIELDS, versionChange } from './change/recordVersion';
import { recordTypes } from './change/recordTypes';
import type { Selection } from './change/selection';
import { createSelect } from './change/selection';
import type { Checkpoint } from './feed/checkpoint';
import type { ListEndpoint } from './feed/endpoints';
import { listEndpoint, listsUpdates } from './feed/endpoints';
import { follow, startFrom, startNow } from './feed/follow';
import type { PollResult } from './feed/poller';
import type { Checkpoints } from './feed/pollState';
import { createNewRecordTest, RecordListSource } from './feed/recordList';
import type { Following } from './following';
import { LIMITS, listReader } from './following';

/** A list to follow for an account that does not allow the audit log. */
interface ListStream {
	readonly name: string;
	/** Value of one of `recordTypes`. */
	readonly recordType: string;
	readonly source: RecordListSource<RecordVersion>;
}

/**
 * Lists followed at once. Each takes a request a poll and some 350 characters of the state, so more
 * would reach Aha!'s limit of 300 requests a minute.
 */
const MAX_LISTS = 50;

/**
 * The checkpoint of each list that the selection needs: the known one, or a new one for a record
 * type that was added to the selection.
 *
 * @throws UserError when the selection needs the audit log, or too many lists
 */
export async function startLists(following: Following, known: Checkpoints): Promise<Checkpoints> {
	assertTellable(following.selection);
	const streams = listStreams(following);
	if (streams.length > MAX_LISTS) throw tooMany(streams.length);
	const handled = new HandledRoom(streams, known);
	const checkpoints: Record<string, Checkpoint> = {};
	for (const { name, source } of streams) {
		const started = known[name] ?? (await startList(source, following.startAt, handled.of(name)));
		checkpoints[name] = handled.take(name, started);
	}
	return checkpoints;
}

const startList = async (
	source: RecordListSource<RecordVersion>,
	startAt: number | undefined,
	maxHandledLength: number,
) =>
	startAt === undefined
		? await startNow(await source.serverTime(), source, { ...LIMITS, maxHandledLength })
		: startFrom(startAt);

/** Reads what is new in each list. */
export async function pollLists(known: Checkpoints, following: Following): Promise<PollResult> {
	const started = await startLists(following, known);
	const streams = listStreams(following);
	const handled = new HandledRoom(streams, started);
	const checkpoints: Record<string, Checkpoint> = {};
	const items: IDataObject[] = [];
	let serverTime = 0;
	for (const { name, recordType, source } of streams) {
		const followed = await follow(started[name], source, {
			...LIMITS,
			maxHandledLength: handled.of(name),
			batchSize: Math.max(1, following.batchSize - items.length),
			// What a version is depends on those before it, so it is selected below, in order.
			select: (version) => version,
		});
		items.push(...versionItems(recordType, followed.items, started[name], following.selection));
		checkpoints[name] = handled.take(name, followed.checkpoint);
		serverTime = followed.serverTime;
	}
	return { items, checkpoints, serverTime };
}

/**
 * Shares the room for handled entries among lists that are read one after the other: each has what
 * it takes already, and an equal part of what is free.
 */
class HandledRoom {
	private readonly lengths: Map<string, number>;

	private waiting: number;

	constructor(streams: readonly ListStream[], known: Checkpoints) {
		this.lengths = new Map(streams.map(({ name }) => [name, known[name]?.handled.length ?? 0]));
		this.waiting = streams.length;
	}

	/** Characters that the handled entries of a list may take. */
	of(name: string): number {
		const taken = [...this.lengths.values()].reduce((sum, length) => sum + length, 0);
		const free = Math.max(0, LIMITS.maxHandledLength - taken);
		return (this.lengths.get(name) ?? 0) + Math.floor(free / this.waiting);
	}

	/** Takes what a checkpoint needs, and leaves the rest to the lists that follow. */
	take(name: string, checkpoint: Checkpoint): Checkpoint {
		this.lengths.set(name, checkpoint.handled.length);
		this.waiting -= 1;
		return checkpoint;
	}
}

/**
 * The items of versions of records.
 *
 * @param versions in the order of the stream
 * @param checkpoint the one that they were read from
 */
export function versionItems(
	recordType: string,
	versions: readonly RecordVersion[],
	checkpoint: Checkpoint,
	selection: Selection,
): IDataObject[] {
	const select = createSelect(selection);
	const isNewRecord = createNewRecordTest(checkpoint);
	const items: IDataObject[] = [];
	for (const version of versions) {
		const event = isNewRecord(version) ? 'created' : 'updated';
		const item = select(versionChange(recordType, version, event));
		if (item) items.push(item);
	}
	return items;
}

/**
 * The lists that the selection needs.
 *
 * @throws UserError when a selected record type needs the audit log
 */
export function listStreams(following: Following): ListStream[] {
	const { recordTypes: chosen, workspaces } = following.selection;
	const types = recordTypes.filter(({ value }) =>
		chosen.length === 0 ? listsUpdates(value) : chosen.includes(value),
	);
	return types.flatMap(({ value, name }) => {
		const endpoints = endpointsFor(value, workspaces);
		if (endpoints.length === 0 && chosen.length > 0) throw needsLog(`changes to a ${name}`);
		return endpoints.map((endpoint) => ({
			name: `${value} ${endpoint.path}`,
			recordType: value,
			source: new RecordListSource(
				listReader(following, endpoint, parseRecordVersion),
				VERSION_FIELDS,
			),
		}));
	});
}

/** The list of the account, or those of the workspaces if Aha! has no such list. */
function endpointsFor(recordType: string, workspaces: readonly string[]): ListEndpoint[] {
	if (!listsUpdates(recordType)) return [];
	const ofAccount = listEndpoint(recordType);
	return ofAccount
		? [ofAccount]
		: workspaces.flatMap((workspace) => listEndpoint(recordType, workspace) ?? []);
}

/** @throws UserError when only the audit log tells what is selected */
export function assertTellable(selection: Selection): void {
	const { events, changedBy, changedFields, newStatuses, oldStatuses } = selection;
	const untold = events.filter((event) => event !== 'created' && event !== 'updated');
	if (untold.length > 0) throw needsLog(`the events ${untold.join(', ')}`);
	if (changedBy.length > 0) throw needsLog('who made a change');
	if (changedFields.length > 0) throw needsLog('which fields changed');
	if (newStatuses.length + oldStatuses.length > 0) throw needsLog('which status changed');
}

const needsLog = (what: string): UserError =>
	new UserError(`This user cannot read the Aha! audit log, which is needed to tell ${what}`, {
		description:
			'Ask an Aha! administrator for access, use another credential, or select only the events Created and Updated of features, epics, ideas, idea votes, initiatives, to-dos, workspaces, or of releases in selected workspaces.',
	});

const tooMany = (count: number): UserError =>
	new UserError(
		`Without the Aha! audit log, a trigger can follow ${MAX_LISTS} lists, not ${count}`,
		{
			description:
				'Each selected workspace has a list of releases. Select fewer workspaces, or ask an Aha! administrator for access to the audit log.',
		},
	);
