import type { IDataObject } from 'n8n-workflow';

import type { Audit, View } from './change';
import { changeItem, fieldChanges, viewsOf, workspaceOf } from './change';
import type { EventName } from './recordTypes';

/** Which changes start the workflow. An empty list lets everything through. */
export interface Selection {
	/** Values of `recordTypes`. */
	readonly recordTypes: readonly string[];
	readonly events: readonly EventName[];
	/** Keys of workspaces, such as `PRJ1`. */
	readonly workspaces: readonly string[];
	/** E-mail addresses of those who made the change. */
	readonly people: readonly string[];
	/** Names of fields, for updates. */
	readonly fields: readonly string[];
}

/** The item that a change gives, or nothing where it is not selected. */
export function selected(audit: Audit, selection: Selection): IDataObject | undefined {
	if (!isInWorkspaces(audit, selection) || !isByPeople(audit, selection)) return undefined;
	for (const view of viewsOf(audit)) {
		const chosen = chosenEvents(view, selection);
		const isOfType = isAmong(view.recordType, selection.recordTypes);
		if (isOfType && chosen.length > 0 && changesFields(audit, chosen, selection)) {
			return changeItem(audit, { ...view, events: chosen });
		}
	}
	return undefined;
}

const isAmong = (value: string, chosen: readonly string[]): boolean =>
	chosen.length === 0 || chosen.includes(value);

const chosenEvents = (view: View, { events }: Selection): EventName[] =>
	view.events.filter((event) => isAmong(event, events));

function isInWorkspaces(audit: Audit, { workspaces }: Selection): boolean {
	const keys = workspaces.map((key) => key.toUpperCase());
	return isAmong(workspaceOf(audit)?.toUpperCase() ?? '', keys);
}

function isByPeople(audit: Audit, { people }: Selection): boolean {
	const contributors = Array.isArray(audit.contributors)
		? (audit.contributors as IDataObject[])
		: [];
	const users = [audit.user, ...contributors.map(({ user }) => user)] as Array<IDataObject | null>;
	const chosen = people.map((email) => email.toLowerCase());
	return users.some((user) => isAmong(String(user?.email).toLowerCase(), chosen));
}

/** `Due date`, `due_date` and `Due Date` are one field. */
const fieldKey = (name: string): string => name.trim().toLowerCase().replaceAll('_', ' ');

function changesFields(audit: Audit, events: EventName[], { fields }: Selection): boolean {
	const isUpdate = events.includes('updated') || events.some((event) => UPDATES.has(event));
	if (!isUpdate || fields.length === 0) return true;
	const keys = fields.map(fieldKey);
	return fieldChanges(audit).some(({ field }) => keys.includes(fieldKey(field)));
}

const UPDATES: ReadonlySet<EventName> = new Set([
	'updated',
	'statusChanged',
	'assigned',
	'shipped',
]);
