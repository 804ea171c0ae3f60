import { readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from 'execa';

import { CliError } from './cliError';
import { loadExeca } from './run';

export interface ProcessOptions {
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd: string;
	/** The whole environment: nothing is inherited. */
	readonly env: NodeJS.ProcessEnv;
	/** Both outputs are appended to it. */
	readonly logFile: string;
	/** The user and group that run it; those of this process by default. */
	readonly uid?: number;
	readonly gid?: number;
}

/** How a process ended: with an exit code, or by a signal. */
export interface ProcessEnd {
	readonly exitCode?: number;
	readonly signal?: string;
}

/** What is used of execa's subprocess. */
interface Subprocess extends Promise<Pick<Result, 'exitCode' | 'signal'>> {
	readonly pid?: number;
	kill(): boolean;
}

/** Milliseconds between the signal to stop and the one that kills. */
const PATIENCE = 10_000;

const running = new Set<ProcessGroup>();
// execa cleans up single processes, not groups. Only a SIGKILL of this process leaves them running.
process.on('exit', () => running.forEach((group) => group.signal('SIGKILL')));

/** The end of a log, for an error message. */
export const lastLines = (log: string): string => log.trimEnd().split('\n').slice(-8).join('\n');

/** A process in a group of its own, which ends together with all processes that it started. */
export class ProcessGroup {
	/** Resolves when the process has ended; rejects when it could not be started. */
	readonly ended: Promise<ProcessEnd>;

	private constructor(
		private readonly child: Subprocess,
		private readonly logFile: string,
	) {
		running.add(this);
		this.ended = child.then((end) => {
			running.delete(this);
			// With `reject: false`, a process that could not be started gives the error as its result.
			if (end instanceof Error && end.exitCode === undefined && !end.signal) throw end;
			return end;
		});
		// Whoever waits for the end still gets the error.
		this.ended.catch(() => undefined);
	}

	static async start({
		command,
		args,
		logFile,
		...options
	}: ProcessOptions): Promise<ProcessGroup> {
		const { execa } = await loadExeca();
		await mkdir(dirname(logFile), { recursive: true });
		const log = await open(logFile, 'a');
		// Any file descriptor will do, but execa's types end at 9.
		const output = log.fd as 3;
		try {
			const child = execa(command, args, {
				...options,
				extendEnv: false,
				detached: true,
				stdin: 'ignore',
				// The file itself, not a pipe: the log is complete even while this process is busy.
				stdout: output,
				stderr: output,
				reject: false,
				killSignal: 'SIGINT',
				forceKillAfterDelay: PATIENCE,
			});
			return new ProcessGroup(child, logFile);
		} finally {
			await log.close();
		}
	}

	get isRunning(): boolean {
		return running.has(this);
	}

	/** The log so far, including what earlier processes wrote to the same file. */
	log(): string {
		return readFileSync(this.logFile, 'utf8');
	}

	/**
	 * Waits until the log contains a text.
	 *
	 * @param name of the process in the error message
	 * @throws CliError with the end of the log when the process ends first or takes longer; it is
	 * killed then
	 */
	async waitForLog(text: string, name: string, seconds: number): Promise<void> {
		const deadline = Date.now() + seconds * 1000;
		while (!this.log().includes(text)) {
			if (!this.isRunning || Date.now() > deadline) {
				await this.kill();
				throw new CliError(`${name} did not start. The end of its log:\n${lastLines(this.log())}`);
			}
			await sleep(50);
		}
	}

	/** Sends a signal to all processes of the group that are still there. */
	signal(signal: NodeJS.Signals): void {
		const { pid } = this.child;
		if (pid === undefined) return;
		try {
			process.kill(-pid, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	}

	/** Stops the process as Ctrl-C does, then kills what is left of the group. */
	async stop(): Promise<void> {
		if (!this.isRunning) return;
		this.child.kill();
		await this.ended;
		this.signal('SIGKILL');
	}

	/** Kills the whole group, as `kill -9` does. */
	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended;
	}
}
