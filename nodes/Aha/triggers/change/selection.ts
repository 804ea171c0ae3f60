import type { IDataObject } from 'n8n-workflow';

import type { Change } from './change';
import { changeItem, statusChange } from './change';
import type { EventName } from './recordTypes';
import { textOf } from './values';

/** Which changes start the workflow. An empty list selects everything. */
export interface Selection {
	/** Values of `recordTypes`. */
	readonly recordTypes: readonly string[];
	readonly events: readonly EventName[];
	/** Keys of workspaces, such as `PRJ1`. */
	readonly workspaces: readonly string[];
	/** The people who made the change: email addresses, names or ids. */
	readonly changedBy: readonly string[];
	/** Names of fields, for updates. */
	readonly changedFields: readonly string[];
	/** Names of the statuses that a record gets. */
	readonly newStatuses: readonly string[];
	/** Names of the statuses that a record leaves. */
	readonly oldStatuses: readonly string[];
	/** Whether to leave out what Aha! marks as not interesting. */
	readonly skipMinor: boolean;
}

/** Gives the item of a change, or `undefined` if the change is not selected. */
export type Select = (change: Change) => IDataObject | undefined;

/** Prepares a selection, so that its own values are normalised once and not for each change. */
export function createSelect(selection: Selection): Select {
	const isRecordType = matcher(selection.recordTypes);
	const isEvent = matcher(selection.events);
	const isWorkspace = matcher(selection.workspaces, nameKey);
	const isPerson = matcher(selection.changedBy, nameKey);
	const isField = matcher(selection.changedFields, fieldKey);
	const isStatus = statusMatcher(selection);

	const hasField = (change: Change) => change.fields.some(({ field }) => isField(field));
	return (change) => {
		if (selection.skipMinor && change.interesting === false) return undefined;
		if (!isWorkspace(change.workspace ?? '')) return undefined;
		if (selection.changedBy.length > 0 && !change.authors.some(isPerson)) return undefined;
		if (!isStatus(change)) return undefined;
		for (const view of change.views) {
			const events = view.events.filter(isEvent);
			const isSelected = isRecordType(view.recordType) && events.length > 0;
			const needsField = selection.changedFields.length > 0 && events.some(isUpdate);
			if (isSelected && (!needsField || hasField(change))) return changeItem(change, view, events);
		}
		return undefined;
	};
}

/** Tells the changes of the status between those chosen; every change is if none is chosen. */
function statusMatcher({ newStatuses, oldStatuses }: Selection): (change: Change) => boolean {
	const isNew = matcher(newStatuses, nameKey);
	const isOld = matcher(oldStatuses, nameKey);
	if (newStatuses.length === 0 && oldStatuses.length === 0) return () => true;
	return (change) => {
		const status = statusChange(change);
		return status !== null && isNew(textOf(status.to) ?? '') && isOld(textOf(status.from) ?? '');
	};
}

/** Whether a value is among those chosen; every value is if none is chosen. */
function matcher(chosen: readonly string[], keyOf: (value: string) => string = (value) => value) {
	const keys = new Set(chosen.map(keyOf));
	return (value: string): boolean => keys.size === 0 || keys.has(keyOf(value));
}

/** Names are compared as people read them. */
const nameKey = (name: string): string => name.trim().toLowerCase();

/** `Due date`, `due_date` and `Due Date` are one field. */
const fieldKey = (name: string): string => nameKey(name).replaceAll('_', ' ');

const UPDATES: ReadonlySet<EventName> = new Set([
	'updated',
	'statusChanged',
	'assigned',
	'shipped',
]);

const isUpdate = (event: EventName): boolean => UPDATES.has(event);
