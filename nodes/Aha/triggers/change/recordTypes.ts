/** A kind of record that the triggers tell apart. */
export interface RecordType {
	/** Value of the resource of the same kind. */
	readonly value: string;
	/** Label in Aha!'s interface. */
	readonly name: string;
	/** Names in the audit log as `plainName` gives them. */
	readonly auditNames: readonly string[];
	/** Event on the parent record when one of these is created. */
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
 * The record types of the audit log. Its documentation shows `feature`, `note` and `release`, and
 * Aha!'s public integrations show `ideas/idea` and `ideas/idea_endorsement`; the others are the
 * names that Aha!'s API uses elsewhere. A type that is not listed keeps its name in the log.
 */
export const recordTypes: readonly RecordType[] = [
	{
		value: 'comment',
		name: 'Comment',
		auditNames: ['comment', 'idea_comment'],
		adds: 'commentAdded',
	},
	{ value: 'competitor', name: 'Competitor', auditNames: ['competitor'] },
	{ value: 'epic', name: 'Epic', auditNames: ['epic', 'master_feature'] },
	{ value: 'feature', name: 'Feature', auditNames: ['feature'] },
	{ value: 'goal', name: 'Goal', auditNames: ['goal', 'strategic_imperative'] },
	{ value: 'idea', name: 'Idea', auditNames: ['idea'] },
	{
		value: 'ideaVote',
		name: 'Idea Vote',
		auditNames: ['idea_endorsement', 'endorsement'],
		adds: 'voteAdded',
	},
	{ value: 'initiative', name: 'Initiative', auditNames: ['initiative'] },
	{ value: 'keyResult', name: 'Key Result', auditNames: ['key_result'] },
	// Aha!'s interface calls a page of the API a note; a `note` of the API is a description.
	{ value: 'note', name: 'Note', auditNames: ['page'] },
	{ value: 'release', name: 'Release', auditNames: ['release', 'master_release'] },
	{ value: 'releasePhase', name: 'Release Phase', auditNames: ['release_phase'] },
	{ value: 'requirement', name: 'Requirement', auditNames: ['requirement'] },
	{ value: 'toDo', name: 'To-Do', auditNames: ['task'] },
	{ value: 'workspace', name: 'Workspace', auditNames: ['product', 'project'] },
];

const byAuditName: ReadonlyMap<string, RecordType> = new Map(
	recordTypes.flatMap((type) => type.auditNames.map((name) => [name, type] as const)),
);

const byNoun: ReadonlyMap<string, RecordType> = new Map(
	recordTypes.flatMap((type) =>
		[type.name.toLowerCase(), ...type.auditNames.map((name) => name.replaceAll('_', ' '))].map(
			(noun) => [noun, type] as const,
		),
	),
);

/** What Aha! calls records in a sentence, the longest first: `key result`, `idea`. */
export const nouns: readonly string[] = [...byNoun.keys()].sort((a, b) => b.length - a.length);

/** The record type that a noun in a sentence means. */
export const recordTypeNamed = (noun: string): RecordType | undefined =>
	byNoun.get(noun.toLowerCase());

/** Without module and in snake case: `Ideas::Idea` and `ideas/idea` are both `idea`. */
export const plainName = (auditName: string): string =>
	auditName
		.replace(/^.*(::|\/)/, '')
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase();

/** The record type with this name in the audit log, if the triggers know it. */
export const recordTypeOf = (auditName: string): RecordType | undefined =>
	byAuditName.get(plainName(auditName));

/** The label of a record type; a type that the triggers do not know keeps its name. */
export const typeName = (value: string): string =>
	recordTypes.find((type) => type.value === value)?.name ?? value;

/** The value of a record type by its label; another name as it is. */
export const typeValue = (name: string): string =>
	recordTypes.find((type) => type.name === name)?.value ?? name;

/** A record as a URL names it. */
export interface LinkedRecord {
	readonly type: RecordType;
	/** Reference number or id. */
	readonly reference: string;
}

/** The record that a URL of Aha!'s interface leads to, if it leads to one. */
export function linkedRecord(url: string | undefined): LinkedRecord | undefined {
	// The paths use the names of the log: `/features/PRJ1-1`, `/ideas/ideas/PRJ1-I-1`.
	const [names = '', reference = ''] = pathOf(url).split('/').slice(-2);
	const type = names.endsWith('s') ? recordTypeOf(names.slice(0, -1)) : undefined;
	return type && reference !== '' ? { type, reference } : undefined;
}

/** Longest URL that can be a record's; parsing a host takes the square of its length. */
const MAX_URL_LENGTH = 2_048;

function pathOf(url: string | undefined): string {
	if (url === undefined || url.length > MAX_URL_LENGTH) return '';
	try {
		return new URL(url).pathname;
	} catch {
		return '';
	}
}
