import type { IDataObject } from 'n8n-workflow';

import { workspacePrefix } from '../../schema/references';
import { isObject } from '../../transport/json';
import type { Change } from './change';
import type { EventName } from './recordTypes';

/** A record as a list shows it; each update makes another version. */
export interface RecordVersion extends IDataObject {
	readonly id: string;
	readonly created_at: string;
	readonly updated_at: string;
}

/** Value of the parameter `fields` of a list: what `versionChange` needs. */
export const VERSION_FIELDS = 'id,reference_num,name,url,created_at,updated_at';

/** Parses a record of a list; `undefined` if it has no id or lacks one of its two times. */
export function parseRecordVersion(record: unknown): RecordVersion | undefined {
	if (!isObject(record)) return undefined;
	const { id, created_at: createdAt, updated_at: updatedAt } = record;
	if (!/^\d{1,20}$/.test(String(id)) || !isTime(createdAt) || !isTime(updatedAt)) return undefined;
	return { ...record, id: String(id) } as RecordVersion;
}

const isTime = (value: unknown): boolean => !Number.isNaN(Date.parse(String(value)));

/** A version as a change, without what a list does not tell: who changed what. */
export function versionChange(
	recordType: string,
	version: RecordVersion,
	event: EventName,
): Change {
	const { id, reference_num: reference, name = null, url = null, updated_at: at } = version;
	const view = {
		recordType,
		recordId: id,
		reference: typeof reference === 'string' ? reference : null,
		name,
		events: [event],
		part: null,
	};
	return {
		id: `${id}@${at}`,
		at,
		workspace: workspacePrefix(String(reference)) ?? null,
		interesting: null,
		fields: [],
		by: null,
		authors: [],
		description: null,
		url,
		views: [view],
	};
}
