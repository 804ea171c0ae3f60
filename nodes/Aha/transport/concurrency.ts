/** Tasks that one node runs at a time. */
export const CONCURRENCY = 32;

/** One of many tasks; its signal aborts when nobody waits for it any longer. */
export type Task<T> = (index: number, signal: AbortSignal) => Promise<T>;

/**
 * Runs tasks at the same time, and returns their results in order.
 *
 * @param count number of tasks; asked before each one starts, as it may grow
 * @param signal stops all tasks
 * @throws what the first failing task in order throws. No task starts after a failure, later ones are
 * aborted, and none is running any longer when this throws.
 */
export async function* mapConcurrently<T>(
	count: () => number,
	task: Task<T>,
	signal?: AbortSignal,
): AsyncGenerator<T> {
	const results: Array<Promise<T>> = [];
	const running = new Map<number, AbortController>();
	let next = 0;
	let isStopped = false;

	const stopAfter = (index: number, reason: unknown) => {
		isStopped = true;
		for (const [other, controller] of running) if (other > index) controller.abort(reason);
	};
	const cancel = () => stopAfter(-1, signal?.reason);
	const start = () => {
		while (!isStopped && running.size < CONCURRENCY && next < count()) {
			const index = next++;
			const controller = new AbortController();
			running.set(index, controller);
			const ended = () => {
				running.delete(index);
				start();
			};
			const result = task(index, controller.signal);
			results.push(result);
			result.then(ended, (error: unknown) => {
				stopAfter(index, error);
				ended();
			});
		}
	};

	signal?.addEventListener('abort', cancel);
	try {
		signal?.throwIfAborted();
		for (start(); results.length > 0; start()) {
			const result = await results[0];
			void results.shift();
			yield result;
		}
		signal?.throwIfAborted();
	} finally {
		stopAfter(-1, undefined);
		await Promise.allSettled(results);
		signal?.removeEventListener('abort', cancel);
	}
}
