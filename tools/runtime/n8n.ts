import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { lastLines, type ProcessGroup } from './processGroup';
import { N8nClient, type Owner } from './n8nClient';
import { startN8nProcess } from './n8nProcess';
import { installPackage } from './package';
import type { Installation } from './places';
import { CliError } from './cliError';
import { freePort, isPortFree } from './ports';

export interface N8nOptions {
	/** n8n's user folder, kept between starts. */
	folder: string;
	/** Any free port by default. */
	port?: number;
	/** Added to n8n's environment, for example the sandbox's `env`. */
	env?: NodeJS.ProcessEnv;
	/** The n8n to start; the pinned one by default. */
	installation?: Installation;
	/**
	 * Installs this package in n8n's user folder before each start; by default as npm would
	 * publish it.
	 */
	install?: (folder: string) => Promise<void>;
}

const START_SECONDS = 240;

/** The first user. The password is no secret, as n8n only listens on this machine. */
export const LOCAL_OWNER: Owner = {
	email: 'demo@example.com',
	firstName: 'Demo',
	lastName: 'User',
	password: 'Demo-password-1',
};

/**
 * An n8n on SQLite, with this package as a community node.
 *
 * After `stop` or `kill9`, `start` continues with the same data and port.
 */
export class N8n {
	readonly logFile: string;

	private child?: ProcessGroup;

	private api?: N8nClient;

	private port?: number;

	constructor(private readonly options: N8nOptions) {
		this.logFile = join(options.folder, 'n8n.log');
		this.port = options.port;
	}

	/** The API client, which is signed in after `signIn`. */
	get client(): N8nClient {
		if (!this.api) throw new Error('n8n was not started');
		return this.api;
	}

	/** The URL of the editor. */
	get url(): string {
		return this.client.baseUrl;
	}

	/** Resolves when n8n has ended; rejects when it could not be started. */
	get ended(): Promise<unknown> {
		return this.child?.ended ?? Promise.resolve();
	}

	/**
	 * Installs the package, starts n8n, and waits until it is ready.
	 *
	 * @throws CliError when the port is taken, the package is not built, or n8n does not start
	 */
	async start(): Promise<void> {
		const port = (this.port ??= await freePort());
		if (!(await isPortFree(port))) throw new CliError(`Port ${port} is taken.`);
		const { folder, installation, install = installPackage } = this.options;
		await mkdir(folder, { recursive: true });
		await install(folder);
		this.child = await startN8nProcess('start', {
			folder,
			installation,
			logFile: this.logFile,
			env: {
				N8N_PORT: String(port),
				// n8n is served over plain HTTP here.
				N8N_SECURE_COOKIE: 'false',
				...this.options.env,
			},
		});
		this.api = new N8nClient(`http://localhost:${port}`);
		await this.waitUntilReady(this.child, this.api);
	}

	/** Signs in. Creates the user if there is none yet. */
	async signIn(owner: Owner = LOCAL_OWNER): Promise<void> {
		const settings = await this.client.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', 'rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) await this.client.setUpOwner(owner);
		else await this.client.login(owner.email, owner.password);
	}

	/** Stops n8n as Ctrl-C does. */
	async stop(): Promise<void> {
		await this.child?.stop();
	}

	/** Kills n8n as `kill -9` does. */
	async kill9(): Promise<void> {
		await this.child?.kill();
	}

	/** The output of n8n since the folder was created. */
	log(): string {
		return this.child?.log() ?? '';
	}

	private async waitUntilReady(child: ProcessGroup, api: N8nClient): Promise<void> {
		const deadline = Date.now() + START_SECONDS * 1000;
		while (child.isRunning && Date.now() < deadline) {
			if (await api.isReady()) return;
			await sleep(200);
		}
		const why = child.isRunning
			? `was not ready after ${START_SECONDS} s`
			: 'ended while it started';
		await child.kill();
		throw new CliError(
			`n8n ${why}. The end of its log (${this.logFile}):\n${lastLines(child.log())}`,
		);
	}
}
