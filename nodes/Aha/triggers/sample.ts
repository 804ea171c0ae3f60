import type { IDataObject } from 'n8n-workflow';

import { workspacePrefix } from '../schema/references';
import { isObject } from '../transport/json';
import { personOf } from './change/auditEntry';
import type { Change, View } from './change/change';
import { changeItem } from './change/change';
import type { FieldChange } from './change/fieldChange';
import type { EventName } from './change/recordTypes';
import { recordTypes, typeName } from './change/recordTypes';
import type { Selection } from './change/selection';
import { idOf, textOf } from './change/values';
import { firstRecord } from './firstRecord';
import type { Following } from './following';

/** Types that most accounts have records of; tried first when all types are selected. */
const COMMON = ['feature', 'idea', 'epic', 'release', 'initiative', 'goal'];

/**
 * What a change that matches the selection could look like: a real record of a selected type, with
 * a change that nobody made. It is marked as `sample: true`. Stores nothing.
 *
 * @returns `undefined` if there is no record of the selected types
 */
export async function sampleItem({
	client,
	selection,
}: Following): Promise<IDataObject | undefined> {
	const [workspace] = selection.workspaces;
	// A filter that matches nothing is no reason to show nothing.
	const places = workspace === undefined ? [{ client }] : [{ client, workspace }, { client }];
	for (const place of places) {
		for (const recordType of typesOf(selection)) {
			const record = await firstRecord(place, recordType);
			if (record) return itemOf(recordType, record, selection);
		}
	}
	return undefined;
}

function typesOf({ recordTypes: chosen }: Selection): readonly string[] {
	const known = recordTypes.map(({ value }) => value);
	if (chosen.length > 0) return chosen.filter((value) => known.includes(value));
	return COMMON;
}

function itemOf(recordType: string, record: IDataObject, selection: Selection): IDataObject {
	const event = eventOf(selection);
	const reference = textOf(record.reference_num ?? record.reference_prefix) ?? null;
	const view: View = {
		recordType,
		recordId: idOf(record.id),
		reference,
		name: textOf(record.name ?? record.title) ?? null,
		events: [event],
		part: partOf(event),
	};
	const at = textOf(event === 'created' ? record.created_at : record.updated_at);
	const by = personOf(record.created_by_user ?? record.user);
	const change: Change = {
		id: null,
		at: at ?? textOf(record.created_at) ?? null,
		workspace: workspacePrefix(reference ?? '') ?? selection.workspaces[0] ?? null,
		interesting: null,
		fields: fieldsOf(event, record, selection),
		by,
		authors: [],
		description: `Sample: nobody made this change to this ${typeName(recordType).toLowerCase()}`,
		url: textOf(record.url) ?? null,
		views: [view],
	};
	return { ...changeItem(change, view, [event]), sample: true };
}

/** The event that the selection is about: a status changes if it is to be a certain one. */
function eventOf({ events, newStatuses, oldStatuses }: Selection): EventName {
	const isAny = (event: EventName) => events.length === 0 || events.includes(event);
	const isAboutStatus = newStatuses.length + oldStatuses.length > 0;
	if (isAboutStatus && isAny('statusChanged')) return 'statusChanged';
	return isAny('updated') ? 'updated' : events[0];
}

const ADDED: Readonly<Partial<Record<EventName, string>>> = {
	commentAdded: 'Comment',
	voteAdded: 'Idea Vote',
};

const partOf = (event: EventName): View['part'] => {
	const type = ADDED[event];
	return type === undefined ? null : { type, id: null };
};

/** What changed: the status where it must, the selected fields, or else the name. */
function fieldsOf(event: EventName, record: IDataObject, selection: Selection): FieldChange[] {
	const { newStatuses, oldStatuses, changedFields } = selection;
	const status = event === 'shipped' ? 'Shipped' : nameOf(record.workflow_status);
	const isStatus = newStatuses.length + oldStatuses.length > 0 || STATUS_EVENTS.has(event);
	const fields: FieldChange[] = [
		...(isStatus
			? [fieldChange('Workflow status', newStatuses[0] ?? status, oldStatuses[0] ?? null)]
			: []),
		...(event === 'assigned' ? [fieldChange('Assigned to', nameOf(record.assigned_to_user))] : []),
		...changedFields.map((field) => fieldChange(field, null)),
	];
	return event === 'updated' && fields.length === 0
		? [fieldChange('Name', nameOf(record))]
		: fields;
}

const STATUS_EVENTS: ReadonlySet<EventName> = new Set(['statusChanged', 'shipped']);

const fieldChange = (field: string, to: string | null, from: string | null = null) => ({
	field,
	from,
	to,
});

/** The name of a nested record; Aha! gives some as text. */
const nameOf = (value: unknown): string | null =>
	textOf(isObject(value) ? value.name : value) ?? null;
