import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { PlainError } from './plainError';

export interface ChildOptions {
	command: string;
	args: string[];
	cwd: string;
	/** The whole environment: nothing is inherited. */
	env: NodeJS.ProcessEnv;
	/** Receives both outputs, appended. */
	logFile: string;
	/** Whose process it is; that of whoever runs this unless given. */
	uid?: number;
	gid?: number;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface ChildEnd {
	code: number | null;
	signal: NodeJS.Signals | null;
}

const live = new Set<ChildGroup>();
// Nothing started here outlives this process, however it ends short of a SIGKILL.
process.on('exit', () => live.forEach((child) => child.signal('SIGKILL')));

/** A process in a group of its own, so that it ends with all that it started, and only that. */
export class ChildGroup {
	/** Resolves when the process has ended; rejects when it could not be started. */
	readonly ended: Promise<ChildEnd>;

	private readonly child: ChildProcess;

	constructor(private readonly options: ChildOptions) {
		mkdirSync(dirname(options.logFile), { recursive: true });
		const log = openSync(options.logFile, 'a');
		this.child = spawn(options.command, options.args, {
			cwd: options.cwd,
			env: options.env,
			uid: options.uid,
			gid: options.gid,
			detached: true,
			stdio: ['ignore', log, log],
		});
		closeSync(log);
		live.add(this);
		this.ended = new Promise<ChildEnd>((resolve, reject) => {
			this.child.once('error', reject);
			this.child.once('exit', (code, signal) => resolve({ code, signal }));
		}).finally(() => live.delete(this));
		// Whoever asks for the end still sees the rejection.
		this.ended.catch(() => undefined);
	}

	get running(): boolean {
		return live.has(this);
	}

	/** The process id, undefined when it could not be started. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	/** Everything written so far, by earlier processes with the same log file too. */
	log(): string {
		return readFileSync(this.options.logFile, 'utf8');
	}

	/**
	 * Waits until the log has a text.
	 *
	 * @param name of the process, for people
	 * @throws PlainError with the end of its log when it ends or takes longer; it is ended then
	 */
	async untilItSays(text: string, name: string, seconds: number): Promise<void> {
		const deadline = Date.now() + seconds * 1000;
		while (!this.log().includes(text)) {
			if (!this.running || Date.now() > deadline) {
				await this.kill();
				const lines = this.log().trimEnd().split('\n').slice(-8).join('\n');
				throw new PlainError(`${name} did not start. The end of its log:\n${lines}`);
			}
			await sleep(50);
		}
	}

	/** Sends a signal to the process and all that it started; nothing when they are gone. */
	signal(signal: NodeJS.Signals): void {
		if (this.child.pid === undefined) return;
		try {
			process.kill(-this.child.pid, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	}

	/** Ends it as Ctrl-C would, and by force after `patience` milliseconds. */
	async stop(patience = 10_000): Promise<void> {
		if (!this.running) return;
		this.child.kill('SIGINT');
		await Promise.race([this.ended, sleep(patience, undefined, { ref: false })]);
		await this.kill();
	}

	/** Ends it and all that it started without any warning, as `kill -9` does. */
	async kill(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended;
	}
}
