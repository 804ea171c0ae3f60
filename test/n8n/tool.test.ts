import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../tools/runtime/n8nClient';
import { keyCredential } from './support/credentials';
import { McpClient } from '../../tools/runtime/mcpClient';
import { ahaNode, byId, mcpTrigger } from '../../tools/runtime/workflow';
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
	const { id } = await client.createWorkflow(
		server([
			ahaNode('create_feature', credential, named, type),
			ahaNode('create_idea', credential, create, type),
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
	expect([...tools.keys()].sort()).toEqual(['create_feature', 'create_idea', 'get_idea']);
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
