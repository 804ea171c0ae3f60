import { CliError } from '../runtime/cliError';

/** What has to be ended again, the last thing first. */
export class Cleanup {
	private readonly tasks: Array<() => Promise<unknown>> = [];

	private running?: Promise<void>;

	/** @param run also called when what it ends has not fully started */
	add(run: () => Promise<unknown>): void {
		this.tasks.unshift(run);
	}

	/** Whether the end has begun. */
	get hasStarted(): boolean {
		return this.running !== undefined;
	}

	/** Ends everything, once, also when one of the ends fails; rejects with the first failure. */
	async end(): Promise<void> {
		return await (this.running ??= this.runAll());
	}

	private async runAll(): Promise<void> {
		const failures: unknown[] = [];
		for (const end of this.tasks) await end().catch((error: unknown) => failures.push(error));
		if (failures.length > 0) throw failures[0];
	}
}

/**
 * Runs a command until it gives its exit code, fails, or somebody ends it, and then ends all that
 * it started.
 *
 * @param exitCodeWhenStopped the exit code where somebody ended it
 */
export function runCommand(
	main: (cleanup: Cleanup) => Promise<number>,
	exitCodeWhenStopped = 0,
): void {
	const cleanup = new Cleanup();
	const exit = async (code: number): Promise<void> => {
		const failed = await cleanup.end().then(
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
			if (!cleanup.hasStarted) console.log('\nEnding …');
			void exit(exitCodeWhenStopped);
		});
	}
	main(cleanup).then(exit, async (error: unknown) => {
		// What is on its way when the end begins fails as a matter of course.
		if (!cleanup.hasStarted) console.error(error instanceof CliError ? error.message : error);
		await exit(1);
	});
}
