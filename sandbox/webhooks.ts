import axios from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Store } from './api';

/** How deliveries go wrong. Changes take effect at once. */
export interface WebhookOptions {
	/** How often each entry is delivered; once by default. */
	repeat?: number;
	/** Milliseconds before each batch of deliveries. */
	delay?: number;
	/** Deliver waiting entries out of order. */
	shuffle?: boolean;
	/** Deliver nothing until this is false again. */
	outage?: boolean;
}

/** Milliseconds between two batches. */
const PAUSE = 20;

/**
 * Sends each new entry of an audit log to a URL. Aha! does not document whether it retries failed
 * deliveries. The simulated one does not.
 *
 * @returns stops it
 */
export function deliverAudits(store: Store, target: string, options: WebhookOptions): () => void {
	let waiting: unknown[] = [];
	let ended = false;
	let sending = false;

	const send = async () => {
		sending = true;
		while (!ended && waiting.length > 0) {
			await sleep(PAUSE + (options.delay ?? 0), undefined, { ref: false });
			if (options.outage) continue;
			const copies = Array.from({ length: options.repeat ?? 1 }, () => waiting).flat();
			waiting = [];
			if (options.shuffle) shuffle(copies);
			for (const audit of copies) {
				if (!ended) await deliver(target, audit);
			}
		}
		sending = false;
	};

	const unsubscribe = store.onAudit((audit) => {
		waiting.push(audit);
		if (!sending) void send();
	});
	return () => {
		ended = true;
		unsubscribe();
	};
}

const deliver = async (target: string, audit: unknown): Promise<void> => {
	await axios
		.post(target, { event: 'audit', audit }, { proxy: false, validateStatus: () => true })
		.catch(() => undefined);
};

/** A Fisher–Yates shuffle with a fixed seed. */
function shuffle(entries: unknown[]): void {
	let state = 1;
	for (let last = entries.length - 1; last > 0; last--) {
		state = (state * 48_271) % 2_147_483_647;
		const other = state % (last + 1);
		[entries[last], entries[other]] = [entries[other], entries[last]];
	}
}
