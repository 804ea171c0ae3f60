import type { Selection } from '../../../nodes/Aha/triggers/change/selection';

/** The selection of all changes. */
export const anything: Selection = {
	recordTypes: [],
	events: [],
	workspaces: [],
	people: [],
	fields: [],
	skipMinor: false,
};
