import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { DemoCredential } from '../demo/credentials';
import { examples, startsByClick, triggerOf, withCredentials } from '../demo/workflows';
import { connect } from '../runtime/consent';
import { McpClient } from '../runtime/mcpClient';
import { publishTrigger, Runs } from '../runtime/triggers';
import { ahaNode, byId, failureOf, mcpTrigger, outputOf } from '../runtime/workflow';
import { doesNotRedirect, redirects, sendsElsewhere } from './hosts';
import type { World } from './world';

/** Something that works in each version of n8n, or since one. */
export interface Check {
	readonly name: string;
	/** The oldest version of n8n that passes; older ones are known to fail. */
	readonly since?: string;
	/** @throws Error that says what does not work */
	run(world: World): Promise<void>;
}

const FEATURE = 'PRJ1-1';
const CHANGES = { recordTypes: ['feature'], events: ['updated'] };

function need(condition: unknown, problem: string): asserts condition {
	if (!condition) throw new Error(problem);
}

const ahaTypes = ['aha', 'ahaTool', 'ahaTrigger', 'ahaWebhookTrigger'];

async function listTypes({ client }: World): Promise<void> {
	const nodes = new Set((await client.nodeTypes()).map(({ name }) => name));
	const missing = ahaTypes.filter((name) => !nodes.has(`n8n-nodes-aha.${name}`));
	need(missing.length === 0, `n8n does not list ${missing.join(', ')}`);
}

/** Whether n8n has all nodes of the recipes, in the versions that the recipes name. */
async function knowRecipes({ client }: World): Promise<void> {
	const known = new Set(
		(await client.nodeTypes()).flatMap(({ name, version }) =>
			[version].flat().map((number) => `${name} ${number}`),
		),
	);
	const missing = examples
		.flatMap(({ nodes }) => nodes.map(({ type, typeVersion }) => `${type} ${typeVersion}`))
		.filter((node) => !known.has(node));
	need(missing.length === 0, `n8n does not have ${[...new Set(missing)].join(', ')}`);
}

async function testApiKey({ client, account, apiKey }: World): Promise<void> {
	const right = await client.testCredential(apiKey.id);
	need(right.status === 'OK', right.message);
	const data = { accountDomain: account.domain, apiKey: 'wrong' };
	const other = await client.createCredential('Wrong key', 'ahaApiKey', data);
	need((await client.testCredential(other.id)).status === 'Error', 'A wrong key passes the test');
}

async function connectOAuth2({ client, sandbox, account, oAuth2 }: World): Promise<void> {
	const end = await connect(client, oAuth2.id, sandbox.proxyUrl, account.person, 'Authorize');
	const { data } = await client.getCredential(oAuth2.id);
	need(data.oauthTokenData, `n8n says: ${end.text}`);
}

async function runExamples({ client }: World, credential: DemoCredential): Promise<void> {
	for (const example of examples.filter(startsByClick)) {
		const { id } = await client.createWorkflow(withCredentials(example, credential));
		const execution = await client.runWorkflow(id, triggerOf(example));
		const problem = failureOf(execution);
		need(problem === undefined, `${example.name}: ${problem}`);
		const last = execution.data.resultData.lastNodeExecuted ?? '';
		need(outputOf(execution, last).length > 0, `${example.name}: no items`);
	}
}

async function refreshToken(world: World): Promise<void> {
	world.account.tokens.expireAccess();
	const get = { resource: 'feature', operation: 'get', record: byId(FEATURE) };
	const execution = await world.run(ahaNode('Get', world.oAuth2, get));
	need(failureOf(execution) === undefined, String(failureOf(execution)));
}

async function searchList({ client, apiKey }: World): Promise<void> {
	const type = (await client.nodeTypes()).find(({ name }) => name === 'n8n-nodes-aha.aha');
	const mode = type?.properties
		.filter(({ name }) => name === 'record')
		.flatMap(({ modes = [] }) => modes)
		.find(({ typeOptions }) => typeOptions?.searchListMethod);
	const { results } = await client.request<{ results: unknown[] }>(
		'POST',
		'rest/dynamic-node-parameters/resource-locator-results',
		{
			nodeTypeAndVersion: { name: 'n8n-nodes-aha.aha', version: 1 },
			path: 'parameters.record',
			methodName: mode?.typeOptions?.searchListMethod,
			currentNodeParameters: {
				authentication: 'apiKey',
				resource: 'feature',
				operation: 'get',
			},
			credentials: { ahaApiKey: { id: apiKey.id, name: apiKey.name } },
		},
	);
	need(results.length > 0, 'The list is empty');
}

/** Gives a feature another name, with the node itself. */
async function rename({ run, apiKey }: World): Promise<void> {
	const update = {
		resource: 'feature',
		operation: 'update',
		record: byId(FEATURE),
		additionalFields: { name: `Renamed ${randomUUID()}` },
	};
	const problem = failureOf(await run(ahaNode('Rename', apiKey, update)));
	need(problem === undefined, `The change failed: ${problem}`);
}

async function pollChanges(world: World): Promise<void> {
	const { client, apiKey } = world;
	const workflow = await publishTrigger(client, 'ahaTrigger', apiKey, CHANGES);
	// n8n responds before the trigger has started, which misses all changes until then.
	while (!(await client.exportWorkflow(workflow)).staticData) await sleep(200);
	await rename(world);
	await new Runs(workflow).until(client, (items) => items.length > 0);
	await client.deactivateWorkflow(workflow);
}

async function receiveChanges(world: World): Promise<void> {
	const { client, account, apiKey } = world;
	const secret = randomUUID();
	const hook = `${client.baseUrl}/webhook/ahaWebhookTrigger`;
	const post = async (path: string) =>
		(await fetch(`${hook}${path}`, { method: 'POST', body: '{}' })).status;
	const workflow = await publishTrigger(client, 'ahaWebhookTrigger', apiKey, {
		secret,
		...CHANGES,
	});
	// n8n responds before the URL is open.
	while ((await post(`/${secret}`)) === 404) await sleep(200);
	need((await post('')) === 401, 'A URL without the secret is not refused');
	need((await post('/wrong')) === 401, 'A wrong secret is not refused');
	const end = account.webhooks(`${hook}/${secret}`);
	await rename(world);
	await new Runs(workflow).until(client, (items) => items.length > 0);
	end();
	await client.deactivateWorkflow(workflow);
}

async function callTool({ client, apiKey }: World): Promise<void> {
	const types = await client.nodeTypes();
	const { type } = mcpTrigger('');
	const versions = types.find(({ name }) => name === type)?.version ?? [];
	const typeVersion = [versions].flat().at(-1);
	need(typeVersion, `n8n does not list ${type}`);
	const trigger = { ...mcpTrigger('compat'), typeVersion };
	const tool = ahaNode(
		'get_feature',
		apiKey,
		{
			resource: 'feature',
			operation: 'get',
			record: byId("={{ $fromAI('feature', 'ID or reference of the feature', 'string') }}"),
		},
		{ type: 'n8n-nodes-aha.ahaTool' },
	);
	const { id } = await client.createWorkflow({
		name: 'Tools',
		nodes: [trigger, tool],
		connections: {
			[tool.name]: { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] },
		},
	});
	await client.activateWorkflow(id);
	const agent = new McpClient(`${client.baseUrl}/mcp/compat`);
	await agent.connect();
	const result = await agent.call(tool.name, { feature: FEATURE });
	need(result.includes(FEATURE), `The tool returned: ${result.slice(0, 200)}`);
}

/** In an order in which later ones can use what earlier ones did. */
export const checks: readonly Check[] = [
	{ name: 'Nodes and the AI tool are listed', run: listTypes },
	{ name: 'API key: credential test', run: testApiKey },
	{ name: 'OAuth2: sign-in and consent', run: connectOAuth2 },
	{ name: 'All nodes of the recipes are known', run: knowRecipes },
	{
		name: 'Recipes with an API key',
		run: async (world) => await runExamples(world, world.apiKey),
	},
	{ name: 'Recipes with OAuth2', run: async (world) => await runExamples(world, world.oAuth2) },
	{ name: 'An expired token is refreshed', run: refreshToken },
	{ name: 'Lists in the form', run: searchList },
	{ name: 'Aha! Trigger', run: pollChanges },
	{ name: 'Aha! Webhook Trigger', run: receiveChanges },
	{ name: 'Tool of an MCP server', run: callTool },
	{
		name: 'Aha! node: a redirect takes no secret to another host',
		run: doesNotRedirect,
	},
	{
		name: 'HTTP Request node: no secret goes to another host',
		since: '2.0.0',
		run: sendsElsewhere,
	},
	{
		name: 'HTTP Request node: a redirect takes no secret to another host',
		since: '2.14.2',
		run: redirects,
	},
];
