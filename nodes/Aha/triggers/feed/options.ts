export interface FollowLimits {
	/**
	 * How long after its own time an entry may become visible, in milliseconds: a writer's slow
	 * transaction plus the difference between the clocks of Aha!'s servers.
	 */
	readonly allowedLateness: number;
	/** Characters that the handled entries may take in a checkpoint. */
	readonly maxHandledLength: number;
	/** Items emitted at once, at most. */
	readonly batchSize: number;
	/** Pages after which a read stops if the rest can be read next time. */
	readonly maxPages: number;
}

export interface FollowOptions<T, R> extends FollowLimits {
	/** Called once for each new entry: what to emit for it, or `undefined` to skip it. */
	select(value: T): R | undefined;
}
