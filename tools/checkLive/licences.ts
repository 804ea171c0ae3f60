/**
 * Endpoints that need more than every account has, with Aha!'s name of it. From Aha!'s
 * documentation of the API and its support pages on plans.
 */
const LICENCES: ReadonlyArray<readonly [pattern: RegExp, licence: string]> = [
	[/ \/account_backups/, 'Enterprise+'],
	[/custom_object/, 'Enterprise+ (custom tables)'],
	[/\/user_roles/, 'Enterprise+ (custom roles)'],
	[
		/ (\/products\/\{\w+\})?\/(teams|team_members|schedules|schedulable_changes|capacity_\w+|estimate_values)\b/,
		'Enterprise+ (team capacity planning)',
	],
	[/\/capacity_investments/, 'Enterprise+ (team capacity planning)'],
	[/ \/idea_organizations/, 'Ideas Advanced'],
	[/ \/historical_audits/, 'history tokens'],
];

/** The plan that an endpoint needs, where it is not one that every account has. */
export const licenceFor = (endpoint: string): string | undefined =>
	LICENCES.find(([pattern]) => pattern.test(endpoint))?.[1];
