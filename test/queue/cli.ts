import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { box } from '../demo/box';
import { runToTheEnd, type Endings } from '../demo/endings';
import { checkFolder, checkPort } from '../demo/machine';
import { ensureRuntime } from '../runtime/install';
import { START } from '../runtime/itemsWorkflow';
import { LOCAL_OWNER } from '../runtime/n8n';
import { RUNTIME } from '../runtime/places';
import { PlainError } from '../runtime/plainError';
import { startSandbox } from '../sandbox';
import { startCluster } from './cluster';
import { prepare } from './setup';

const USAGE = `npm run queue                    n8n with four workers and a simulated Aha! account
npm run queue -- --workers <n>   with another number of workers`;

const WORKERS = 4;
const PORT = 5678;

/** What n8n's database and the logs take, and some air, in bytes. */
const NEEDED = 200 * 1024 ** 2;

/** @throws PlainError for a number that is none */
function wantedWorkers(): number {
	try {
		const { values } = parseArgs({ options: { workers: { type: 'string' } } });
		const workers = Number(values.workers ?? WORKERS);
		if (Number.isInteger(workers) && workers > 0) return workers;
		throw new Error(`--workers ${values.workers} is no number of workers`);
	} catch (error) {
		throw new PlainError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

async function main(endings: Endings): Promise<number> {
	const workers = wantedWorkers();
	const counted = workers === 1 ? 'one worker' : `${workers} workers`;
	const port = Number(process.env.N8N_PORT ?? PORT);
	await checkPort(port);
	const folder = join(RUNTIME, `queue-${process.pid}`);
	await checkFolder(folder, NEEDED);
	endings.add(async () => await rm(folder, { recursive: true, force: true }));
	await ensureRuntime();

	const sandbox = await startSandbox();
	endings.add(async () => await sandbox.stop());
	console.log(`Starting Redis, PostgreSQL, n8n and ${counted} …`);
	const cluster = await startCluster({ folder, workers, port, env: sandbox.env });
	endings.add(async () => await cluster.stop());
	const { n8n } = cluster;
	await n8n.signIn();
	const { name } = await prepare(n8n, sandbox.account('mycompany'));
	console.log(
		box(`n8n is ready in queue mode, with ${counted} and a simulated Aha! account`, [
			['Open', n8n.url],
			['Sign in', `${LOCAL_OWNER.email}   ${LOCAL_OWNER.password}`],
			['Try', `The workflow "${name}", then ${START}: a worker runs it`],
			['Logs', join(folder, 'worker-*.log')],
			['End', 'Ctrl-C'],
		]),
	);
	await Promise.race([n8n.ended, ...cluster.workers.map(async ({ ended }) => await ended)]);
	throw new PlainError('A part of the cluster has ended by itself: see its log.');
}

runToTheEnd(main);
