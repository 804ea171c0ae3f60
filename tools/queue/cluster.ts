import { join } from 'node:path';

import type { ProcessGroup } from '../runtime/processGroup';
import { N8n } from '../runtime/n8n';
import { startN8nProcess } from '../runtime/n8nProcess';
import { freePort } from '../runtime/ports';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

export interface ClusterOptions {
	/** n8n's user folder, which all processes share. It also has the database and the logs. */
	folder: string;
	workers: number;
	/** Concurrent executions of a worker; n8n's default of 10 if not given. */
	concurrency?: number;
	port?: number;
	/** Added to the environment of all n8n processes, for example the sandbox's `env`. */
	env?: NodeJS.ProcessEnv;
}

export interface Cluster {
	readonly n8n: N8n;
	readonly workers: readonly ProcessGroup[];
	stop(): Promise<void>;
}

const START_SECONDS = 120;

/**
 * Starts n8n in queue mode: Redis, PostgreSQL, a main process and workers.
 *
 * @throws CliError when a process does not start; the others are stopped then
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const started: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		for (const part of started.reverse()) await part.stop();
	};
	try {
		const redis = await startRedis(options.folder);
		started.push(redis);
		const postgres = await startPostgres(options.folder);
		started.push(postgres);
		const env = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			...postgres.env,
			...options.env,
		};
		const n8n = new N8n({ folder: options.folder, port: options.port, env });
		await n8n.start();
		started.push(n8n);
		const workers: ProcessGroup[] = [];
		for (let number = 1; number <= options.workers; number++) {
			const worker = await startWorker(options, number, env);
			started.push(worker);
			workers.push(worker);
		}
		return { n8n, workers, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startWorker(
	{ folder, concurrency }: ClusterOptions,
	number: number,
	env: NodeJS.ProcessEnv,
): Promise<ProcessGroup> {
	const worker = await startN8nProcess('worker', {
		folder,
		logFile: join(folder, `worker-${number}.log`),
		args: concurrency === undefined ? [] : [`--concurrency=${concurrency}`],
		env: { QUEUE_HEALTH_CHECK_PORT: String(await freePort()), ...env },
	});
	await worker.waitForLog('n8n worker is now ready', `Worker ${number}`, START_SECONDS);
	return worker;
}

/** The workers that ran at least one of the executions, according to their logs. */
export const workersThatRan = (
	workers: Cluster['workers'],
	executions: readonly string[],
): readonly ProcessGroup[] =>
	workers.filter((worker) => {
		const log = worker.log();
		return executions.some((id) => log.includes(`started execution ${id} `));
	});
