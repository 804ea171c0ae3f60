import type { IDataObject } from 'n8n-workflow';

/** Ids kept for each trigger: 28 KB with Aha!'s ids. */
const MAX_IDS = 2_000;

/** n8n's response to a delivery, which tells whether n8n recorded the run. */
export interface DeliveryResponse {
	readonly writableEnded: boolean;
	readonly statusCode: number;
	once(event: 'close', listener: () => void): unknown;
}

/** The deliveries of a trigger that this process knows, by the id of their change. */
interface Deliveries {
	/** In the order of their arrival. */
	recorded: Set<string>;
	/** Those that n8n has not responded to yet. */
	readonly pending: Map<string, DeliveryResponse>;
}

/** By trigger: n8n loads the static data anew for each delivery. */
const byTrigger = new Map<string, Deliveries>();

/**
 * Deduplicates deliveries: whether this is the first delivery of a change, among the last ones. It
 * counts as soon as n8n responds with success, and not if n8n could not record the run. Until then,
 * nobody can tell what a second delivery is.
 *
 * @param key unique for each trigger of this n8n
 * @param staticData n8n's static data of the node, for the next process; n8n saves it when it
 * responds with success
 * @param id of the change
 * @param response n8n's response to this delivery
 */
export function takeDelivery(
	key: string,
	staticData: IDataObject,
	id: string,
	response: DeliveryResponse,
): 'first' | 'repeated' | 'pending' {
	const deliveries = byTrigger.get(key) ?? { recorded: new Set(), pending: new Map() };
	byTrigger.set(key, deliveries);
	settle(deliveries);
	if (deliveries.pending.has(id)) return 'pending';
	const recorded = new Set([...storedIds(staticData.deliveries), ...deliveries.recorded]);
	if (recorded.has(id)) return 'repeated';
	deliveries.recorded = new Set(lastOf(recorded));
	deliveries.pending.set(id, response);
	response.once('close', () => settle(deliveries));
	staticData.deliveries = { version: 1, ids: lastOf([...recorded, id]).join(',') };
	return 'first';
}

/** Takes those that n8n responded to out of the pending ones. */
function settle({ pending, recorded }: Deliveries): void {
	for (const [id, { writableEnded, statusCode }] of pending) {
		if (!writableEnded) continue;
		pending.delete(id);
		if (statusCode < 400) recorded.add(id);
	}
}

const lastOf = (ids: Iterable<string>): string[] => [...ids].slice(-MAX_IDS);

const storedIds = (stored: unknown): string[] => {
	const { version, ids } = (stored ?? {}) as IDataObject;
	return version === 1 && typeof ids === 'string' && ids !== '' ? ids.split(',') : [];
};
