import type { Selection } from '../../../nodes/Aha/triggers/change/selection';

/** The selection of all changes. */
export const anything: Selection = {
	recordTypes: [],
	events: [],
	workspaces: [],
	changedBy: [],
	changedFields: [],
	newStatuses: [],
	oldStatuses: [],
	skipMinor: false,
};
