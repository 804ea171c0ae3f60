import { CliError } from '../runtime/cliError';

/** Tasks to run before a command ends, in reverse order. */
export class Cleanup {
	private readonly tasks: Array<() => Promise<unknown>> = [];

	private running?: Promise<void>;

	/** @param task is also called if what it stops has not fully started */
	add(task: () => Promise<unknown>): void {
		this.tasks.unshift(task);
	}

	/** Whether the cleanup has started. */
	get hasStarted(): boolean {
		return this.running !== undefined;
	}

	/** Runs all tasks once, even if some fail. Rejects with the first error. */
	async run(): Promise<void> {
		return await (this.running ??= this.runAll());
	}

	private async runAll(): Promise<void> {
		const failures: unknown[] = [];
		for (const task of this.tasks) await task().catch((error: unknown) => failures.push(error));
		if (failures.length > 0) throw failures[0];
	}
}

/**
 * Runs a command until it returns its exit code, fails, or is stopped by a signal. Then cleans up
 * and exits.
 *
 * @param exitCodeWhenStopped the exit code after a signal
 */
export function runCommand(
	main: (cleanup: Cleanup) => Promise<number>,
	exitCodeWhenStopped = 0,
): void {
	const cleanup = new Cleanup();
	const exit = async (code: number): Promise<void> => {
		const failed = await cleanup.run().then(
			() => false,
			(error: unknown) => {
				console.error(error);
				return true;
			},
		);
		process.exit(failed ? 1 : code);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (!cleanup.hasStarted) console.log('\nStopping …');
			void exit(exitCodeWhenStopped);
		});
	}
	main(cleanup).then(exit, async (error: unknown) => {
		// Errors after the cleanup has started are only its consequence.
		if (!cleanup.hasStarted) console.error(error instanceof CliError ? error.message : error);
		await exit(1);
	});
}
