import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { box } from '../demo/box';
import { runCommand, type Cleanup } from '../demo/cleanup';
import { checkFolder, checkPort } from '../demo/machine';
import { ensureRuntime } from '../runtime/install';
import { START } from '../runtime/itemsWorkflow';
import { LOCAL_OWNER } from '../runtime/n8n';
import { RUNTIME } from '../runtime/places';
import { lastLines } from '../runtime/processGroup';
import { CliError } from '../runtime/cliError';
import { freePort } from '../runtime/ports';
import { startSandbox, type SandboxAccount } from '../../sandbox';
import { startCluster, workersThatRan, type Cluster } from './cluster';
import { FEATURES, createdNames, addWorkflow } from './setup';

const USAGE = `npm run queue                    n8n with four workers and a simulated Aha! account
npm run queue -- --workers <n>   with another number of workers
npm run queue -- --run           runs the workflow without a browser, then stops`;

const WORKERS = 4;
const PORT = 5678;

/** Space for n8n's database and logs, in bytes. */
const REQUIRED_SPACE = 200 * 1024 ** 2;

/** Together they make fewer requests than Aha! allows in a minute. */
const EXECUTIONS = 2;

interface Options {
	readonly workers: number;
	readonly run: boolean;
}

/** @throws CliError when an option is not valid */
function parseOptions(): Options {
	try {
		const { values } = parseArgs({
			options: { workers: { type: 'string' }, run: { type: 'boolean', default: false } },
		});
		const workers = Number(values.workers ?? WORKERS);
		if (Number.isInteger(workers) && workers > 0) return { workers, run: values.run };
		throw new Error(`--workers must be a positive number, not ${values.workers}`);
	} catch (error) {
		throw new CliError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

/** Runs the workflow and prints the result. @returns the exit code */
async function runWorkflow(
	{ n8n, workers }: Cluster,
	workflowId: string,
	account: SandboxAccount,
): Promise<number> {
	const { client } = n8n;
	const ids: string[] = [];
	for (let count = 0; count < EXECUTIONS; count++) {
		ids.push(await client.startWorkflow(workflowId, START));
	}
	for (const id of ids) {
		const { status, data } = await client.executionEnd(id);
		console.log(`Execution ${id}: ${status} ${data.resultData.error?.message ?? ''}`);
	}
	const made = createdNames(account);
	const names = new Set(made).size;
	const [missing, doubled] = [EXECUTIONS * FEATURES - names, made.length - names];
	const used = workersThatRan(workers, ids).length;
	console.log(
		`${names} features created by ${used} workers, ${missing} missing, ${doubled} created twice`,
	);
	return missing === 0 && doubled === 0 && used > 0 ? 0 : 1;
}

async function main(cleanup: Cleanup): Promise<number> {
	const { workers, run } = parseOptions();
	const counted = workers === 1 ? 'one worker' : `${workers} workers`;
	const port = run ? await freePort() : Number(process.env.N8N_PORT ?? PORT);
	await checkPort(port);
	const folder = join(RUNTIME, `queue-${process.pid}`);
	await checkFolder(folder, REQUIRED_SPACE);
	cleanup.add(async () => await rm(folder, { recursive: true, force: true }));
	await ensureRuntime();

	const sandbox = await startSandbox();
	cleanup.add(async () => await sandbox.stop());
	console.log(`Starting Redis, PostgreSQL, n8n and ${counted} …`);
	const cluster = await startCluster({ folder, workers, port, env: sandbox.env });
	cleanup.add(async () => await cluster.stop());
	const { n8n } = cluster;
	await n8n.signIn();
	const account = sandbox.account('mycompany');
	const { id, name } = await addWorkflow(n8n, account);
	if (run) return await runWorkflow(cluster, id, account);
	console.log(
		box(`n8n is ready in queue mode, with ${counted} and a simulated Aha! account`, [
			['Open', n8n.url],
			['Sign in', `${LOCAL_OWNER.email}   ${LOCAL_OWNER.password}`],
			['Try', `Open the workflow "${name}" and choose ${START}. A worker runs it`],
			['Logs', join(folder, 'worker-*.log')],
			['Stop', 'Ctrl-C'],
		]),
	);
	const ended = [n8n, ...cluster.workers].map(async (process) => {
		await process.ended;
		return process.log();
	});
	const log = lastLines(await Promise.race(ended));
	throw new CliError(`A process has ended unexpectedly. The end of its log:\n${log}`);
}

// Stopping a server is no failure, but stopping a run is.
runCommand(main, process.argv.includes('--run') ? 1 : 0);
