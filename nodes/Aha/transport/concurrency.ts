/** Requests that one node may have under way or waiting at a time. */
export const CONCURRENCY = 32;

/** Does one of many things; its signal aborts when nobody waits for it any longer. */
export type Task<T> = (index: number, signal: AbortSignal) => Promise<T>;

/**
 * Does things at the same time and gives what they give in their order.
 *
 * @param count how many there are; asked for before each, as it may grow
 * @param signal stops all
 * @throws what the first in order throws; nothing is begun after a failure, what comes later is
 * told to stop, and nothing is under way any longer when this throws
 */
export async function* mapConcurrently<T>(
	count: () => number,
	task: Task<T>,
	signal?: AbortSignal,
): AsyncGenerator<T> {
	const results: Array<Promise<T>> = [];
	const underWay = new Map<number, AbortController>();
	let next = 0;
	let isStopped = false;

	const stopAfter = (index: number, reason: unknown) => {
		isStopped = true;
		for (const [other, controller] of underWay) if (other > index) controller.abort(reason);
	};
	const cancel = () => stopAfter(-1, signal?.reason);
	const begin = () => {
		while (!isStopped && underWay.size < CONCURRENCY && next < count()) {
			const index = next++;
			const controller = new AbortController();
			underWay.set(index, controller);
			const ended = () => {
				underWay.delete(index);
				begin();
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
		for (begin(); results.length > 0; begin()) {
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
