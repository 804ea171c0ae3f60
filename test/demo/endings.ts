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
