import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../tools/runtime/n8nClient';
import { keyCredential } from './support/credentials';
import { McpClient } from '../../tools/runtime/mcpClient';
import { ahaNode, byId, mcpTrigger } from '../../tools/runtime/workflow';
import type { KnownRecord } from '../sandbox/knownRecords';
import { knownRecords } from '../sandbox/knownRecords';
import { useWorld } from './support/world';

const world = useWorld('tool', { limits: null });
const PATH = 'aha-tools';

/** The nodes as tools of one MCP server. */
const server = (tools: INode[]): WorkflowFile => ({
	name: 'Tools',
	nodes: [mcpTrigger(PATH), ...tools],
	connections: Object.fromEntries(
		tools.map(({ name }) => [
			name,
			{ ai_tool: [[{ node: mcpTrigger(PATH).name, type: 'ai_tool', index: 0 }]] },
		]),
	),
});

/** A value that the model fills in. */
const fromModel = (name: string, about: string) =>
	`={{ $fromAI('${name}', '${about}', 'string') }}`;

let agent: McpClient;

beforeAll(async () => {
	const { client } = world();
	const credential = await keyCredential(world());
	const type = { type: 'n8n-nodes-aha.ahaTool' };
	const create = {
		resource: 'idea',
		operation: 'create',
		descriptionType: 'manual',
		toolDescription: 'Create an idea in the workspace',
		product_id: byId('PRJ1'),
		name: fromModel('name', 'Name of the idea'),
		output: 'simple',
	};
	const get = {
		resource: 'idea',
		operation: 'get',
		record: byId(fromModel('idea', 'ID or reference of the idea')),
	};
	const locator = (value: string) => ({ __rl: true, mode: 'list', value });
	const named = {
		resource: 'feature',
		operation: 'create',
		product_id: locator(fromModel('workspace', 'Name of the workspace')),
		release_id: locator(fromModel('release', 'Name of the release')),
		name: fromModel('name', 'Name of the feature'),
		output: 'simple',
		additionalFields: {
			workflow_status: locator(fromModel('status', 'Name of the status')),
			assigned_to_user: locator(fromModel('person', 'Email address')),
		},
	};
	const update = {
		resource: 'feature',
		operation: 'update',
		record: locator(fromModel('feature', 'The feature')),
		product_id: locator(fromModel('workspace', 'Its workspace')),
		additionalFields: {
			assigned_to_user: locator(fromModel('person', 'Name or email address')),
			epic: locator(fromModel('epic', 'An epic')),
			goals: fromModel('goals', 'One or more goals'),
			initiative: locator(fromModel('initiative', 'An initiative')),
			release: locator(fromModel('release', 'A release')),
			workflow_kind: locator(fromModel('type', 'Name of a type')),
			workflow_status: locator(fromModel('status', 'Name of a status')),
		},
	};
	const link = {
		resource: 'recordLink',
		operation: 'create',
		belongsTo: 'feature',
		feature_id: locator(fromModel('feature', 'The feature')),
		record_type: 'epic',
		record_id: locator(fromModel('epic', 'The epic to link to')),
		link_type: 10,
	};
	const goal = {
		resource: 'goal',
		operation: 'update',
		product_id: locator(fromModel('workspace', 'Its workspace')),
		record: locator(fromModel('goal', 'The goal')),
		additionalFields: { time_frame: locator(fromModel('timeFrame', 'Name of a time frame')) },
	};
	const { id } = await client.createWorkflow(
		server([
			ahaNode('create_feature', credential, named, type),
			ahaNode('create_idea', credential, create, type),
			ahaNode('link_record', credential, link, type),
			ahaNode('set_goal', credential, goal, type),
			ahaNode('update_feature', credential, update, type),
			ahaNode('get_idea', credential, get, type),
		]),
	);
	await client.activateWorkflow(id);
	agent = new McpClient(`${world().n8n.url}/mcp/${PATH}`);
	await agent.connect();
});
afterAll(async () => await agent.close());

test('an agent sees what each operation does and takes', async () => {
	const tools = new Map((await agent.tools()).map((tool) => [tool.name, tool]));
	expect([...tools.keys()].sort()).toEqual([
		'create_feature',
		'create_idea',
		'get_idea',
		'link_record',
		'set_goal',
		'update_feature',
	]);
	expect(tools.get('create_idea')?.description).toBe('Create an idea in the workspace');
	// n8n writes this one from the name of the operation.
	expect(tools.get('get_idea')?.description).toContain('Get an idea');
	expect(tools.get('create_idea')?.inputSchema.properties).toMatchObject({
		name: { type: 'string', description: 'Name of the idea' },
	});
});

test('an agent changes Aha! and reads it', async () => {
	const { store } = world().account;
	const result = await agent.call('create_idea', { name: 'From an agent' });
	const created = store.first('idea', ({ data }) => data.name === 'From an agent');
	expect(created).toBeDefined();
	expect(result).toContain(created?.id);

	const reference = String(created?.data.reference_num);
	expect(await agent.call('get_idea', { idea: reference })).toContain('From an agent');
});

test('an agent names records in every field as people do', async () => {
	const { store, person } = world().account;
	const result = await agent.call('create_feature', {
		workspace: String(store.find('product', 'PRJ1')?.data.name),
		release: String(store.find('release', 'PRJ1-R-2')?.data.name),
		name: 'Named by an agent',
		status: 'In development',
		person: person.email,
	});
	expect(result).toContain('In development');
	const created = store.first('feature', ({ data }) => data.name === 'Named by an agent');
	expect(store.resolve(created?.data.release)?.data.reference_num).toBe('PRJ1-R-2');
});

describe('whatever an agent gives for a record is taken in every field', () => {
	let records: Record<string, KnownRecord>;

	beforeAll(() => {
		records = knownRecords(world().account.store);
	});

	test.each(['name', 'reference', 'url', 'id'] as const)('by its %s', async (way) => {
		const { store, person } = world().account;
		const given = Object.fromEntries(
			Object.entries(records).map(([key, record]) => [key, record[way]]),
		);
		const user = store.first('user', ({ data }) => data.email === person.email)?.data;
		const fullName = [user?.first_name, user?.last_name].filter(Boolean).join(' ');
		const feature = store.get(records.feature.id);
		for (const key of ['release', 'epic', 'initiative', 'goals', 'assigned_to_user']) {
			delete feature?.data[key];
		}
		const result = await agent.call('update_feature', {
			...given,
			person: way === 'name' ? String(user?.name ?? fullName) : person.email,
			status: 'In development',
			type: 'Bug fix',
		});
		expect(result).toContain(records.feature.reference);
		for (const key of ['release', 'epic', 'initiative']) {
			expect([key, store.resolve(feature?.data[key])?.id]).toEqual([key, records[key].id]);
		}
		expect(JSON.stringify(feature?.data.goals)).toContain(records.goals.id);
		expect(store.resolve(feature?.data.assigned_to_user)?.data.email).toBe(person.email);
		expect(result).toContain('In development');

		const links = store.all('record_link').length;
		await agent.call('link_record', given);
		expect(store.all('record_link').length).toBe(links + 1);
		const link = store.all('record_link')[links];
		expect(JSON.stringify(link.data)).toContain(records.epic.id);

		const timeFrame = `Set by ${way}`;
		const { goals: goal, workspace } = given;
		expect(await agent.call('set_goal', { goal, workspace, timeFrame })).not.toMatch(/error/i);
		expect(JSON.stringify(store.get(records.goals.id)?.data)).toContain(timeFrame);
	});
});

test('an agent that names no record hears which ones there are', async () => {
	const { store } = world().account;
	const release = String(store.find('release', 'PRJ1-R-2')?.data.name);
	const result = await agent.call('create_feature', {
		workspace: String(store.find('product', 'PRJ1')?.data.name),
		release: `${release} of the mobile app`,
		name: 'Not made',
		status: 'In development',
		person: 'owner@mycompany.example',
	});
	expect(result).toMatch(/There is no release of this name|is not known as/);
	expect(store.first('feature', ({ data }) => data.name === 'Not made')).toBeUndefined();
});

test('an error from Aha! reaches the agent in words', async () => {
	const result = await agent.call('get_idea', { idea: 'PRJ1-I-999999' });
	expect(result).toMatch(/not found|no record|does not exist/i);
});
