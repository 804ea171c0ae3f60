import { createServer, type AddressInfo } from 'node:net';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INodeParameters, type INodeType } from 'n8n-workflow';

import { Aha } from '../../nodes/Aha/Aha.node.js';
import { AhaTrigger } from '../../nodes/AhaTrigger/AhaTrigger.node.js';
import { Cleanup } from '../../tools/demo/cleanup';
import { checkFolder } from '../../tools/demo/machine';
import { copyProject, type ProjectCopy } from '../n8n/support/projectCopy';
import { StartProcess } from '../n8n/support/startProcess';
import { examples, triggerOf, withCredentials } from '../../tools/demo/workflows';

jest.setTimeout(120_000);

const aha = new Aha();
const types: Readonly<Record<string, INodeType>> = {
	'n8n-nodes-aha.aha': aha,
	'n8n-nodes-aha.ahaTool': aha,
	'n8n-nodes-aha.ahaTrigger': new AhaTrigger(),
};

/** The nodes of the examples that have one of these types. */
const nodesOf = (known: Readonly<Record<string, unknown>>) =>
	examples.flatMap(({ name, nodes }) =>
		nodes.filter(({ type }) => type in known).map((node) => ({ recipe: name, node })),
	);

let project: ProjectCopy;
beforeAll(() => (project = copyProject(false)));
afterAll(() => project.remove());

/** What a start prints that ends by itself, and its exit code. */
async function start(options: string[], env: NodeJS.ProcessEnv = {}) {
	const run = new StartProcess(project.folder, options, env);
	const code = await run.ended;
	return { code, output: run.output.trim() };
}

describe('npm start says in a sentence', () => {
	it('that the port is taken, and how to choose another', async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const { code, output } = await start([], { N8N_PORT: String(port) });
		server.close();
		expect(output).toBe(
			`Port ${port} is taken, perhaps by another n8n. Stop it, or choose another port: N8N_PORT=${port + 1} npm start`,
		);
		expect(code).toBe(1);
		expect(existsSync(join(project.folder, '.runtime'))).toBe(false);
	});

	it('that a port is none', async () => {
		const { code, output } = await start([], { N8N_PORT: '80a' });
		expect(output).toBe('N8N_PORT is "80a", but it must be a number from 1 to 65535.');
		expect(code).toBe(1);
	});

	it('which options there are', async () => {
		const { code, output } = await start(['--fast']);
		expect(output).toContain("Unknown option '--fast'");
		expect(output).toContain('npm start -- --live');
		expect(code).toBe(1);
	});

	it('that the network is missing where n8n is not installed', async () => {
		const { code, output } = await start(['--run'], {
			npm_config_registry: 'http://127.0.0.1:1/',
		});
		expect(output).toBe(
			'n8n is not installed yet, and the npm registry cannot be reached. Check your network, then try again.',
		);
		expect(code).toBe(1);
	});
});

describe('a disk', () => {
	it('that is full is told', async () => {
		await expect(checkFolder(project.folder, Number.MAX_SAFE_INTEGER)).rejects.toThrow(
			/^The disk of .* is full: \d+ MB are free, but 8589934592 MB are needed\.$/,
		);
	});

	it('that cannot be written is told', async () => {
		const file = join(project.folder, 'file');
		writeFileSync(file, '');
		await expect(checkFolder(join(file, 'below'), 0)).rejects.toThrow(
			/is not writable \(ENOTDIR\)/,
		);
	});

	it('with room is taken', async () => {
		const folder = join(project.folder, 'new', 'folder');
		await checkFolder(folder, 1);
		expect(existsSync(folder)).toBe(true);
	});
});

describe('the cleanup', () => {
	it('runs once, in reverse order, even if a task fails', async () => {
		const ended: string[] = [];
		const cleanup = new Cleanup();
		cleanup.add(async () => ended.push('first'));
		cleanup.add(async () => {
			throw new Error('second');
		});
		cleanup.add(async () => ended.push('third'));
		expect(cleanup.hasStarted).toBe(false);
		const ends = [cleanup.run(), cleanup.run()];
		await expect(Promise.allSettled(ends)).resolves.toMatchObject([
			{ reason: new Error('second') },
			{ reason: new Error('second') },
		]);
		expect(ended).toEqual(['third', 'first']);
	});
});

describe('the example workflows', () => {
	it('are twelve that a person can read', () => {
		expect(examples.map(({ name }) => name)).toEqual([
			'Popular ideas become features',
			'Release report',
			'Weekly digest',
			'Shipped feature tells everyone',
			'Spreadsheet to roadmap',
			'Support ticket to idea',
			'GitHub issues and features',
			'Time in status report',
			'Stale ideas get a reply',
			'Attachments to a drive',
			'AI assistant',
			'MCP server for Aha!',
		]);
		for (const { nodes } of examples) {
			expect(nodes.filter(({ type }) => type.endsWith('.stickyNote')).length).toBeGreaterThan(1);
			// The node for JavaScript, which a product manager cannot change.
			expect(nodes.filter(({ type }) => type === 'n8n-nodes-base.code')).toEqual([]);
		}
	});

	it.each(examples)('$name carries no credential, and takes either', (example) => {
		expect(JSON.stringify(example)).not.toContain('"credentials"');
		expect(triggerOf(example)).toBeTruthy();
		const credential = { id: '7', name: 'Mine', type: 'ahaOAuth2Api' };
		const { nodes } = withCredentials(example, { ...credential, authentication: 'oAuth2' });
		const aha = nodes.filter(({ type }) => type.startsWith('n8n-nodes-aha.'));
		expect(aha.length).toBeGreaterThan(0);
		for (const { parameters, credentials } of aha) {
			expect(parameters.authentication).toBe('oAuth2');
			expect(credentials).toEqual({ ahaOAuth2Api: { id: '7', name: 'Mine' } });
		}
	});

	it.each(nodesOf(types))('$recipe: $node.name has no red field and no unknown one', ({ node }) => {
		const { description } = types[node.type];
		const values = NodeHelpers.getNodeParameters(
			description.properties,
			node.parameters,
			true,
			false,
			node,
			description,
		) as INodeParameters;
		const filled = { ...node, parameters: values };
		const { properties } = description;
		expect(NodeHelpers.getNodeParametersIssues(properties, filled, description)).toBeNull();
		// n8n adds these to triggers that poll and to tools.
		const known = [...Object.keys(values), 'pollTimes', 'descriptionType', 'toolDescription'];
		expect(known).toEqual(expect.arrayContaining(Object.keys(node.parameters)));
	});
});
