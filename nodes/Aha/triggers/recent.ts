import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { isoTime, newest, timeOf } from './feed/listResponse';
import { entryOf } from './feed/auditLog';
import { startFrom } from './feed/follow';
import { versionItems } from './change/recordChange';
import { VERSION_QUERY, versionOf } from './feed/recordList';
import { selected } from './change/selection';
import type { Following } from './feed/streams';
import { askLog, listsOf, timeIfAllowed } from './feed/streams';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far back a recent change is looked for, nearer times first. */
const SPANS = [60 * MINUTE, DAY, 30 * DAY];

/**
 * The newest change that is selected, for a person who tries the trigger. Keeps nothing.
 *
 * @throws UserError when there is none
 */
export async function recentItem(following: Following): Promise<IDataObject> {
	const now = await timeIfAllowed(askLog(following.client));
	const found =
		now === undefined ? await recentVersion(following) : await recentAudit(following, now);
	if (!found) {
		throw new UserError('No change of the last 30 days is of these types and events', {
			description: 'Change a record in Aha! and fetch again, or choose more types and events.',
		});
	}
	return found;
}

async function recentAudit({ client, selection }: Following, now: number) {
	for (const span of SPANS) {
		const query = { created_since: isoTime(now - span) };
		for (const audit of await newest(askLog(client), query, entryOf)) {
			const item = selected(audit, selection);
			if (item) return item;
		}
	}
	return undefined;
}

async function recentVersion(following: Following) {
	for (const { type, ask } of listsOf(following).values()) {
		const now = await timeOf(ask, 'updated_since');
		const query = { updated_since: isoTime(now - 30 * DAY), ...VERSION_QUERY };
		for (const version of await newest(ask, query, versionOf)) {
			// Updated within a minute of its creation, it counts as created.
			const before = startFrom(Date.parse(version.updated_at) - MINUTE);
			const [item] = versionItems(type, [version], before, following.selection);
			if (item) return item;
		}
	}
	return undefined;
}
