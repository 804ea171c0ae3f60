import axios from 'axios';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Store } from './api';

/** What can go wrong with deliveries; changing it works at once. */
export interface WebhookOptions {
	/** How often each entry is delivered: once unless told. */
	repeat?: number;
	/** Milliseconds before a delivery. */
	delay?: number;
	/** Whether what waits is delivered out of order. */
	shuffle?: boolean;
	/** Whether nothing is delivered for now; what waits is delivered once this is over. */
	outage?: boolean;
}

/** Milliseconds in which entries are gathered, and in which the end of an outage is noticed. */
const PAUSE = 20;

/**
 * Sends every new entry of an audit log to an address. Aha! does not say whether it tries again
 * where nobody answers: this one does not.
 *
 * @returns what ends it
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

/** Fisher and Yates, with an order that is the same each time. */
function shuffle(entries: unknown[]): void {
	let state = 1;
	for (let last = entries.length - 1; last > 0; last--) {
		state = (state * 48_271) % 2_147_483_647;
		const other = state % (last + 1);
		[entries[last], entries[other]] = [entries[other], entries[last]];
	}
}
