import type { IDataObject } from 'n8n-workflow';

import { byId, requestOf } from './request';

describe('filters', () => {
	test.each(['feature', 'epic', 'initiative'])(
		'of %s lists take a status and custom fields',
		async (resource) => {
			const { qs } = await requestOf({
				resource,
				operation: 'getAll',
				belongsTo: 'account',
				filters: { workflow_status: 'New', custom_fields: '{"priority": "P2"}' },
			});
			expect(qs).toMatchObject({ workflow_status: 'New', custom_fields: { priority: 'P2' } });
		},
	);

	test.each(['account', 'workspace'])(
		'of ideas of the %s take who is assigned',
		async (belongsTo) => {
			const { qs } = await requestOf({
				resource: 'idea',
				operation: 'getAll',
				belongsTo,
				filters: { assigned_to_user: 'mary@mycompany.example' },
			});
			expect(qs).toMatchObject({ assigned_to_user: 'mary@mycompany.example' });
		},
	);

	test('of related ideas take a portal', async () => {
		const { qs } = await requestOf({
			resource: 'idea',
			operation: 'getRelated',
			q: 'maps',
			filters: { idea_portal_id: byId('1070474755') },
		});
		expect(qs).toMatchObject({ q: 'maps', idea_portal_id: '1070474755' });
	});

	test('of portal users take a contact and whether there are subscriptions', async () => {
		const { path, qs } = await requestOf({
			resource: 'ideaPortal',
			operation: 'getPortalUsers',
			belongsTo: 'ideaPortal',
			idea_portal_id: byId('9'),
			filters: { idea_user_id: byId('5'), has_portal_user_subscriptions: true },
		});
		expect(path).toBe('/idea_portals/9/portal_users');
		expect(qs).toMatchObject({ idea_user_id: '5', has_portal_user_subscriptions: true });
	});
});

describe('endpoints of August 2026', () => {
	const times = { started_at: '2026-01-01T00:00:00Z', ended_at: '2026-01-02T00:00:00Z' };
	const sentTimes = {
		started_at: '2026-01-01T00:00:00.000Z',
		ended_at: '2026-01-02T00:00:00.000Z',
	};

	test.each<[resource: string, value: string, given: IDataObject, line: string, body: unknown]>([
		[
			'workflowStatusTime',
			'create',
			{
				belongsTo: 'masterFeature',
				epic_id: byId('PRJ1-E-1'),
				workflow_status_id: '934242751',
				...times,
				additionalFields: { ended_at: times.ended_at },
			},
			'POST /master_features/PRJ1-E-1/workflow_status_times',
			{ workflow_status_time: { workflow_status_id: '934242751', ...sentTimes } },
		],
		[
			'workflowStatusTime',
			'update',
			{ additionalFields: times },
			'PUT /workflow_status_times/7',
			{ workflow_status_time: sentTimes },
		],
		['workflowStatusTime', 'delete', {}, 'DELETE /workflow_status_times/7', undefined],
		[
			'ideaTheme',
			'create',
			{ name: 'Speed', additionalFields: { description_attributes: '<p>Fast</p>' } },
			'POST /idea_themes',
			{
				product_id: 'PRJ1',
				idea_theme: { name: 'Speed', description_attributes: { body: '<p>Fast</p>' } },
			},
		],
		[
			'discoveryGroup',
			'update',
			{ name: 'Riders' },
			'PUT /discovery_groups/7',
			{ discovery_group: { name: 'Riders' } },
		],
		[
			'ideaContact',
			'update',
			{ additionalFields: { discovery_group_ids: [] } },
			'PUT /idea_users/7',
			{ idea_user: { discovery_group_ids: [] } },
		],
		[
			'ideaPortal',
			'createCategory',
			{ name: 'Child', additionalFields: { parent_id: byId('552935478') } },
			'POST /products/PRJ1/idea_categories',
			{ idea_category: { name: 'Child', parent_id: '552935478' } },
		],
		[
			'ideaPortal',
			'setForWorkspace',
			{ idea_portal_ids: ['1070474755'] },
			'PUT /products/PRJ1/idea_portals',
			{ idea_portal_ids: ['1070474755'] },
		],
		['ideaPortal', 'getPortalUserInAccount', {}, 'GET /portal_users/7', undefined],
		['ideaPortal', 'getPortalUsers', { belongsTo: 'account' }, 'GET /portal_users', undefined],
		[
			'ideaVote',
			'getAll',
			{ belongsTo: 'ideaOrganization', idea_organization_id: byId('7') },
			'GET /idea_organizations/7/endorsements',
			undefined,
		],
		['integration', 'getJob', { job_id: '7' }, 'GET /integration_change_jobs/7', undefined],
		['knowledgeBase', 'get', {}, 'GET /knowledge_bases/7', undefined],
		[
			'knowledgeBase',
			'getDocument',
			{ knowledge_base_id: byId('8') },
			'GET /knowledge_bases/8/pages/7',
			undefined,
		],
		['note', 'publish', {}, 'POST /pages/7/publish', undefined],
		['note', 'unpublish', {}, 'POST /pages/7/unpublish', undefined],
		['user', 'getAssistantUsage', {}, 'GET /usage/assistant_users', undefined],
		[
			'requirement',
			'update',
			{ additionalFields: { start_date: '2026-01-31', end_date: '2026-02-28' } },
			'PUT /requirements/7',
			{ requirement: { start_date: '2026-01-31', end_date: '2026-02-28' } },
		],
	])('%s > %s', async (resource, value, given, line, body) => {
		const request = await requestOf({ resource, operation: value, ...given });
		expect(`${request.method} ${request.path}`).toBe(line);
		expect(request.body).toEqual(body);
	});
});
