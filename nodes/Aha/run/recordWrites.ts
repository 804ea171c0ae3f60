import type { AhaClient, Send } from '../transport/client';
import { isUnclear } from '../transport/errors';
import { isWrite } from '../transport/types';
import type { Journal } from './journal';
import type { SlowStart } from './slowStart';

interface RecordOptions {
	readonly journal: Journal;
	/** Says when items may write; at once unless given. */
	readonly slowStart?: SlowStart;
	/** Cancels what an item has begun. */
	readonly cancelSignal?: AbortSignal;
}

/** A client for one item, whose writes wait for their turn and are recorded. */
export interface RecordingClient {
	readonly client: AhaClient;
	/** Tells that the item is done. */
	done(): void;
}

export function recordWrites(
	client: AhaClient,
	index: number,
	{ journal, slowStart, cancelSignal }: RecordOptions,
): RecordingClient {
	let hasEntered = false;
	let hasWritten = false;
	/** An item that has written goes on to its end, whatever becomes of others. */
	const signalFor = (signal?: AbortSignal) => {
		if (hasWritten) return cancelSignal;
		return slowStart && signal ? AbortSignal.any([signal, slowStart.signal]) : signal;
	};
	const write: Send = async (request, signal) => {
		if (slowStart && !hasEntered) {
			await slowStart.enter();
			hasEntered = true;
		}
		const sent = client.send(request, signalFor(signal));
		sent.catch((error: unknown) => isUnclear(error) && journal.add(index, request, error));
		const response = await sent;
		journal.add(index, request, response);
		hasWritten = true;
		return response;
	};
	const send: Send = async (request, signal = client.signal) => {
		if (!isWrite(request)) return await client.send(request, hasWritten ? cancelSignal : signal);
		return journal.replay(index, request) ?? (await write(request, signal));
	};
	return { client: client.withSend(send), done: () => hasEntered && slowStart?.leave() };
}
