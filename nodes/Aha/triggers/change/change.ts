import type { IDataObject } from 'n8n-workflow';

import type { FieldChange } from './fieldChange';
import type { EventName } from './recordTypes';
import { typeName } from './recordTypes';

/** The name of the status in a record's history: `Status` or `Workflow status`. */
export const STATUS = /^(workflow )?status$/i;

/** One change in Aha!, parsed into everything that selecting it and emitting it needs. */
export interface Change {
	/** The same each time that the same change is read or delivered; `null` if it cannot be read. */
	readonly id: string | null;
	/** When it was made, by Aha!'s clock, in ISO 8601; `null` if that cannot be read. */
	readonly at: string | null;
	/** Key of the workspace, such as `PRJ1`. */
	readonly workspace: string | null;
	/** Whether Aha!'s own Slack and Teams integrations report it; `null` where Aha! does not say. */
	readonly interesting: boolean | null;
	readonly fields: readonly FieldChange[];
	/** Who made it: id, name and email. */
	readonly by: IDataObject | null;
	/** Email address, name and id of everyone who took part. */
	readonly authors: readonly string[];
	/** What Aha! says of it, in English. */
	readonly description: string | null;
	/** Where Aha! shows the record. */
	readonly url: string | null;
	/** The records that it is about, the one that it adds something to first. */
	readonly views: readonly View[];
}

/** A change as one record sees it: a new comment is also an event of the record it is on. */
export interface View {
	/** Value of one of `recordTypes`, the log's own name for another type, or `unknown`. */
	readonly recordType: string;
	readonly recordId: string | null;
	/** Reference number. */
	readonly reference: string | null;
	/** Name of the record. */
	readonly name: string | null;
	/** Everything that the change is to the record, the most specific first. */
	readonly events: readonly EventName[];
	/** What of the record changed where it is not the record itself: a description, a comment. */
	readonly part: { readonly type: string; readonly id: string | null } | null;
}

/**
 * The item of a change: the same from the audit log, a webhook and a list.
 *
 * @param events those of the view that were selected, at least one
 */
export const changeItem = (change: Change, view: View, events: readonly EventName[]) =>
	({
		id: change.id,
		event: events[0],
		events: [...events],
		at: change.at,
		// Spelled as the actions spell them.
		record: {
			id: view.recordId,
			reference_num: view.reference,
			name: view.name,
			type: typeName(view.recordType),
			url: change.url,
		},
		workspace: change.workspace,
		interesting: change.interesting,
		status: statusChange(change),
		changes: change.fields.map((field) => ({ ...field })),
		changed: Object.fromEntries(change.fields.map(({ field, from, to }) => [field, { from, to }])),
		by: change.by,
		description: change.description,
		part: view.part && { ...view.part },
	}) satisfies IDataObject;

type StatusChange = Pick<FieldChange, 'from' | 'to'>;

/** The status before and after; `null` for a change of something else. */
export function statusChange({ fields }: Pick<Change, 'fields'>): StatusChange | null {
	const status = fields.find(({ field }) => STATUS.test(field));
	return status ? { from: status.from, to: status.to } : null;
}
