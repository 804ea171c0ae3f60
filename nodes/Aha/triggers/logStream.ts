import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { parseAuditEntry } from './change/auditEntry';
import type { Change } from './change/change';
import { createSelect } from './change/selection';
import { AuditLogSource } from './feed/auditLog';
import type { Checkpoint } from './feed/checkpoint';
import { listEndpoint } from './feed/endpoints';
import type { Followed } from './feed/follow';
import { follow, startFrom, startNow } from './feed/follow';
import type { Following } from './following';
import { LIMITS, pageRequest } from './following';
import { unlessStatus } from './unlessStatus';

interface OpenLog {
	readonly log: AuditLogSource<Change>;
	/** Aha!'s time in milliseconds. */
	readonly now: number;
}

/** The audit log, or `undefined` if the account does not allow it; costs one request. */
export async function openLog(client: AhaClient): Promise<OpenLog | undefined> {
	const log = auditLog(client);
	const now = await unlessStatus(['403', '404'], log.serverTime());
	return now === undefined ? undefined : { log, now };
}

/** The first checkpoint, or `undefined` if the account does not allow the audit log. */
export async function startLog({ client, startAt }: Following): Promise<Checkpoint | undefined> {
	const open = await openLog(client);
	if (!open) return undefined;
	return startAt === undefined ? await startNow(open.now, open.log, LIMITS) : startFrom(startAt);
}

/** Reads what is new in the log, as items. */
export const pollLog = async (
	checkpoint: Checkpoint,
	{ client, selection, batchSize }: Following,
): Promise<Followed<IDataObject>> =>
	await follow(checkpoint, auditLog(client), {
		...LIMITS,
		batchSize,
		select: createSelect(selection),
	});

function auditLog(client: AhaClient): AuditLogSource<Change> {
	const endpoint = listEndpoint('history');
	if (!endpoint) throw new UserError('There is no list of the audit log');
	return new AuditLogSource(pageRequest(client, endpoint), parseAuditEntry);
}
