import { join } from 'node:path';

import { ProcessGroup } from '../runtime/processGroup';
import { CliError } from '../runtime/cliError';
import { freePort } from '../runtime/ports';
import { run } from '../runtime/run';

const START_SECONDS = 10;

export interface Redis {
	readonly port: number;
	stop(): Promise<void>;
}

/**
 * Starts the installed Redis on a free port. It keeps its data in memory only.
 *
 * @param folder receives its log
 * @throws CliError when Redis is not installed
 */
export async function startRedis(folder: string): Promise<Redis> {
	await run('redis-server', ['--version']).catch(() => {
		throw new CliError(
			'Redis is not installed. On Debian and Ubuntu, run "apt-get install redis-server".',
		);
	});
	const port = await freePort();
	const child = await ProcessGroup.start({
		command: 'redis-server',
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
		cwd: folder,
		env: { PATH: process.env.PATH },
		logFile: join(folder, 'redis.log'),
	});
	await child.waitForLog('Ready to accept connections', 'Redis', START_SECONDS);
	return { port, stop: async () => await child.stop() };
}
