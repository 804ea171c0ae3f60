import type { IDataObject } from 'n8n-workflow';

/** Ids kept for each trigger: 28 KB with Aha!'s ids. */
const MAX_IDS = 2_000;

/** Ids in the order of their arrival, by trigger: n8n loads the static data once a process. */
const handled = new Map<string, Set<string>>();

/**
 * Deduplicates deliveries: whether this is the first delivery of a change, among the last ones.
 * Takes it as handled from now on. This process tells two simultaneous deliveries apart; the
 * static data is for the next process.
 *
 * @param key unique for each trigger of this n8n
 * @param staticData n8n's static data of the node
 * @param id of the change
 */
export function isFirstDelivery(key: string, staticData: IDataObject, id: string): boolean {
	const ids = new Set([...storedIds(staticData.deliveries), ...(handled.get(key) ?? [])]);
	const isFirst = !ids.has(id);
	const last = [...ids.add(id)].slice(-MAX_IDS);
	handled.set(key, new Set(last));
	staticData.deliveries = { version: 1, ids: last.join(',') };
	return isFirst;
}

const storedIds = (stored: unknown): string[] => {
	const { version, ids } = (stored ?? {}) as IDataObject;
	return version === 1 && typeof ids === 'string' && ids !== '' ? ids.split(',') : [];
};
