import { sleep } from 'n8n-workflow';

/** Longest sleep at a time in milliseconds: n8n's timers cannot be taken back, so none is long. */
const SLICE = 500;

/** Monotonic time in milliseconds: waits must not follow a clock that is set. */
export const now = (): number => performance.now();

/**
 * Waits, unless it is cancelled meanwhile.
 *
 * @throws the signal's reason, at once, when it aborts
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	for (let left = milliseconds; left > 0; left -= SLICE) {
		signal?.throwIfAborted();
		await unlessAborted(sleep(Math.min(left, SLICE)), signal);
	}
	signal?.throwIfAborted();
}

/** What a promise gives, or the signal's reason as soon as it aborts. */
async function unlessAborted(promise: Promise<void>, signal?: AbortSignal): Promise<void> {
	if (!signal) return await promise;
	let stop: () => void = () => undefined;
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop);
	});
	try {
		await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
