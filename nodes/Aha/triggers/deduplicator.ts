import type { IDataObject } from 'n8n-workflow';

/** Deliveries that are remembered: 28 KB with Aha!'s ids. */
const REMEMBERED = 2_000;

/** Ids in the order of their arrival, by trigger; n8n's static data is read once a process. */
const arrived = new Map<string, Set<string>>();

/**
 * Whether a change was not delivered before, among the last ones. Remembers it. Two deliveries at
 * the same moment are told apart in one process of n8n; its static data is for the next one.
 *
 * @param key unique for each trigger of this n8n
 * @param staticData n8n's static data of the node
 */
export function isFirstDelivery(key: string, staticData: IDataObject, id: string): boolean {
	const known = new Set([...readIds(staticData.delivered), ...(arrived.get(key) ?? [])]);
	const isFirst = !known.has(id);
	known.add(id);
	const kept = new Set([...known].slice(-REMEMBERED));
	arrived.set(key, kept);
	staticData.delivered = { version: 1, ids: [...kept].join(',') };
	return isFirst;
}

const readIds = (stored: unknown): string[] => {
	const { version, ids } = (stored ?? {}) as IDataObject;
	return version === 1 && typeof ids === 'string' && ids !== '' ? ids.split(',') : [];
};
