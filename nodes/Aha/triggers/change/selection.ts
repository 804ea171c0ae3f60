import type { IDataObject } from 'n8n-workflow';

import type { Change } from './change';
import { changeItem } from './change';
import type { EventName } from './recordTypes';

/** Which changes start the workflow. An empty list selects everything. */
export interface Selection {
	/** Values of `recordTypes`. */
	readonly recordTypes: readonly string[];
	readonly events: readonly EventName[];
	/** Keys of workspaces, such as `PRJ1`. */
	readonly workspaces: readonly string[];
	/** Email addresses of the people who made the change. */
	readonly people: readonly string[];
	/** Names of fields, for updates. */
	readonly fields: readonly string[];
	/** Whether to leave out what Aha! marks as not interesting. */
	readonly skipMinor: boolean;
}

/** Gives the item of a change, or `undefined` if the change is not selected. */
export type Select = (change: Change) => IDataObject | undefined;

/** Prepares a selection, so that its own values are normalised once and not for each change. */
export function createSelect(selection: Selection): Select {
	const isRecordType = matcher(selection.recordTypes);
	const isEvent = matcher(selection.events);
	const isWorkspace = matcher(selection.workspaces, lowerCase);
	const isPerson = matcher(selection.people, lowerCase);
	const isField = matcher(selection.fields, fieldKey);

	const hasField = (change: Change) => change.fields.some(({ field }) => isField(field));
	return (change) => {
		if (selection.skipMinor && change.interesting === false) return undefined;
		if (!isWorkspace(change.workspace ?? '')) return undefined;
		if (selection.people.length > 0 && !change.authors.some(isPerson)) return undefined;
		for (const view of change.views) {
			const events = view.events.filter(isEvent);
			const isSelected = isRecordType(view.recordType) && events.length > 0;
			const needsField = selection.fields.length > 0 && events.some(isUpdate);
			if (isSelected && (!needsField || hasField(change))) return changeItem(change, view, events);
		}
		return undefined;
	};
}

/** Whether a value is among those chosen; every value is if none is chosen. */
function matcher(chosen: readonly string[], keyOf: (value: string) => string = (value) => value) {
	const keys = new Set(chosen.map(keyOf));
	return (value: string): boolean => keys.size === 0 || keys.has(keyOf(value));
}

const lowerCase = (text: string): string => text.toLowerCase();

/** `Due date`, `due_date` and `Due Date` are one field. */
const fieldKey = (name: string): string => name.trim().toLowerCase().replaceAll('_', ' ');

const UPDATES: ReadonlySet<EventName> = new Set([
	'updated',
	'statusChanged',
	'assigned',
	'shipped',
]);

const isUpdate = (event: EventName): boolean => UPDATES.has(event);
