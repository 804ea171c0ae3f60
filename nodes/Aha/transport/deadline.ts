/** Longest time without any data, in milliseconds; Aha!'s own limit is not documented. */
export const TIMEOUT = 60_000;

/** Longest whole time for a response of JSON: one that drips would never reach the other limit. */
export const RESPONSE_TIME = 2 * TIMEOUT;

/** Longest whole time for a file, to or from Aha!. */
export const FILE_TIME = 60 * TIMEOUT;

/** The error of what took too long, with the code that Node.js has for it. */
export const timeoutError = (): Error =>
	Object.assign(new Error('The time is up'), { code: 'ETIMEDOUT' });

export interface WithinOptions {
	/** Stops the wait, with its reason. */
	readonly signal?: AbortSignal;
	/** Is called when the wait ends before the task. */
	readonly giveUp?: () => void;
}

/**
 * Waits for a task, and no longer than so many milliseconds, whatever becomes of the task.
 *
 * @throws an error with the code `ETIMEDOUT` when the time is up
 */
export async function within<T>(
	milliseconds: number,
	task: Promise<T>,
	{ signal, giveUp }: WithinOptions = {},
): Promise<T> {
	const timer = AbortSignal.timeout(milliseconds);
	let timeUp = () => {};
	let cancel = () => {};
	const stopped = new Promise<never>((_, reject) => {
		const stop = (reason: unknown) => {
			giveUp?.();
			reject(reason as Error);
		};
		timeUp = () => stop(timeoutError());
		cancel = () => stop(signal?.reason);
	});
	timer.addEventListener('abort', timeUp);
	signal?.addEventListener('abort', cancel);
	if (signal?.aborted) cancel();
	try {
		return await Promise.race([task, stopped]);
	} finally {
		timer.removeEventListener('abort', timeUp);
		signal?.removeEventListener('abort', cancel);
	}
}
