/**
 * The kinds of record that a path or a field can name. Keys are Aha!'s path parameters; where a
 * person chooses one, the list is the `Get Many` of `resource`.
 */
export interface RecordKind {
	/** As a person calls it, in Title Case. */
	readonly label: string;
	/** Value of the resource whose Get Many lists these; without one, only an id can be given. */
	readonly resource?: string;
	readonly example?: string;
	/** Letter of the reference number: `R` in `PRJ1-R-3`. */
	readonly letter?: string;
	/** Whether Get Many of the resource takes a workspace first. */
	readonly ofWorkspace?: boolean;
}

const kinds = {
	product_id: { label: 'Workspace', resource: 'product', example: 'PRJ1' },
	release_id: {
		label: 'Release',
		resource: 'release',
		example: 'PRJ1-R-3',
		letter: 'R',
		ofWorkspace: true,
	},
	feature_id: { label: 'Feature', resource: 'feature', example: 'PRJ1-12', letter: '' },
	epic_id: { label: 'Epic', resource: 'epic', example: 'PRJ1-E-4', letter: 'E' },
	idea_id: { label: 'Idea', resource: 'idea', example: 'PRJ1-I-5', letter: 'I' },
	initiative_id: { label: 'Initiative', resource: 'initiative', example: 'PRJ1-S-2', letter: 'S' },
	goal_id: { label: 'Goal', resource: 'goal', example: 'PRJ1-G-1', letter: 'G' },
	requirement_id: { label: 'Requirement', resource: 'requirement', example: 'PRJ1-12-1' },
	task_id: { label: 'To-Do', resource: 'task', example: '6776757454426194661' },
	comment_id: { label: 'Comment', example: '6776757454426194661' },
	user_id: { label: 'User', resource: 'user', example: '6776757454426194661' },
	idea_endorsement_id: { label: 'Idea Vote' },
	custom_field_definition_id: { label: 'Custom Field', resource: 'customField' },
	integration_id: { label: 'Integration', resource: 'integration' },
	account_backup_id: { label: 'Account Backup', resource: 'accountBackup' },
	report_id: { label: 'Saved Report', example: '6434552458299516367' },
} as const satisfies Record<string, RecordKind>;

export type RecordName = keyof typeof kinds;

/** All kinds of record by their path parameter. */
export const recordKinds: Readonly<Record<RecordName, RecordKind>> = kinds;

/** Whether a path parameter names a record. */
export const isRecordName = (name: string): name is RecordName => name in recordKinds;
