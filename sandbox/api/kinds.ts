/** A kind of record. Its name is also the key of a single record in a response. */
export interface Kind {
	readonly name: string;
	/** The key of a list of records. */
	readonly plural: string;
	/** The name in paths; the plural by default. */
	readonly segment: string;
	/** Aha!'s class name; the audit log has it in snake case. */
	readonly type: string;
	/** The name in URLs of pages. */
	readonly page: string;
	/** The letter in a reference number such as `PRJ1-E-4`; none if there are no such numbers. */
	readonly letter?: string;
	/** Keys that a new record must have. */
	readonly required: readonly string[];
	/** Whether it has entries in the audit log and goes to the recycle bin. */
	readonly primary: boolean;
}

type KindConfig = Partial<Omit<Kind, 'name'>>;

const NAMED = { required: ['name'] };
const PRIMARY = { primary: true };

const table: Readonly<Record<string, KindConfig>> = {
	feature: { letter: '', ...NAMED, ...PRIMARY },
	epic: { letter: 'E', type: 'Epic', ...NAMED, ...PRIMARY },
	release: { letter: 'R', ...NAMED, ...PRIMARY },
	initiative: { letter: 'S', ...NAMED, ...PRIMARY },
	goal: {
		letter: 'G',
		type: 'StrategicImperative',
		page: 'strategic_imperatives',
		...NAMED,
		...PRIMARY,
	},
	requirement: { letter: '', ...NAMED, ...PRIMARY },
	idea: { letter: 'I', type: 'Ideas::Idea', page: 'ideas/ideas', ...NAMED, ...PRIMARY },
	product: { type: 'Project', page: 'projects', ...NAMED, ...PRIMARY },
	page: { letter: 'N', ...PRIMARY },
	task: { required: ['name'], ...PRIMARY },
	comment: { required: ['body'], ...PRIMARY },
	idea_comment: {
		type: 'Ideas::IdeaComment',
		page: 'ideas/idea_comments',
		required: ['body'],
		...PRIMARY,
	},
	idea_endorsement: {
		type: 'Ideas::IdeaEndorsement',
		page: 'ideas/idea_endorsements',
		segment: 'endorsements',
		...PRIMARY,
	},
	idea_subscription: { type: 'Ideas::IdeaSubscription', segment: 'subscriptions', required: [] },
	idea_organization: {
		type: 'Ideas::IdeaOrganization',
		page: 'ideas/idea_organizations',
		...NAMED,
		...PRIMARY,
	},
	idea_user: { type: 'Ideas::IdeaUser', page: 'ideas/idea_users', required: ['email'], ...PRIMARY },
	idea_portal: { type: 'Ideas::IdeaPortal' },
	portal_user: { type: 'Ideas::PortalUser', required: ['email'] },
	idea_category: { plural: 'idea_categories', ...NAMED },
	idea_theme: { letter: 'T', type: 'Ideas::IdeaTheme', page: 'ideas/idea_themes', ...NAMED },
	discovery_group: { ...NAMED },
	user: { required: ['email'] },
	key_result: { letter: 'KR', ...NAMED, ...PRIMARY },
	release_phase: { ...NAMED, ...PRIMARY },
	roll_up_release: {
		letter: 'MR',
		type: 'MasterRelease',
		page: 'master_releases',
		...NAMED,
		...PRIMARY,
	},
	competitor: { letter: 'C', ...NAMED, ...PRIMARY },
	creative_brief: { ...NAMED, ...PRIMARY },
	persona: { letter: 'P', ...NAMED, ...PRIMARY },
	strategy_model: { letter: 'M', page: 'business_models' },
	strategy_positioning: { letter: 'M', plural: 'strategy_positions', page: 'business_models' },
	strategy_vision: {},
	team: { ...NAMED, ...PRIMARY },
	team_member: { required: ['email'] },
	team_membership: {},
	schedule: {},
	schedulable_change: { required: ['effective_start_date'] },
	time_tracking_event: {},
	capacity_investment: {},
	capacity_scenario: {},
	estimate_value: {},
	custom_field_definition: {},
	custom_field_option: { required: ['value'] },
	custom_object_record: { segment: 'records', type: 'CustomObjectRecord', ...PRIMARY },
	screen_definition: {},
	workflow: {},
	workflow_status: { plural: 'workflow_statuses' },
	workflow_kind: {},
	workflow_status_time: { required: ['started_at'] },
	integration: { required: ['service_name'], ...PRIMARY },
	integration_field: { required: ['name', 'value'] },
	attachment: {},
	note: {},
	integration_change_job: {},
	knowledge_base: {},
	record_link: {},
	identity_provider: {},
	paid_seat_group: {},
	account_backup: {},
	saved_report: {},
};

const className = (name: string): string =>
	name.replace(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase());

export const kinds: readonly Kind[] = Object.entries(table).map(([name, column]) => {
	const plural = column.plural ?? `${name}s`;
	return {
		name,
		plural,
		segment: plural,
		type: className(name),
		page: plural,
		required: [],
		primary: false,
		...column,
	};
});

const byName = new Map(kinds.map((kind) => [kind.name, kind]));
const bySegment = new Map(kinds.map((kind) => [kind.segment, kind]));
const byType = new Map(
	kinds.flatMap((kind) => [
		[kind.type.toLowerCase(), kind],
		[toTypePath(kind.type), kind],
		[kind.name, kind],
	]),
);

/** @throws Error when there is no such kind, which is a bug of the sandbox */
export function kindOf(name: string): Kind {
	const kind = byName.get(name);
	if (!kind) throw new Error(`There is no kind of record "${name}"`);
	return kind;
}

/** The kind with this name in paths. */
export const kindAt = (segment: string): Kind | undefined =>
	bySegment.get(segment) ?? kinds.find(({ plural }) => plural === segment);

/** The kind with this class name: `Ideas::Idea`, `ideas/idea` or `idea`. */
export const kindOfType = (type: string): Kind | undefined =>
	byType.get(type.toLowerCase()) ??
	byType.get(toTypePath(type)) ??
	byType.get(ALIASES[toTypePath(type)]);

const ALIASES: Readonly<Record<string, string>> = {
	master_feature: 'epic',
	project: 'product',
	master_release: 'roll_up_release',
	endorsement: 'idea_endorsement',
};

/** Converts `Ideas::IdeaComment` to `ideas/idea_comment`, as in the audit log. */
export function toTypePath(type: string): string {
	return type
		.replace(/::/g, '/')
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase();
}
