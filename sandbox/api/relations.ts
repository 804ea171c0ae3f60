/** The kinds of record that keys refer to. */
const table: Readonly<Record<string, string>> = {
	release: 'release',
	feature: 'feature',
	epic: 'epic',
	initiative: 'initiative',
	goal: 'goal',
	idea: 'idea',
	requirement: 'requirement',
	project: 'product',
	page: 'page',
	duplicate_of: 'idea',
	belongs_to_release_phase: 'release_phase',
	team: 'team',
	schedule: 'schedule',
	team_member: 'team_member',
	team_membership: 'team_membership',
	capacity_scenario: 'capacity_scenario',
	capacity_investment: 'capacity_investment',
	idea_organization: 'idea_organization',
	portal_user: 'portal_user',
	idea_portal: 'idea_portal',
	idea_user: 'idea_user',
	created_by_portal_user: 'portal_user',
	created_by_idea_user: 'idea_user',
	endorsed_by_portal_user: 'portal_user',
	endorsed_by_idea_user: 'idea_user',
	user: 'user',
	owner: 'user',
	assigned_to_user: 'user',
	created_by_user: 'user',
	endorsed_by_user: 'user',
	idea_commenter_user: 'user',
	identity_provider: 'identity_provider',
	description: 'note',
	theme: 'note',
	admin_response: 'note',
	success_metric_description: 'note',
	parent_idea_comment: 'idea_comment',
	knowledge_base: 'knowledge_base',
};

const manyTable: Readonly<Record<string, string>> = {
	goals: 'goal',
	initiatives: 'initiative',
	key_results: 'key_result',
	categories: 'idea_category',
	idea_users: 'idea_user',
	idea_organizations: 'idea_organization',
	discovery_groups: 'discovery_group',
};

/** Other names of keys in requests and responses. */
const synonyms: Readonly<Record<string, string>> = {
	product: 'project',
	master_feature: 'epic',
	release_phase: 'belongs_to_release_phase',
	duplicate_idea: 'duplicate_of',
	created_by: 'created_by_user',
	description_attributes: 'description',
	organization: 'idea_organization',
};

/** The name under which a value is stored: references are stored without `_id`. */
export function storedKey(key: string): string {
	const stem = key.replace(/_ids$/, 's').replace(/_id$/, '');
	const name = synonyms[key] ?? synonyms[stem] ?? stem;
	return name in table || name in manyTable || name === 'parent' ? name : (synonyms[key] ?? key);
}

/** The kind of record that a key refers to. */
export const referenceTarget = (key: string, kind: string): string | undefined =>
	key === 'parent' ? PARENTS[kind] : table[key];

export const referenceListTarget = (key: string): string | undefined => manyTable[key];

/** The kinds of record in `parent`. */
const PARENTS: Readonly<Record<string, string>> = {
	product: 'product',
	release: 'roll_up_release',
	initiative: 'initiative',
	goal: 'goal',
	page: 'page',
	idea_category: 'idea_category',
};
