import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { AhaClient } from '../../transport/client';
import type { Ask } from './listResponse';
import { listAnswer, timeOf } from './listResponse';
import { AuditLog } from './auditLog';
import type { ListEndpoint } from './endpoints';
import { listEndpoint, listsUpdates } from './endpoints';
import { follow, startFrom, startNow } from './follow';
import type { FollowState } from './checkpoint';
import type { Polled, Streams } from './pollState';
import { versionItems } from '../change/recordChange';
import { RecordList } from './recordList';
import { recordTypes } from '../change/recordTypes';
import type { Selection } from '../change/selection';
import { selected } from '../change/selection';

const MINUTE = 60_000;

/**
 * How late a change may show, by the time that it carries: five minutes for a slow transaction,
 * and ten for two of Aha!'s clocks that are each five minutes off.
 */
export const OVERLAP = 15 * MINUTE;

/** Characters for the memory of all streams: it stands twice in what is kept, of 64 KB. */
export const MEMORY = 24_000;

/** Pages of one read: 10,000 entries. */
const PAGES = 50;

const LOG = 'log';

/** What the trigger follows, and how. */
export interface Following {
	readonly client: AhaClient;
	readonly selection: Selection;
	/** A moment to begin at, in milliseconds; now unless given. */
	readonly from?: number;
	/** Changes handed over at once, at most. */
	readonly batch: number;
}

const askAt =
	(client: AhaClient, { path, key }: ListEndpoint): Ask =>
	async (query) =>
		listAnswer(await client.send({ method: 'GET', path, query }), key);

/** The account's audit log. */
export const askLog = (client: AhaClient): Ask => {
	const endpoint = listEndpoint('audit');
	if (!endpoint) throw new UserError('There is no list of the audit log');
	return askAt(client, endpoint);
};

/**
 * The streams of a trigger that starts: the audit log, or where the account does not allow it, a
 * list of each chosen type of record.
 *
 * @throws UserError when what is selected cannot be told without the audit log
 */
export async function beginStreams(following: Following): Promise<Streams> {
	const ask = askLog(following.client);
	const now = await timeIfAllowed(ask);
	if (now === undefined) return await beginLists(following, {});
	const { from } = following;
	return {
		[LOG]: from === undefined ? await startNow(now, new AuditLog(ask), LIMITS) : startFrom(from),
	};
}

/** Aha!'s time in milliseconds, or nothing where the account does not allow the audit log. */
export async function timeIfAllowed(ask: Ask): Promise<number | undefined> {
	const answer = await timeOf(ask, 'created_since').then(
		(now) => ({ now }),
		(error: Error) => ({ error }),
	);
	if ('now' in answer) return answer.now;
	if (!isForbidden(answer.error)) throw answer.error;
	return undefined;
}

const LIMITS = { overlap: OVERLAP, memory: MEMORY };

const isForbidden = (error: unknown): boolean =>
	['403', '404'].includes(String((error as { httpCode?: unknown }).httpCode));

/** The lists that the selection needs, by the name of their stream. */
export function listsOf({ selection, client }: Following): Map<string, { type: string; ask: Ask }> {
	const { recordTypes: chosen, workspaces } = selection;
	const types = recordTypes.filter(({ value }) =>
		chosen.length === 0 ? listsUpdates(value) : chosen.includes(value),
	);
	const lists = new Map<string, { type: string; ask: Ask }>();
	for (const { value, name } of types) {
		const whole = listsUpdates(value) ? listEndpoint(value) : undefined;
		const places = whole ? [whole] : listsUpdates(value) ? inWorkspaces(value, workspaces) : [];
		if (places.length === 0 && chosen.length > 0) throw needsLog(`changes of a ${name}`);
		for (const place of places) {
			lists.set(`${value} ${place.path}`, { type: value, ask: askAt(client, place) });
		}
	}
	return lists;
}

const inWorkspaces = (type: string, workspaces: readonly string[]): ListEndpoint[] =>
	workspaces.flatMap((workspace) => listEndpoint(type, workspace) ?? []);

/** What only the audit log tells. */
function assertTellable({ events, people, fields }: Selection): void {
	const untold = events.filter((event) => event !== 'created' && event !== 'updated');
	if (untold.length > 0) throw needsLog(`the events ${untold.join(', ')}`);
	if (people.length > 0) throw needsLog('who made a change');
	if (fields.length > 0) throw needsLog('which fields changed');
}

const needsLog = (what: string): UserError =>
	new UserError(`Aha! does not allow this user to read the audit log, which alone tells ${what}`, {
		description:
			'Ask an Aha! administrator for access, use another credential, or choose only the events Created and Updated of features, epics, ideas, idea votes, initiatives, to-dos, or of releases in chosen workspaces.',
	});

async function beginLists(following: Following, known: Streams): Promise<Streams> {
	assertTellable(following.selection);
	const streams: Record<string, FollowState> = {};
	for (const [name, { ask }] of listsOf(following)) {
		streams[name] =
			known[name] ??
			(following.from === undefined
				? await startNow(await timeOf(ask, 'updated_since'), new RecordList(ask), LIMITS)
				: startFrom(following.from));
	}
	return streams;
}

/** Reads what is new in each stream; what has no room in the batch comes next time. */
export async function pollStreams(streams: Streams, following: Following): Promise<Polled> {
	const log = streams[LOG];
	return log ? await pollLog(log, following) : await pollLists(streams, following);
}

async function pollLog(state: FollowState, following: Following): Promise<Polled> {
	const { selection, batch, client } = following;
	const followed = await follow(state, new AuditLog(askLog(client)), {
		...LIMITS,
		batch,
		pages: PAGES,
		wanted: (audit) => selected(audit, selection) !== undefined,
	});
	const items = followed.changes.flatMap(
		(audit) => selected(audit, selection) ?? [],
	) as IDataObject[];
	return { items, streams: { [LOG]: followed.state }, now: followed.now };
}

async function pollLists(known: Streams, following: Following): Promise<Polled> {
	// Types that were chosen since start now; those no longer chosen are let go.
	const begun = await beginLists(following, known);
	const lists = listsOf(following);
	const streams: Record<string, FollowState> = {};
	const items: IDataObject[] = [];
	let now = 0;
	for (const [name, { type, ask }] of lists) {
		const state = begun[name];
		const followed = await follow(state, new RecordList(ask), {
			overlap: OVERLAP,
			memory: MEMORY / lists.size,
			batch: Math.max(1, following.batch - items.length),
			pages: PAGES,
			wanted: () => true,
		});
		items.push(...versionItems(type, followed.changes, state, following.selection));
		streams[name] = followed.state;
		now = followed.now;
	}
	return { items, streams, now };
}
