import type { IDataObject } from 'n8n-workflow';

import type { FollowState } from '../feed/checkpoint';
import { parsePosition, unpackSeen } from '../feed/checkpoint';
import type { RecordVersion } from '../feed/recordList';
import { idAt, positionOf } from '../feed/recordList';
import type { EventName } from './recordTypes';
import type { Selection } from './selection';

/**
 * Versions of records as items of the same shape as changes of the audit log, without what a
 * list does not tell: who changed what.
 *
 * @param before the state that the versions are new to
 */
export function versionItems(
	recordType: string,
	versions: readonly RecordVersion[],
	before: FollowState,
	selection: Selection,
): IDataObject[] {
	const floor = before.floor === '' ? 0n : parsePosition(before.floor);
	const settled = floor === 0n ? positionOf(before.floorAt, '0') : floor;
	const known = new Set([...unpackSeen(before.seen, floor).keys()].map(idAt));
	const items: IDataObject[] = [];
	for (const version of versions) {
		const creation = positionOf(Date.parse(version.created_at), version.id);
		const isNew = creation > settled && !known.has(version.id);
		const event: EventName = isNew ? 'created' : 'updated';
		known.add(version.id);
		const item = versionItem(recordType, version, event);
		const isChosen = selection.events.length === 0 || selection.events.includes(event);
		if (isChosen && isIn(selection.workspaces, item.workspace)) items.push(item);
	}
	return items;
}

const isIn = (workspaces: readonly string[], workspace: unknown): boolean =>
	workspaces.length === 0 ||
	workspaces.some((key) => key.toUpperCase() === String(workspace).toUpperCase());

function versionItem(recordType: string, version: RecordVersion, event: EventName) {
	const { id, reference_num: reference = null, name = null, url = null, updated_at: at } = version;
	const [, workspace = null] = String(reference).match(/^([A-Za-z]\w*)-/) ?? [];
	return {
		id: `${id}@${at}`,
		event,
		events: [event],
		at,
		recordType,
		record: { id, reference, name, url },
		workspace,
		changes: [],
		by: null,
		description: null,
		part: null,
	} satisfies IDataObject;
}
