import type { ResourceName } from './resourceNames';

/**
 * The kinds of record that a path or a field can name. Keys are Aha!'s path parameters; where a
 * person chooses one, the list is the `Get Many` of `resource`.
 */
export interface RecordKind {
	/** As a person calls it, in Title Case. */
	readonly label: string;
	/** Value of the resource that these are records of; its Get Many lists them. */
	readonly resource: ResourceName;
	/** Whether nothing lists these within reach of a form, so that only an id can be given. */
	readonly unlisted?: boolean;
	/** Value of the operation that lists these, where it is not the resource's Get Many. */
	readonly operation?: string;
	readonly example?: string;
	/** Whether a list shows what was made last first. */
	readonly newestFirst?: boolean;
	/** Letter, or letters, of the reference number: `R` in `PRJ1-R-3`. */
	readonly letter?: string;
	/** Aha!'s name of the type, where its search finds them and no list of the account has them. */
	readonly searchable?: string;
	/** Whether paths take IDs and no reference numbers, although the records have them. */
	readonly idsOnly?: boolean;
	/** Whether the list takes a workspace first. */
	readonly ofWorkspace?: boolean;
	/** The record that these are in: where it is in the form, its list is read. */
	readonly within?: string;
	/** Whether only that record lists these. */
	readonly onlyWithin?: boolean;
}

const kinds = {
	product_id: { label: 'Workspace', resource: 'workspace', example: 'PRJ1' },
	release_id: {
		label: 'Release',
		resource: 'release',
		example: 'PRJ1-R-3',
		letter: 'R',
		ofWorkspace: true,
	},
	roll_up_release_id: {
		label: 'Roll-Up Release',
		resource: 'rollUpRelease',
		example: 'PRJ1-MR-1',
		letter: 'MR',
		ofWorkspace: true,
	},
	feature_id: {
		label: 'Feature',
		resource: 'feature',
		example: 'PRJ1-12',
		letter: '',
		newestFirst: true,
	},
	epic_id: {
		label: 'Epic',
		resource: 'epic',
		example: 'PRJ1-E-4',
		letter: 'E',
		newestFirst: true,
	},
	idea_id: {
		label: 'Idea',
		resource: 'idea',
		example: 'PRJ1-I-5',
		letter: 'I',
		newestFirst: true,
	},
	initiative_id: {
		label: 'Initiative',
		resource: 'initiative',
		example: 'PRJ1-S-2',
		letter: 'S',
	},
	goal_id: {
		label: 'Goal',
		resource: 'goal',
		example: 'PRJ1-G-1',
		letter: 'G',
	},
	requirement_id: {
		label: 'Requirement',
		resource: 'requirement',
		example: 'PRJ1-12-1',
		searchable: 'Requirement',
		newestFirst: true,
	},
	task_id: {
		label: 'To-Do',
		resource: 'toDo',
		example: 'PRJ1-TODO-1',
		letter: 'TODO',
		newestFirst: true,
	},
	comment_id: { label: 'Comment', resource: 'comment', unlisted: true },
	user_id: { label: 'User', resource: 'user' },
	idea_endorsement_id: { label: 'Idea Vote', resource: 'ideaVote' },
	idea_comment_id: {
		label: 'Idea Comment',
		resource: 'ideaComment',
		within: 'idea_id',
		onlyWithin: true,
	},
	idea_subscription_id: { label: 'Idea Subscription', resource: 'ideaSubscription' },
	idea_organization_id: {
		label: 'Idea Organization',
		resource: 'ideaOrganization',
		example: 'ACCOUNT-O-1',
		letter: 'O',
	},
	idea_theme_id: { label: 'Idea Theme', resource: 'ideaTheme', idsOnly: true },
	idea_category_id: {
		label: 'Idea Category',
		resource: 'ideaPortal',
		operation: 'getCategories',
		ofWorkspace: true,
	},
	discovery_group_id: { label: 'Discovery Group', resource: 'discoveryGroup' },
	idea_user_id: { label: 'Idea Contact', resource: 'ideaContact' },
	idea_portal_id: { label: 'Idea Portal', resource: 'ideaPortal' },
	portal_user_id: {
		label: 'Portal User',
		resource: 'ideaPortal',
		operation: 'getPortalUsers',
	},
	custom_field_definition_id: { label: 'Custom Field', resource: 'customField' },
	integration_id: { label: 'Integration', resource: 'integration' },
	release_phase_id: {
		label: 'Release Phase',
		resource: 'releasePhase',
		within: 'release_id',
	},
	key_result_id: {
		label: 'Key Result',
		resource: 'keyResult',
		example: 'PRJ1-G-1-KR-1',
		letter: 'KR',
		searchable: 'KeyResult',
	},
	page_id: {
		label: 'Note',
		resource: 'note',
		example: 'PRJ1-N-6',
		letter: 'N',
		ofWorkspace: true,
		newestFirst: true,
	},
	knowledge_base_id: { label: 'Knowledge Base', resource: 'knowledgeBase', unlisted: true },
	published_document_id: {
		label: 'Document',
		resource: 'knowledgeBase',
		operation: 'getDocuments',
	},
	competitor_id: {
		label: 'Competitor',
		resource: 'competitor',
		example: 'PRJ1-C-1',
		letter: 'C',
		ofWorkspace: true,
	},
	persona_id: {
		label: 'Persona',
		resource: 'persona',
		example: 'PRJ1-P-1',
		letter: 'P',
		ofWorkspace: true,
	},
	creative_brief_id: { label: 'Creative Brief', resource: 'creativeBrief', ofWorkspace: true },
	strategy_model_id: { label: 'Model', resource: 'strategy', operation: 'getModels' },
	strategy_position_id: {
		label: 'Positioning',
		resource: 'strategy',
		operation: 'getPositionings',
	},
	strategy_vision_id: { label: 'Vision', resource: 'strategy', operation: 'getVisions' },
	record_link_id: { label: 'Record Link', resource: 'recordLink', unlisted: true },
	custom_field_option_id: { label: 'Option', resource: 'customField', operation: 'getOptions' },
	screen_definition_id: { label: 'Layout', resource: 'customField', operation: 'getLayouts' },
	custom_object_record_id: { label: 'Record', resource: 'customTableRecord', unlisted: true },
	workflow_id: { label: 'Workflow', resource: 'workflow', ofWorkspace: true },
	workflow_status_time_id: {
		label: 'Workflow Status Time',
		resource: 'workflowStatusTime',
		unlisted: true,
	},
	deletion_id: { label: 'Deleted Record', resource: 'deletedRecord' },
	identity_provider_id: { label: 'Identity Provider', resource: 'identityProvider' },
	paid_seat_group_id: { label: 'Paid Seat Group', resource: 'paidSeatGroup' },
	team_id: { label: 'Team', resource: 'team' },
	team_membership_id: {
		label: 'Team Membership',
		resource: 'team',
		operation: 'getMemberships',
	},
	team_member_id: {
		label: 'Virtual Member',
		resource: 'team',
		operation: 'getVirtualMembers',
	},
	schedule_id: { label: 'Schedule', resource: 'schedule' },
	schedulable_change_id: { label: 'Change', resource: 'schedule', operation: 'getChanges' },
	capacity_scenario_id: { label: 'Scenario', resource: 'capacity', operation: 'getScenarios' },
	capacity_investment_id: { label: 'Capacity Investment', resource: 'capacity', unlisted: true },
	estimate_value_id: { label: 'Estimate Value', resource: 'capacity', unlisted: true },
	time_tracking_event_id: {
		label: 'Time Tracking Event',
		resource: 'timeTrackingEvent',
		unlisted: true,
	},
	account_backup_id: { label: 'Account Backup', resource: 'accountBackup' },
	report_id: { label: 'Saved Report', resource: 'savedReport', unlisted: true },
} as const satisfies Record<string, RecordKind>;

export type RecordName = keyof typeof kinds;

/** All kinds of record by their path parameter. */
export const recordKinds: Readonly<Record<RecordName, RecordKind>> = kinds;

/** The name of the list of a kind of record in n8n's editor; none where only an id can be given. */
export function listName({ resource, operation, unlisted }: RecordKind): string | undefined {
	if (unlisted) return undefined;
	if (!operation) return resource;
	return resource + operation.charAt(0).toUpperCase() + operation.slice(1);
}

/**
 * The name of the list that gives ids where `listName` gives reference numbers: a path takes both,
 * but some parameters take ids alone.
 */
export function idListName(kind: RecordKind): string | undefined {
	const name = listName(kind);
	return name && kind.letter !== undefined ? `${name}Ids` : name;
}

/** The name of the list of the kind of record that another field names. */
export const linkedListName = (of: string): string => `linkedRecord_${of}`;

/** Whether a path parameter names a record. */
export const isRecordName = (name: string): name is RecordName => name in recordKinds;

/**
 * The value of a kind of record in the choice of what something belongs to: its label in camelCase,
 * such as `workspace` or `toDo`.
 */
export const choiceOf = (name: RecordName): string =>
	recordKinds[name].label.replaceAll(/[ -]/g, '').replace(/^./, (first) => first.toLowerCase());
