import type { INodeParameters } from 'n8n-workflow';

import { useNode } from './startedNode';

const node = useNode();

const byId = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

const statusesOf = async (resource: string, workspace: string): Promise<unknown[]> => {
	const parameters = { resource, operation: 'create', product_id: byId(workspace) };
	return (await node().n8n.options('status', parameters)).map(({ value }) => value);
};

const FEATURE = [
	...['New', 'Designed', 'Ready to develop', 'In development', 'Shipped', "Won't implement"],
];
const EPIC = ['New', 'Designed', 'In development', 'In review', 'Shipped', "Won't implement"];
const GOAL = ['Not started', 'On track', 'Behind', 'Achieved', 'Not achieved'];

test.each([
	['feature', FEATURE],
	['requirement', FEATURE],
	['epic', EPIC],
	['release', ['New', 'In planning', 'In development', 'Shipped', "Won't do"]],
	['idea', ['New', 'Needs review', 'Future consideration', 'Planned', 'Shipped', 'Already exists']],
	['initiative', ['Not started', 'In progress', 'At risk', 'Complete', 'Will not do']],
	['goal', GOAL],
	['keyResult', GOAL],
	['note', ['Draft', 'In review', 'Approved', 'Obsolete']],
])('the statuses of each %s are those of its workflow', async (resource, statuses) => {
	expect(await statusesOf(resource, 'PRJ1')).toEqual(statuses);
});

test('a workspace with a workflow of its own has the statuses of that', async () => {
	const own = ['New', 'Designed', 'Ready to develop', 'In development', 'Shipped', 'On hold'];
	expect(await statusesOf('feature', 'PRJe')).toEqual(own);
	expect(await statusesOf('epic', 'PRJe')).toEqual(EPIC);
});

describe('a status from the list', () => {
	const create = async (workspace: string, workflow_status: string) => {
		const { store } = node().account;
		const release = store.first(
			'release',
			({ data }) => store.resolve(data.project)?.data.reference_prefix === workspace,
		);
		const [item] = await node().n8n.run({
			resource: 'feature',
			operation: 'create',
			belongsTo: 'release',
			release_id: byId(String(release?.id)),
			name: 'Feature',
			output: 'simple',
			additionalFields: { workflow_status },
		});
		return item.json.workflow_status;
	};

	test('is taken in its workspace', async () => {
		expect(await create('PRJe', 'On hold')).toBe('On hold');
		expect(await create('PRJ1', "Won't implement")).toBe("Won't implement");
	});

	test.each([
		['PRJ1', 'On hold'],
		['PRJe', 'In review'],
	])('is refused in %s, which does not have "%s"', async (workspace, status) => {
		await expect(create(workspace, status)).rejects.toMatchObject({
			message: expect.stringContaining('Status is not valid'),
		});
	});
});
