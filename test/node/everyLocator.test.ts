import type { INodeParameters } from 'n8n-workflow';

import type { KnownRecord } from '../sandbox/knownRecords';
import { knownRecords } from '../sandbox/knownRecords';
import { useNode } from './startedNode';

const node = useNode();

/** A record from an expression, as n8n keeps it in a locator. */
const given = (name: string): INodeParameters => ({
	__rl: true,
	mode: 'reference',
	value: `={{ $json.${name} }}`,
});

const store = () => node().account.store;

let records: Record<string, KnownRecord>;

beforeAll(() => {
	records = knownRecords(store());
});

const update: INodeParameters = {
	resource: 'feature',
	operation: 'update',
	record: given('feature'),
	product_id: given('workspace'),
	additionalFields: {
		assigned_to_user: given('person'),
		epic: given('epic'),
		goals: '={{ $json.goals }}',
		initiative: given('initiative'),
		release: given('release'),
		workflow_kind: given('type'),
		workflow_status: given('status'),
	},
};

const link: INodeParameters = {
	resource: 'recordLink',
	operation: 'create',
	belongsTo: 'feature',
	feature_id: given('feature'),
	record_type: 'epic',
	record_id: given('epic'),
	link_type: 10,
};

test.each(['name', 'reference', 'url', 'id'] as const)(
	'every field for a record takes its %s',
	async (way) => {
		const { email } = node().account.person;
		const user = store().first('user', ({ data }) => data.email === email)?.data ?? {};
		const fullName = [user.first_name, user.last_name].filter(Boolean).join(' ');
		const feature = store().get(records.feature.id);
		for (const key of ['release', 'epic', 'initiative', 'goals', 'assigned_to_user']) {
			delete feature?.data[key];
		}
		const json = {
			...Object.fromEntries(Object.entries(records).map(([key, record]) => [key, record[way]])),
			person: way === 'name' ? String(user.name ?? fullName) : email,
			status: 'In development',
			type: 'Bug fix',
		};
		const [updated] = await node().n8n.run(update, [{ json }]);
		expect(updated.json).toMatchObject({ id: records.feature.id, workflow_status: json.status });
		for (const key of ['release', 'epic', 'initiative']) {
			expect([key, store().resolve(feature?.data[key])?.id]).toEqual([key, records[key].id]);
		}
		expect(JSON.stringify(feature?.data.goals)).toContain(records.goals.id);
		expect(store().resolve(feature?.data.assigned_to_user)?.data.email).toBe(email);

		await node().n8n.run(link, [{ json }]);
		const [made] = [...store().all('record_link')].slice(-1);
		expect(JSON.stringify(made.data)).toContain(records.epic.id);
	},
);
