import { getEventListeners } from 'node:events';

import fc from 'fast-check';

import { CONCURRENCY, mapConcurrently } from '../../../nodes/Aha/transport/concurrency';

/** Takes so many turns of the event loop. */
async function turns(count: number, signal?: AbortSignal): Promise<void> {
	for (let turn = 0; turn < count; turn++) {
		await new Promise((resolve) => setImmediate(resolve));
		signal?.throwIfAborted();
	}
}

async function collected<T>(given: AsyncGenerator<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const each of given) all.push(each);
	return all;
}

test('gives results in order, with no more than so many under way', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 120 }), async (lengths) => {
			let underWay = 0;
			let most = 0;
			const given = mapConcurrently(
				() => lengths.length,
				async (index) => {
					most = Math.max(most, ++underWay);
					await turns(lengths[index]);
					underWay--;
					return index;
				},
			);
			expect(await collected(given)).toEqual(lengths.map((_, index) => index));
			expect(most).toBe(Math.min(CONCURRENCY, lengths.length));
		}),
		{ numRuns: 30 },
	);
});

test('a slow one does not hold up those behind it', async () => {
	let begun = 0;
	let release: () => void = () => undefined;
	const slow = new Promise<void>((resolve) => (release = resolve));
	const given = collected(
		mapConcurrently(
			() => 100,
			async (index) => {
				begun++;
				await (index === 0 ? slow : turns(1));
				return index;
			},
		),
	);
	await turns(20);
	expect(begun).toBe(100);
	release();
	expect(await given).toHaveLength(100);
});

test('the first failure in order is thrown, later ones are told to stop, and none goes on', async () => {
	const ended: string[] = [];
	let begun = 0;
	const given = mapConcurrently(
		() => 100,
		async (index, signal) => {
			begun++;
			try {
				if (index === 3) await turns(8, signal);
				else if (index === 5) {
					await turns(2);
					throw new Error('five');
				} else if (index === 2) {
					await turns(4);
					throw new Error('two');
				} else await turns(index > 5 ? 50 : 1, signal);
				ended.push(`${index} done`);
			} catch (error) {
				ended.push(`${index} stopped`);
				throw error;
			}
			return index;
		},
	);
	await expect(collected(given)).rejects.toThrow('two');
	expect(begun).toBeLessThanOrEqual(CONCURRENCY + 5);
	expect(ended).toHaveLength(begun);
	expect(ended).toContain('4 done');
	expect(ended).toContain('3 stopped');
	expect(ended).toContain('6 stopped');
});

test('a cancellation stops all and is thrown', async () => {
	const controller = new AbortController();
	let stopped = 0;
	let begun = 0;
	const given = collected(
		mapConcurrently(
			() => 1_000,
			async (_, signal) => {
				begun++;
				await turns(1_000, signal).catch((error: unknown) => {
					stopped++;
					throw error;
				});
			},
			controller.signal,
		),
	);
	const ended = expect(given).rejects.toThrow('cancelled');
	await turns(3);
	controller.abort(new Error('cancelled'));
	await ended;
	expect([begun, stopped]).toEqual([CONCURRENCY, CONCURRENCY]);
});

test('the number may grow, and who reads may stop', async () => {
	let count = 1;
	const grown = mapConcurrently(
		() => count,
		async (index) => {
			await turns(1);
			if (index === 0) count = 5;
			return index;
		},
	);
	expect(await collected(grown)).toEqual([0, 1, 2, 3, 4]);
	const read: number[] = [];
	for await (const each of mapConcurrently(
		() => 10,
		async (index) => await Promise.resolve(index),
	)) {
		read.push(each);
		if (each === 2) break;
	}
	expect(read).toEqual([0, 1, 2]);
});

test('a failure aborts only what comes after it, and starts nothing more', async () => {
	const aborted: number[] = [];
	let begun = 0;
	const given = mapConcurrently(
		() => 1_000,
		async (index, signal) => {
			begun++;
			signal.addEventListener('abort', () => aborted.push(index));
			if (index === 2) throw new Error('two');
			await turns(index < 2 ? 20 : 1);
			if (index < 2) expect(signal.aborted).toBe(false);
			return index;
		},
	);
	await expect(given.next()).resolves.toEqual({ done: false, value: 0 });
	expect(begun).toBe(CONCURRENCY);
	await expect(collected(given)).rejects.toThrow('two');
	expect(aborted).toEqual(Array.from({ length: CONCURRENCY - 3 }, (_, index) => index + 3));
});

test('who stops reading aborts all that is under way', async () => {
	const aborted: number[] = [];
	const given = mapConcurrently(
		() => 5,
		async (index, signal) => {
			signal.addEventListener('abort', () => aborted.push(index));
			await turns(index === 0 ? 1 : 10);
		},
	);
	await given.next();
	await given.return(undefined);
	expect(aborted).toEqual([1, 2, 3, 4]);
});

test('a signal that many runs share keeps nothing of them', async () => {
	const { signal } = new AbortController();
	for (let run = 0; run < 3; run++) {
		const given = mapConcurrently(
			() => 3,
			async (index) => await Promise.resolve(index),
			signal,
		);
		expect(await collected(given)).toEqual([0, 1, 2]);
	}
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('starts nothing for a signal that aborted before', async () => {
	const task = jest.fn();
	const given = mapConcurrently(() => 3, task, AbortSignal.abort(new Error('cancelled')));
	await expect(collected(given)).rejects.toThrow('cancelled');
	expect(task).not.toHaveBeenCalled();
});
