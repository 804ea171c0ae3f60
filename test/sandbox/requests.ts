const named = (key: string, more: Record<string, unknown> = {}) => ({
	[key]: { name: `A new ${key.replace(/_/g, ' ')}`, ...more },
});

const FUTURE = '2030-01-31';

/** Bodies that create a record of each kind; `@kind` is the id of the first record of that kind. */
export const bodies: Readonly<Record<string, Record<string, unknown>>> = {
	feature: named('feature', {
		description: '<p>Text</p>',
		workflow_status: { name: 'Designed' },
		assigned_to_user: { email: 'mary.humpty@mycompany.example' },
		tags: 'Design, Security',
	}),
	epic: named('epic', { description: 'Text', workflow_status: 'Designed' }),
	release: named('release', { release_date: FUTURE, external_release_date: FUTURE, theme: 'Text' }),
	initiative: named('initiative', { description: 'Text', effort: 10, value: 20, presented: true }),
	goal: named('goal', {
		effort: 10,
		value: 20,
		success_metric_name: 'Users',
		success_metric_description: 'Each week',
	}),
	requirement: named('requirement', { description: 'Text' }),
	idea: named('idea', { description: 'Text', tags: ['Design'] }),
	product: { product: { name: 'Another workspace', prefix: 'NEW', product_line: false } },
	page: named('page'),
	task: named('task', { body: 'Text', assigned_to_users: ['owner@mycompany.example'] }),
	comment: { comment: { body: '<p>Text</p>' } },
	idea_comment: { idea_comment: { body: '<p>Text</p>' } },
	idea_endorsement: {
		idea_endorsement: { email: 'new@acme.example', value: 100, link: 'https://x' },
	},
	idea_subscription: { idea_subscription: { email: 'new@acme.example' } },
	idea_organization: named('idea_organization', { email_domains: 'new.example', revenue: '10' }),
	idea_user: { idea_user: { first_name: 'Rosa', last_name: 'Diaz', email: 'rosa@new.example' } },
	portal_user: {
		portal_user: { first_name: 'Rosa', last_name: 'Diaz', email: 'rosa@new.example' },
	},
	user: {
		user: {
			first_name: 'Sam',
			last_name: 'Doe',
			email: 'sam.doe@mycompany.example',
			role: 'contributor',
		},
	},
	key_result: named('key_result', {
		description: 'Text',
		assigned_to_user: { email: 'mary.humpty@mycompany.example' },
	}),
	release_phase: named('release_phase', {
		release_id: '@release',
		phase_type: 'milestone',
		start_on: FUTURE,
		end_on: FUTURE,
	}),
	roll_up_release: named('roll_up_release', { start_date: FUTURE, release_date: FUTURE }),
	competitor: named('competitor', { color: '#ff0000' }),
	creative_brief: named('creative_brief', { color: '#ff0000' }),
	persona: named('persona', { color: '#ff0000' }),
	team: named('team', { product_id: '@product', schedule_id: '@schedule', capacity: 0 }),
	team_member: {
		team_member: { first_name: 'Sam', last_name: 'Doe', email: 'sam@mycompany.example' },
	},
	team_membership: { team_membership: { user_id: '@user' } },
	schedulable_change: {
		team_id: '@team',
		schedulable_change: {
			effective_start_date: FUTURE,
			schedule_id: '@schedule',
			team_members_count: 4,
			hourly_rate: 155,
			color: '#ff0000',
		},
	},
	time_tracking_event: { time_tracking_event: { work_done_text: '2h', occurred_on: FUTURE } },
	capacity_investment: { capacity_investment: { start_date: FUTURE, end_date: FUTURE } },
	estimate_value: { estimate_values: [{ team_id: '@team', period_start: FUTURE, total: 5 }] },
	custom_field_option: { value: 'P9', color: '#ff0000' },
	custom_object_record: {
		custom_object_record: { custom_fields: { name: 'New Corp', website: 'new.example' } },
	},
	integration: { integration: { service_name: 'github', enabled: true }, product_id: '@product' },
	integration_field: { integration_field: { name: 'number', value: '77' } },
	discovery_group: named('discovery_group'),
	idea_category: named('idea_category'),
	idea_theme: {
		product_id: '@product',
		...named('idea_theme', { description_attributes: { body: '<p>Text</p>' } }),
	},
};

/** Bodies of other requests by method and path. */
export const otherBodies: Readonly<Record<string, Record<string, unknown>>> = {
	'POST /historical_audits': {
		search: { created_since: '2019-01-01T00:00:00Z', created_before: '2030-01-01T00:00:00Z' },
	},
	'PUT /ideas/{id}/promote': { promotable_type: 'feature', release_id: '@release' },
	'POST /integration_changes': { integration_id: '@integration', model_class: 'Feature' },
	'POST /users/{id}/product_roles': { product_role: { role: 'viewer', product_id: '@product' } },
	'POST /users/{id}/user_roles': { user_role: { custom_role_id: 7, product_id: '@product' } },
	'POST /paid_seat_groups/{id}/modify_user': { user_id: '@user' },
	'PUT /paid_seat_groups/{id}': { name: 'Group 2', capacity: 3 },
	'PUT /estimate_values/{id}': { estimate_value: { total: 20 } },
	'PUT /schedulable_changes/{schedulable_change_id}/update_team_memberships': {
		team_membership_id: '@team_membership',
		team_membership: { schedule: { monday: false } },
	},
	...Object.fromEntries(
		[
			'features/{feature_id}/integrations/{integration_id}',
			'features/{feature_id}/integrations/{service_name}',
			'epics/{epic_id}/integrations/{integration_id}',
			'ideas/{idea_id}/integrations/{integration_id}',
		].map((place) => [
			`POST /${place}/fields`,
			{ integration_fields: [{ name: 'number', value: '77' }] },
		]),
	),
	'POST /ideas/{idea_id}/endorsements': {
		idea_endorsement: {
			value: 100,
			link: 'https://acme.example',
			idea_organization_id: '@idea_organization',
		},
	},
	'POST /products/{product_id}/pages': {
		page: { linked_record_type: 'Feature', linked_record_id: '@feature' },
	},
	'POST /idea_portals/{idea_portal_id}/portal_users/{portal_user_id}/portal_user_subscriptions': {
		portal_user_subscriptions: { preferences: [{ type: 'IdeaPortal', id: '@idea_portal' }] },
	},
	'PUT /custom_field_definitions/{custom_field_definition_id}/custom_field_options/{id}': {
		value: 'New option',
	},
	'POST /{record_type}/{id}/record_links': {
		record_link: { record_type: 'epic', record_id: '@epic', link_type: 10 },
	},
	'POST /products/{product_id}/idea_portals': { idea_portal_ids: ['@idea_portal'] },
	'PUT /products/{product_id}/idea_portals': { idea_portal_ids: ['@idea_portal'] },
	'PUT /workflow_status_times/{id}': { workflow_status_time: { ended_at: `${FUTURE}T00:00:00Z` } },
	'PUT /users/{id}': { user: { first_name: 'Sarah' } },
	'PUT /custom_object_records/{id}': {
		custom_object_record: { custom_object_links: { submitters: ['@custom_object_record'] } },
	},
};

/** Queries that endpoints need in order to respond as recorded. */
export const queries: Readonly<Record<string, string>> = {
	'GET /bookmarks/custom_pivots/{report_id}': 'view=pivot',
	'GET /historical_audits':
		'created_since=2019-01-01T00:00:00Z&created_before=2099-01-01T00:00:00Z',
};
