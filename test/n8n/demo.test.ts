import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { copyProject, type ProjectCopy } from './support/projectCopy';
import { StartProcess } from './support/startProcess';
import { ensureRuntime } from '../../tools/runtime/install';
import { LOCAL_OWNER } from '../../tools/runtime/n8n';
import { N8nClient } from '../../tools/runtime/n8nClient';
import { freePort, isPortFree } from '../../tools/runtime/ports';

jest.setTimeout(300_000);

const READY = 'Ctrl-C';

let project: ProjectCopy;
let running: StartProcess[];

beforeAll(async () => {
	await ensureRuntime();
	project = copyProject(true);
	running = [];
});
afterAll(async () => {
	for (const start of running) start.kill('SIGTERM');
	await Promise.all(running.map(({ ended }) => ended));
	project.remove();
});

/** An `npm start` that is up, and its n8n as the first user sees it. */
async function started(port: number, ...options: string[]) {
	const start = new StartProcess(project.folder, options, { N8N_PORT: String(port) });
	running.push(start);
	await start.prints(READY);
	const client = new N8nClient(`http://localhost:${port}`);
	await client.login(LOCAL_OWNER.email, LOCAL_OWNER.password);
	return { start, client };
}

/** The command lines of this machine's processes that belong to the copied project. */
async function processes(): Promise<string[]> {
	const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
	return stdout.split('\n').filter((line) => line.includes(project.folder));
}

const names = (records: ReadonlyArray<{ name: string }>): string[] =>
	records.map(({ name }) => name).sort();

const EXAMPLES = ['Popular ideas become features', 'Release report', 'Weekly digest'];

describe('npm start', () => {
	let port: number;
	let credentials: string[];

	beforeAll(async () => (port = await freePort()));

	it('gives a first user both credentials and three workflows, and ends with Ctrl-C', async () => {
		const { start, client } = await started(port);
		expect(start.output).toContain(`http://localhost:${port}`);
		expect(start.output).toContain(LOCAL_OWNER.email);
		expect(start.output).toContain(EXAMPLES[0]);
		// There is no screen here: a person gets the command for a window that reaches the sandbox.
		expect(start.output).toContain("'--proxy-pac-url=");

		const made = await client.credentials();
		expect(made.map(({ type }) => type).sort()).toEqual(['ahaApiKey', 'ahaOAuth2Api']);
		const apiKey = made.find(({ type }) => type === 'ahaApiKey');
		expect(await client.testCredential(apiKey?.id ?? '')).toMatchObject({ status: 'OK' });
		credentials = made.map(({ id }) => id).sort();
		expect(names(await client.workflows())).toEqual(EXAMPLES);
		await client.createWorkflow({ name: 'Mine', nodes: [], connections: {} });

		start.kill('SIGINT');
		expect(await start.ended).toBe(0);
		expect(await isPortFree(port)).toBe(true);
		expect(await processes()).toEqual([]);
	});

	it('goes on with its data at the second start, which a third leaves alone', async () => {
		const { start, client } = await started(port);
		expect((await client.credentials()).map(({ id }) => id).sort()).toEqual(credentials);
		expect(names(await client.workflows())).toEqual([...EXAMPLES, 'Mine'].sort());

		const third = new StartProcess(project.folder, [], { N8N_PORT: String(port) });
		expect(await third.ended).toBe(1);
		expect(third.output).toContain(`Port ${port} is taken`);
		expect(await client.isReady()).toBe(true);

		start.kill('SIGTERM');
		expect(await start.ended).toBe(0);
		expect(await processes()).toEqual([]);
	});

	it('talks to the real Aha! with --live, and makes no credential for it', async () => {
		const { start, client } = await started(port, '--live');
		expect(start.output).toContain('the real Aha!');
		expect(await client.credentials()).toEqual([]);
		expect(names(await client.workflows())).toEqual(EXAMPLES);

		start.kill('SIGINT');
		expect(await start.ended).toBe(0);
		expect(await processes()).toEqual([]);
	});

	it('leaves nothing running when it is cut short', async () => {
		const start = new StartProcess(project.folder, [], { N8N_PORT: String(port) });
		running.push(start);
		await start.prints('Starting n8n');
		start.kill('SIGINT');
		expect(await start.ended).toBe(0);
		expect(await isPortFree(port)).toBe(true);
		expect(await processes()).toEqual([]);
	});
});
