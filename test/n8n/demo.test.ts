import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { copyProject, type ProjectCopy } from './support/projectCopy';
import { StartProcess } from './support/startProcess';
import { examples } from '../../tools/demo/workflows';
import { ensureRuntime } from '../../tools/runtime/install';
import { LOCAL_OWNER } from '../../tools/runtime/n8n';
import { N8nClient } from '../../tools/runtime/n8nClient';
import { freePort, isPortFree } from '../../tools/runtime/ports';

jest.setTimeout(300_000);

const READY = 'Ctrl-C';

let project: ProjectCopy;
let port: number;
let running: StartProcess[];

beforeAll(async () => await ensureRuntime());
beforeEach(async () => {
	project = copyProject(true);
	port = await freePort();
	running = [];
});
afterEach(async () => {
	for (const start of running) start.kill('SIGTERM');
	await Promise.all(running.map(({ ended }) => ended));
	project.remove();
});

function start(...options: string[]): StartProcess {
	const started = new StartProcess(project.folder, options, { N8N_PORT: String(port) });
	running.push(started);
	return started;
}

/** An `npm start` that is ready, and its n8n as the first user sees it. */
async function startUntilReady(...options: string[]) {
	const started = start(...options);
	await started.prints(READY);
	const client = new N8nClient(`http://localhost:${port}`);
	await client.login(LOCAL_OWNER.email, LOCAL_OWNER.password);
	return { started, client };
}

/** Ends an `npm start` and checks that it leaves nothing behind. */
async function end(started: StartProcess, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
	started.kill(signal);
	expect(await started.ended).toBe(0);
	expect(await isPortFree(port)).toBe(true);
	expect(await processes()).toEqual([]);
}

/** The command lines of this machine's processes that belong to the copied project. */
async function processes(): Promise<string[]> {
	const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
	return stdout.split('\n').filter((line) => line.includes(project.folder));
}

const names = (records: ReadonlyArray<{ name: string }>): string[] =>
	records.map(({ name }) => name).sort();

const ids = (records: ReadonlyArray<{ id: string }>): string[] =>
	records.map(({ id }) => id).sort();

const EXAMPLES = names(examples);

describe('npm start', () => {
	it('gives a first user credentials and workflows, and keeps them for the second start', async () => {
		const first = await startUntilReady();
		const { output } = first.started;
		expect(output).toContain(`http://localhost:${port}`);
		expect(output).toContain(LOCAL_OWNER.email);
		expect(output).toContain(examples[0].name);
		// Without a screen it prints the command for a window that reaches the sandbox.
		expect(output).toContain("'--proxy-pac-url=");

		const made = await first.client.credentials();
		expect(made.map(({ type }) => type).sort()).toEqual([
			'ahaApiKey',
			'ahaOAuth2Api',
			'githubApi',
			'httpBearerAuth',
			'nextCloudApi',
			'openAiApi',
			'slackApi',
		]);
		const apiKey = made.find(({ type }) => type === 'ahaApiKey');
		expect(await first.client.testCredential(apiKey?.id ?? '')).toMatchObject({ status: 'OK' });
		expect(names(await first.client.workflows())).toEqual(EXAMPLES);
		await first.client.createWorkflow({ name: 'Mine', nodes: [], connections: {} });
		await end(first.started, 'SIGINT');

		const second = await startUntilReady();
		expect(ids(await second.client.credentials())).toEqual(ids(made));
		expect(names(await second.client.workflows())).toEqual([...EXAMPLES, 'Mine'].sort());

		const third = start();
		expect(await third.ended).toBe(1);
		expect(third.output).toContain(`Port ${port} is taken`);
		expect(await second.client.isReady()).toBe(true);
		await end(second.started, 'SIGTERM');
	});

	it('talks to the real Aha! with --live, and makes no credential for it', async () => {
		const { started, client } = await startUntilReady('--live');
		expect(started.output).toContain('the real Aha!');
		expect(await client.credentials()).toEqual([]);
		expect(names(await client.workflows())).toEqual(EXAMPLES);
		await end(started, 'SIGINT');
	});

	it('leaves nothing running when it is stopped early', async () => {
		const started = start();
		await started.prints('Starting n8n');
		await end(started, 'SIGINT');
	});
});
