import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { ProcessGroup } from '../runtime/processGroup';
import { CliError } from '../runtime/cliError';
import { freePort } from '../runtime/ports';
import { run } from '../runtime/run';

const START_SECONDS = 30;

/** Debian keeps the programs of each version here, outside the PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** Created by Debian's package. PostgreSQL refuses to run as root. */
const USER = 'postgres';

const NAME = 'n8n';

export interface Postgres {
	/** Environment variables for n8n. */
	readonly env: NodeJS.ProcessEnv;
	stop(): Promise<void>;
}

/**
 * Starts the installed PostgreSQL on a free port, with an empty database.
 *
 * @param folder receives the database and its log
 * @throws CliError when PostgreSQL is not installed
 */
export async function startPostgres(folder: string): Promise<Postgres> {
	const programs = findPrograms();
	const data = join(folder, 'postgres');
	await mkdir(data, { recursive: true });
	const owner = await assignOwner(data);
	const options = { cwd: data, env: { PATH: process.env.PATH }, ...owner };
	const settings = ['--username', NAME, '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'];
	await run(join(programs, 'initdb'), [...settings, '--locale', 'C', data], {
		...options,
		extendEnv: false,
	});
	const port = await freePort();
	const child = await ProcessGroup.start({
		command: join(programs, 'postgres'),
		args: [
			...['-D', data, '-p', String(port)],
			...setting('listen_addresses', '127.0.0.1'),
			...setting('unix_socket_directories', ''),
			// The database is deleted with the cluster.
			...setting('fsync', 'off'),
		],
		logFile: join(folder, 'postgres.log'),
		...options,
	});
	await child.waitForLog('ready to accept connections', 'PostgreSQL', START_SECONDS);
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: NAME,
	};
	return { env, stop: async () => await child.stop() };
}

const setting = (name: string, value: string): string[] => ['-c', `${name}=${value}`];

/** @throws CliError when PostgreSQL is not installed */
function findPrograms(): string {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
	const folders = [
		...(process.env.PATH ?? '').split(delimiter),
		...versions.map((version) => join(DEBIAN, version, 'bin')),
	];
	const found = folders.find((folder) =>
		['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
	);
	if (found !== undefined) return found;
	throw new CliError(
		'PostgreSQL is not installed. On Debian and Ubuntu, run "apt-get install postgresql".',
	);
}

/** Makes the user `postgres` the owner of the database when this process runs as root. */
async function assignOwner(data: string): Promise<{ uid?: number; gid?: number }> {
	if (process.getuid?.() !== 0) return {};
	const idOf = async (flag: string) => Number(await run('id', [flag, USER]));
	const [uid, gid] = [await idOf('-u'), await idOf('-g')];
	await chown(data, uid, gid);
	return { uid, gid };
}
