import type { INodeParameters } from 'n8n-workflow';

import { useNode } from './startedNode';

const node = useNode();

/** A record from an expression, as n8n keeps it in a locator. */
const given = (name: string): INodeParameters => ({
	__rl: true,
	mode: 'reference',
	value: `={{ $json.${name} }}`,
});

const store = () => node().account.store;

/** A record by each of what names it; its name is made the only one. */
function known(kind: string, page: string, key: string) {
	const found = store().find(kind, key);
	if (!found) throw new Error(`There is no ${kind} ${key}`);
	const name = `${String(found.data.name)} of ${key}`;
	found.data.name = name;
	const url = `https://mycompany.aha.io/${page}/${key}`;
	return { id: found.id, name, reference: key, url };
}

const ofWorkspace = (kind: string): string =>
	String(
		store()
			.all(kind)
			.find(({ data }) => String(data.reference_num).startsWith('PRJ1-'))?.data.reference_num,
	);

let records: Record<string, ReturnType<typeof known>>;

beforeAll(() => {
	records = {
		workspace: known('product', 'products', 'PRJ1'),
		feature: known('feature', 'features', ofWorkspace('feature')),
		release: known('release', 'releases', 'PRJ1-R-2'),
		epic: known('epic', 'epics', ofWorkspace('epic')),
		initiative: known('initiative', 'initiatives', ofWorkspace('initiative')),
		goals: known('goal', 'strategic_imperatives', ofWorkspace('goal')),
	};
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
