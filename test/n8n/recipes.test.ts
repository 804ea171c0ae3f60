import type { IDataObject } from 'n8n-workflow';

import { bearerCredential } from '../../tools/demo/credentials';
import { byHost, createServices } from '../../tools/demo/services';
import { Kitchen, pinned, until } from './support/recipes';
import { McpClient } from '../../tools/runtime/mcpClient';
import { failureOf, outputOf } from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const services = createServices();
const world = useWorld('recipes', { limits: null, services: byHost(services) });

let kitchen: Kitchen;
beforeAll(async () => {
	kitchen = await Kitchen.open(world(), [...Object.values(services), bearerCredential]);
});

const store = () => world().account.store;

/** A record of the simulated account. */
function recordOf(kind: string, reference: string) {
	const record = store().find(kind, reference);
	if (!record) throw new Error(`There is no ${kind} ${reference}`);
	return record;
}

/** The name of a feature's status. */
const statusOf = (reference: string): unknown =>
	store().resolve(recordOf('feature', reference).data.workflow_status)?.data.name;

const named = (kind: string, name: string) =>
	store()
		.all(kind)
		.filter(({ data }) => data.name === name);

/** The values of the records that refer to another. */
const partsOf = (kind: string, reference: string, part: string, key: string): unknown[] =>
	[...store().referrers(recordOf(kind, reference), part)].map(({ data }) => data[key]);

/** The entries that the audit log has got about a feature since then. */
const changesOf = (reference: string, since = 0) =>
	store()
		.audits.slice(since)
		.filter(({ auditable_id: id }) => id === recordOf('feature', reference).id);

test('popular ideas become features', async () => {
	const before = store().count('feature');
	const execution = await kitchen.run('Popular ideas become features');
	expect(failureOf(execution)).toBeUndefined();
	const chosen = outputOf(execution, 'Two at a time');
	expect(chosen.map(({ votes }) => Number(votes) >= 10)).toEqual([true, true]);
	expect(store().count('feature')).toBe(before + 2);
	const made = outputOf(execution, 'What was done').map(({ feature }) => feature);
	expect(made).toEqual([expect.stringMatching(/^PRJ1-\d+$/), expect.stringMatching(/^PRJ1-\d+$/)]);
	for (const { reference_num: idea } of chosen) {
		const feature = store().resolve(recordOf('idea', String(idea)).data.feature);
		expect(feature?.data.name).toBe(recordOf('idea', String(idea)).data.name);
	}
});

test('the release report counts each feature of the release under its status', async () => {
	const execution = await kitchen.run('Release report');
	expect(failureOf(execution)).toBeUndefined();
	const features = outputOf(execution, 'Its features');
	const [{ html }] = outputOf(execution, 'Report');
	const statuses = [...new Set(features.map(({ workflow_status: status }) => String(status)))];
	expect(statuses.length).toBeGreaterThan(2);
	for (const status of statuses) {
		const count = features.filter(({ workflow_status: other }) => other === status).length;
		expect(html).toMatch(new RegExp(`${status}\\D+${count}\\b`));
	}
});

test('the weekly digest tells what changed', async () => {
	const execution = await kitchen.run('Weekly digest');
	expect(failureOf(execution)).toBeUndefined();
	const [digest] = outputOf(execution, String(execution.data.resultData.lastNodeExecuted));
	expect(JSON.stringify(digest)).toMatch(/PRJ1-\d+/);
});

test('a shipped feature is told to Slack and to the voters of its idea, nothing else is', async () => {
	const title = 'Shipped feature tells everyone';
	const workflow = await kitchen.publish(title);
	await world().setStatus('PRJ1-15', 'In development');
	await world().setStatus('PRJ1-5', 'Shipped');
	const [message] = await until(() => {
		const { messages } = services.slack;
		return messages.length > 0 && messages;
	});
	const execution = await world().client.newestExecutionEnd(workflow);
	expect(failureOf(execution)).toBeUndefined();
	await world().client.deactivateWorkflow(workflow);
	const { name } = recordOf('feature', 'PRJ1-5').data;
	expect(message).toMatchObject({ channel: '#product' });
	expect(message.text).toContain(`<https://mycompany.aha.io/features/PRJ1-5|PRJ1-5 ${name}>`);
	const ideas = [...store().referrers(recordOf('feature', 'PRJ1-5'), 'idea')];
	expect(ideas.map(({ data }) => data.reference_num)).toEqual(['PRJ1-I-5']);
	const replies = partsOf('idea', 'PRJ1-I-5', 'idea_comment', 'body');
	expect(replies).toEqual([expect.stringContaining(`part of <b>${name}</b>`)]);
	expect(services.slack.messages).toHaveLength(1);
});

describe('a spreadsheet', () => {
	const drop = async (rows: string[]): Promise<IDataObject[]> => {
		const csv = ['key,name,description,due_date', ...rows].join('\n');
		const form = new FormData();
		form.set('field-0', new File([csv], 'plan.csv', { type: 'text/csv' }));
		expect((await kitchen.post('form/spreadsheet-to-roadmap', form)).status).toBe(200);
		const execution = await world().client.newestExecutionEnd(workflow);
		expect(failureOf(execution)).toBeUndefined();
		return outputOf(execution, 'All rows');
	};
	let workflow: string;
	beforeAll(async () => {
		workflow = await kitchen.publish('Spreadsheet to roadmap');
	});

	test('becomes features; bad rows come back with the reason', async () => {
		const rows = await drop([
			'A-1,Bell for every bike,Rings,2027-01-02',
			'A-2,,Nameless,2027-01-02',
			'A-3,Third,Late,soon',
		]);
		const [bell] = named('feature', 'Bell for every bike');
		expect(bell.data.due_date).toBe('2027-01-02');
		expect(rows).toEqual([
			{ row: 'A-1', feature: bell.data.reference_num, result: 'Done' },
			{ row: 'A-2', feature: '', result: expect.stringContaining('Name') },
			{ row: 'A-3', feature: '', result: expect.stringContaining('Due Date') },
		]);
	});

	test('updates the same features when it is dropped again', async () => {
		const before = store().count('feature');
		const [row] = await drop(['A-1,Bell for each bike,Rings,2027-02-03']);
		expect(store().count('feature')).toBe(before);
		const { name, due_date: due } = recordOf('feature', String(row.feature)).data;
		expect([name, due]).toEqual(['Bell for each bike', '2027-02-03']);
	});
});

test('two tickets with the same title become one idea with two proxy votes', async () => {
	await kitchen.publish('Support ticket to idea');
	const acme = store().first('idea_organization');
	for (const title of ['Bikes in blue', 'bikes in Blue']) {
		const response = await kitchen.post('webhook/support-ticket-to-idea', {
			title,
			text: 'For our whole team',
			email: 'ann@acme.example',
			organization: String(acme?.id),
		});
		expect(response.status).toBe(200);
	}
	const ideas = store()
		.all('idea')
		.filter(({ data }) => /^bikes in blue$/i.test(String(data.name)));
	expect(ideas.map(({ data }) => data.name)).toEqual(['Bikes in blue']);
	const votes = [...store().referrers(ideas[0], 'idea_endorsement')].map(({ data }) => data);
	const proxies = votes.filter(({ idea_organization: organization }) => organization);
	expect(proxies.map((vote) => store().resolve(vote.idea_organization)?.id)).toEqual([
		acme?.id,
		acme?.id,
	]);
});

describe('GitHub issues and features', () => {
	const title = 'GitHub issues and features';
	const fromGitHub = async () => {
		const execution = await kitchen.run(title, {}, 'Every 5 minutes');
		expect(failureOf(execution)).toBeUndefined();
	};

	test('a closed issue ships its feature, once', async () => {
		services.gitHub.close(services.gitHub.open('PRJ1-7 Faster maps'));
		services.gitHub.close(services.gitHub.open('No reference at all'));
		services.gitHub.open('PRJ1-11 Still open');
		const start = store().audits.length;
		await fromGitHub();
		expect(statusOf('PRJ1-7')).toBe('Shipped');
		expect(statusOf('PRJ1-11')).not.toBe('Shipped');
		await fromGitHub();
		expect(changesOf('PRJ1-7', start)).toHaveLength(1);
	});

	test('a shipped feature closes its issue, which starts nothing again', async () => {
		const workflow = await kitchen.publish(title);
		const issue = services.gitHub.open('PRJ1-8 Better search');
		const start = store().audits.length;
		await world().setStatus('PRJ1-8', 'Shipped');
		await until(() => issue.state === 'closed');
		await world().client.deactivateWorkflow(workflow);
		await fromGitHub();
		expect(changesOf('PRJ1-8', start)).toHaveLength(1);
	});
});

test('the report on time in status has a row for each status of the release', async () => {
	const execution = await kitchen.run('Time in status report');
	expect(failureOf(execution)).toBeUndefined();
	const stays = outputOf(execution, 'Time in each status');
	const [{ html }] = outputOf(execution, 'Report');
	const statuses = [...new Set(stays.map(({ status }) => status))];
	expect(statuses.length).toBeGreaterThan(2);
	for (const status of statuses) expect(html).toContain(`<td>${status}</td>`);
});

test('three stale ideas get a public reply, none of them twice', async () => {
	const asked = async (): Promise<unknown[]> => {
		const execution = await kitchen.run('Stale ideas get a reply');
		expect(failureOf(execution)).toBeUndefined();
		expect(outputOf(execution, 'Ask')).toHaveLength(3);
		return outputOf(execution, 'Three at a time').map(({ reference_num: idea }) => idea);
	};
	const ideas = [...(await asked()), ...(await asked())];
	expect(new Set(ideas).size).toBe(6);
	for (const idea of ideas) {
		const replies = partsOf('idea', String(idea), 'idea_comment', 'body');
		expect(replies).toEqual([expect.stringContaining('Do you still need it?')]);
	}
});

test('the attachments of a feature are on the drive, byte for byte', async () => {
	const execution = await kitchen.run('Attachments to a drive');
	expect(failureOf(execution)).toBeUndefined();
	const [[path, content]] = [...services.nextCloud.files];
	expect(path).toBe('/Aha/PRJ1-1 route.txt');
	const originals = [...store().files.values()].map((bytes) => bytes.toString());
	expect(originals).toContain(content.toString());
});

describe('the AI assistant', () => {
	const ask = async (chatInput: string): Promise<string> => {
		const chat = pinned('Chat', { sessionId: '1', action: 'sendMessage', chatInput });
		const execution = await kitchen.run('AI assistant', chat);
		expect(failureOf(execution)).toBeUndefined();
		return String(outputOf(execution, 'Assistant')[0].output);
	};

	test('offers six tools to the model, each with a description and described values', async () => {
		await ask('Hello');
		const { tools = [] } = services.openAi.requests.at(-1) ?? {};
		expect(tools.map(({ function: tool }) => tool.name).sort()).toEqual([
			'create_idea',
			'get_feature',
			'list_ideas',
			'list_releases',
			'search_records',
			'set_feature_status',
		]);
		for (const { function: tool } of tools) {
			expect(tool.description.length).toBeGreaterThan(40);
			for (const { description } of Object.values(tool.parameters.properties)) {
				expect(description).toBeTruthy();
			}
		}
	});

	test('reads and changes Aha!', async () => {
		expect(await ask('What do customers want most in PRJ1?')).toMatch(/PRJ1-I-\d+/);
		await ask('Set PRJ1-9 to Shipped.');
		expect(statusOf('PRJ1-9')).toBe('Shipped');
		await ask('Create an idea in PRJ1: Helmet lights');
		expect(named('idea', 'Helmet lights')).toHaveLength(1);
	});
});

describe('the MCP server', () => {
	const READING = [
		'get_record',
		'list_ideas',
		'list_releases',
		'list_workspaces',
		'search_records',
	];
	const WRITING = ['comment_on_feature', 'create_feature', 'create_idea', 'set_feature_status'];
	const token = String(bearerCredential.credential.data.token);
	const clientAt = (path: string, secret?: string) =>
		new McpClient(`${world().n8n.url}/mcp/${path}`, secret);
	let agent: McpClient;
	let reader: McpClient;

	beforeAll(async () => {
		await kitchen.publish('MCP server for Aha!');
		[agent, reader] = [clientAt('aha', token), clientAt('aha-read-only', token)];
		await Promise.all([agent.connect(), reader.connect()]);
	});
	afterAll(async () => await Promise.all([agent.close(), reader.close()]));

	test('lists nine tools with described arguments, and five that only read', async () => {
		const tools = await agent.tools();
		expect(tools.map(({ name }) => name).sort()).toEqual([...READING, ...WRITING].sort());
		for (const { description, inputSchema } of tools) {
			expect(description.length).toBeGreaterThan(40);
			for (const argument of Object.values(inputSchema.properties)) {
				expect(argument.description).toBeTruthy();
			}
		}
		expect((await reader.tools()).map(({ name }) => name).sort()).toEqual(READING);
	});

	test.each([
		['list_workspaces', {}, 'Fredwin Cycling'],
		['search_records', { words: 'route planner' }, 'PRJ1-'],
		['list_ideas', { workspace: 'PRJ1' }, 'PRJ1-I-'],
		['list_releases', { workspace: 'PRJ1' }, 'PRJ1-R-5'],
		['get_record', { reference: 'PRJ1-10' }, 'PRJ1-10'],
		['get_record', { reference: 'PRJ1-1-1' }, 'Requirement 1'],
		['get_record', { reference: 'PRJ1-E-1' }, 'PRJ1-E-1'],
		['get_record', { reference: 'PRJ1-I-5' }, 'PRJ1-I-5'],
		['get_record', { reference: 'PRJ1-R-5' }, 'Release 5.0'],
		['get_record', { reference: 'PRJ1-S-1' }, 'PRJ1-S-1'],
	])('%s with %j reads Aha!', async (name, values, text) => {
		const { content, isError } = await reader.result(name, values);
		expect(isError).toBeFalsy();
		expect(content[0].text).toContain(text);
	});

	test('creates, comments and changes a status', async () => {
		await agent.call('create_idea', { workspace: 'PRJ1', name: 'By agent', description: 'A' });
		expect(named('idea', 'By agent')).toHaveLength(1);
		await agent.call('create_feature', { release: 'PRJ1-R-6', name: 'By agent', description: 'B' });
		const [feature] = named('feature', 'By agent');
		const reference = String(feature.data.reference_num);
		await agent.call('comment_on_feature', { reference, comment: 'On its way' });
		expect(partsOf('feature', reference, 'comment', 'body')[0]).toContain('On its way');
		await agent.call('set_feature_status', { reference, status: 'Designed' });
		expect(statusOf(reference)).toBe('Designed');
	});

	test('refuses a client without the token, and one with a wrong token', async () => {
		await expect(clientAt('aha').connect()).rejects.toMatchObject({ code: 403 });
		await expect(clientAt('aha', 'wrong').connect()).rejects.toMatchObject({ code: 403 });
	});

	test('tells the model in words what Aha! refuses', async () => {
		const text = await agent.call('set_feature_status', { reference: 'PRJ1-10', status: 'Lost' });
		expect(text).toMatch(/Lost|status/i);
		expect(await reader.call('get_record', { reference: 'PRJ1-99999' })).toMatch(/not found|no /i);
	});

	test('names an argument that is missing, and writes nothing', async () => {
		const { content, isError } = await agent.result('set_feature_status', { reference: 'PRJ1-10' });
		expect(isError).toBe(true);
		expect(content[0].text).toContain('status');
	});
});
