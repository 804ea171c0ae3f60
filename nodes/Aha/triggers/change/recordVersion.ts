import type { IDataObject } from 'n8n-workflow';

import { workspacePrefix } from '../../schema/references';
import { isObject } from '../../transport/json';
import type { Change } from './change';
import type { EventName } from './recordTypes';
import { idOf, textOf, timeOf } from './values';

/** A record as a list shows it; each update makes another version. */
export interface RecordVersion {
	/** Decimal. */
	readonly id: string;
	/** In milliseconds; none if the list does not tell. */
	readonly createdAt?: number;
	/** In milliseconds. */
	readonly updatedAt: number;
	readonly record: IDataObject;
}

/** Value of the parameter `fields` of a list: what `versionChange` needs. */
export const VERSION_FIELDS = 'id,reference_num,name,url,created_at,updated_at';

/** Parses a record of a list; `undefined` if it has no id or none of its two times. */
export function parseRecordVersion(record: unknown): RecordVersion | undefined {
	if (!isObject(record)) return undefined;
	const id = idOf(record.id) ?? '';
	const createdAt = timeOf(record.created_at);
	const updatedAt = timeOf(record.updated_at) ?? createdAt;
	if (!RECORD_ID.test(id) || updatedAt === undefined) return undefined;
	return { id, createdAt, updatedAt, record };
}

const RECORD_ID = /^\d{1,19}$/;

/** A version as a change, without what a list does not tell: who changed what. */
export function versionChange(
	recordType: string,
	{ id, updatedAt, record }: RecordVersion,
	event: EventName,
): Change {
	const at = new Date(updatedAt).toISOString();
	const reference = textOf(record.reference_num) ?? null;
	const view = {
		recordType,
		recordId: id,
		reference,
		name: textOf(record.name) ?? null,
		events: [event],
		part: null,
	};
	return {
		id: `${id}@${at}`,
		at,
		workspace: workspacePrefix(reference ?? '') ?? null,
		interesting: null,
		fields: [],
		by: null,
		authors: [],
		description: null,
		url: textOf(record.url) ?? null,
		views: [view],
	};
}
