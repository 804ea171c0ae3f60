import { sleep } from 'n8n-workflow';

/** Monotonic time in milliseconds: waits must not follow a clock that someone sets. */
export const now = (): number => performance.now();

/**
 * Waits for some milliseconds.
 *
 * @throws the signal's reason as soon as it aborts
 */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	if (milliseconds > 0) await sleep(milliseconds, signal);
}
