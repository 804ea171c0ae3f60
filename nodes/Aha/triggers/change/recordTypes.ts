/** A kind of record whose changes the triggers tell apart. */
export interface RecordType {
	/** Value of the resource of the same kind. */
	readonly value: string;
	/** As Aha! calls it in its interface. */
	readonly name: string;
	/** Names in the audit log, without module and in snake case: `Ideas::Idea` is `idea`. */
	readonly audited: readonly string[];
	/** Event on the record it belongs to, when one of these is created. */
	readonly adds?: EventName;
}

/** What happened to a record. */
export type EventName =
	| 'created'
	| 'updated'
	| 'deleted'
	| 'statusChanged'
	| 'assigned'
	| 'shipped'
	| 'commentAdded'
	| 'voteAdded';

/**
 * Everything the audit log names. Its documentation shows `feature`, `note` and `release`, and
 * Aha!'s public integrations show `ideas/idea` and `ideas/idea_endorsement`; the others are what
 * Aha!'s API calls these records elsewhere. A type that is not here keeps the log's own name.
 */
export const recordTypes: readonly RecordType[] = [
	{ value: 'comment', name: 'Comment', audited: ['comment', 'idea_comment'], adds: 'commentAdded' },
	{ value: 'competitor', name: 'Competitor', audited: ['competitor'] },
	{ value: 'epic', name: 'Epic', audited: ['epic', 'master_feature'] },
	{ value: 'feature', name: 'Feature', audited: ['feature'] },
	{ value: 'goal', name: 'Goal', audited: ['goal', 'strategic_imperative'] },
	{ value: 'idea', name: 'Idea', audited: ['idea'] },
	{
		value: 'ideaVote',
		name: 'Idea Vote',
		audited: ['idea_endorsement', 'endorsement'],
		adds: 'voteAdded',
	},
	{ value: 'initiative', name: 'Initiative', audited: ['initiative'] },
	{ value: 'keyResult', name: 'Key Result', audited: ['key_result'] },
	// What Aha! calls a note in its interface is a page in its API; `note` there is a description.
	{ value: 'page', name: 'Note', audited: ['page'] },
	{ value: 'release', name: 'Release', audited: ['release', 'master_release'] },
	{ value: 'releasePhase', name: 'Release Phase', audited: ['release_phase'] },
	{ value: 'requirement', name: 'Requirement', audited: ['requirement'] },
	{ value: 'task', name: 'To-Do', audited: ['task'] },
	{ value: 'product', name: 'Workspace', audited: ['product', 'project'] },
];

/** `Ideas::IdeaEndorsement` and `ideas/idea_endorsement` are both `idea_endorsement`. */
export const plainName = (audited: string): string =>
	audited
		.replace(/^.*(::|\/)/, '')
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase();

/** The kind of record that the audit log names so, if it is one of its own. */
export const auditedType = (audited: string): RecordType | undefined =>
	recordTypes.find((type) => type.audited.includes(plainName(audited)));

/** The kind of record whose page has this address, and its reference number or id. */
export function recordOfPage(url: string): { type: RecordType; reference: string } | undefined {
	const path = URL.canParse(url) ? new URL(url).pathname : '';
	// The addresses of pages hold the same names: `/features/PRJ1-1`, `/ideas/ideas/PRJ1-I-1`.
	const [, page, reference] = path.match(/([^/]+)s\/([^/]+)$/) ?? [];
	const type = page && auditedType(page);
	return type ? { type, reference } : undefined;
}
