import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import { createSelect } from './change/selection';
import { startFrom } from './feed/follow';
import type { Following } from './following';
import { assertTellable, listStreams, versionItems } from './listStreams';
import type { OpenLog } from './logStream';
import { openLog } from './logStream';
import { sampleItem } from './sample';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far back to look for a recent change, the shortest first. */
const SPANS = [HOUR, DAY, 30 * DAY];

/**
 * The newest selected change of the last 30 days, for a person who tries the trigger, or else a
 * sample. Stores nothing.
 *
 * @throws UserError when this user cannot read what the selection needs, or nothing to build a
 * sample from
 */
export async function recentItem(following: Following): Promise<IDataObject> {
	const open = await openLog(following);
	const recent = open ? await recentChange(open, following) : await recentVersion(following);
	const item = recent ?? (await sampleItem(following));
	if (!item) {
		throw new UserError('Aha! has no change of the last 30 days and no record of these types', {
			description: 'Create a record in Aha! and try again, or select more record types.',
		});
	}
	return item;
}

async function recentChange({ log, now }: OpenLog, { selection }: Following) {
	const select = createSelect(selection);
	for (const span of SPANS) {
		for (const change of await log.newest(now - span)) {
			const item = select(change);
			if (item) return item;
		}
	}
	return undefined;
}

async function recentVersion(following: Following) {
	assertTellable(following.selection);
	for (const { recordType, source } of listStreams(following)) {
		const now = await source.serverTime();
		for (const version of await source.newest(now - 30 * DAY)) {
			// A record that was updated within a minute of its creation counts as created.
			const checkpoint = startFrom(version.updatedAt - MINUTE);
			const [item] = versionItems(recordType, [version], checkpoint, following.selection);
			if (item) return item;
		}
	}
	return undefined;
}
