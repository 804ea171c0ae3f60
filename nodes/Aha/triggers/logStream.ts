import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { parseAuditEntry } from './change/auditEntry';
import type { Change } from './change/change';
import { createSelect } from './change/selection';
import { AuditLogSource } from './feed/auditLog';
import type { Checkpoint } from './feed/checkpoint';
import { listEndpoint } from './feed/endpoints';
import type { Followed } from './feed/follow';
import { follow, startFrom, startNow } from './feed/follow';
import type { Following } from './following';
import { LIMITS, listReader } from './following';
import { unlessStatus } from './unlessStatus';

/** A change with the id that it needs to be followed. */
export type LoggedChange = Change & { readonly id: string };

export interface OpenLog {
	readonly log: AuditLogSource<LoggedChange>;
	/** Aha!'s time in milliseconds. */
	readonly now: number;
}

/** The audit log, or `undefined` if the account does not allow it; costs one request. */
export async function openLog(following: Following): Promise<OpenLog | undefined> {
	const log = auditLog(following);
	const now = await unlessStatus(['403', '404'], log.serverTime());
	return now === undefined ? undefined : { log, now };
}

/** The first checkpoint, or `undefined` if the account does not allow the audit log. */
export async function startLog(following: Following): Promise<Checkpoint | undefined> {
	const open = await openLog(following);
	if (!open) return undefined;
	const { startAt } = following;
	return startAt === undefined ? await startNow(open.now, open.log, LIMITS) : startFrom(startAt);
}

/** Reads what is new in the log, as items. */
export const pollLog = async (
	checkpoint: Checkpoint,
	following: Following,
): Promise<Followed<IDataObject>> =>
	await follow(checkpoint, auditLog(following), {
		...LIMITS,
		batchSize: following.batchSize,
		select: createSelect(following.selection),
	});

function auditLog(following: Following): AuditLogSource<LoggedChange> {
	const endpoint = listEndpoint('history');
	if (!endpoint) throw new UserError('There is no list of the audit log');
	return new AuditLogSource(listReader(following, endpoint, parseLogged));
}

/** Parses an entry of the log; `undefined` if it has no readable id. */
export function parseLogged(entry: unknown): LoggedChange | undefined {
	const change = parseAuditEntry(entry);
	return change && change.id !== null ? { ...change, id: change.id } : undefined;
}
