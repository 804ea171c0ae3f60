import { PlainError } from '../runtime/plainError';

/** What has to be ended again, the last thing first. */
export class Endings {
	private readonly ends: Array<() => Promise<unknown>> = [];

	private ending?: Promise<void>;

	/** @param end also called when what it ends has not fully started */
	add(end: () => Promise<unknown>): void {
		this.ends.unshift(end);
	}

	/** Whether the end has begun. */
	get begun(): boolean {
		return this.ending !== undefined;
	}

	/** Ends everything, once, also when one of the ends fails; rejects with the first failure. */
	async end(): Promise<void> {
		return await (this.ending ??= this.endAll());
	}

	private async endAll(): Promise<void> {
		const failures: unknown[] = [];
		for (const end of this.ends) await end().catch((error: unknown) => failures.push(error));
		if (failures.length > 0) throw failures[0];
	}
}

/**
 * Runs a command until it gives its exit code, fails, or somebody ends it, and then ends all that
 * it started.
 *
 * @param whenEnded the exit code where somebody ended it
 */
export function runToTheEnd(main: (endings: Endings) => Promise<number>, whenEnded = 0): void {
	const endings = new Endings();
	const endWith = async (code: number): Promise<void> => {
		const failed = await endings.end().then(
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
			if (!endings.begun) console.log('\nEnding …');
			void endWith(whenEnded);
		});
	}
	main(endings).then(endWith, async (error: unknown) => {
		// What is on its way when the end begins fails as a matter of course.
		if (!endings.begun) console.error(error instanceof PlainError ? error.message : error);
		await endWith(1);
	});
}
