import type { Entity, Store } from './store';
import { refTo } from './store';

/** The kind of what is kept of a record's stay in one status. */
export const STATUS_TIME = 'workflow_status_time';

/** Kinds of record with a history of statuses that can be read and written, by their paths. */
export const TIMED: Readonly<Record<string, string>> = {
	features: 'feature',
	epics: 'epic',
	master_features: 'epic',
	ideas: 'idea',
	initiatives: 'initiative',
	key_results: 'key_result',
	pages: 'page',
	releases: 'release',
	requirements: 'requirement',
};

const byStart = (one: Entity, other: Entity): number =>
	String(one.data.started_at).localeCompare(String(other.data.started_at));

/** A record's stays that were written down, the earliest first. */
const written = (store: Store, record: Entity): Entity[] =>
	[...store.referrers(record, STATUS_TIME)].sort(byStart);

/** Writes down a stay; it is open where it has no end. */
export const addStay = (
	store: Store,
	record: Entity,
	status: Entity,
	started_at: unknown,
	ended_at: unknown = null,
): Entity =>
	store.add(STATUS_TIME, {
		record: refTo(record),
		workflow_status: refTo(status),
		started_at,
		ended_at,
	});

/** All stays of a record. Until its status first changes, the one since its making is not written. */
export function staysOf(store: Store, record: Entity): Entity[] {
	const known = written(store, record);
	const status = store.resolve(record.data.workflow_status);
	if (known.length > 0 || !status) return known;
	return [addStay(store, record, status, record.data.created_at)];
}

/** Ends the open stay of a record and begins the next, when its status is about to change. */
export function changeStay(store: Store, record: Entity, status: Entity): void {
	const now = new Date().toISOString();
	for (const stay of staysOf(store, record)) {
		if (stay.data.ended_at === null) store.set(stay, { ended_at: now });
	}
	addStay(store, record, status, now);
}

/** A record's stays as the record shows them. */
export function statusTimes(store: Store, record: Entity): unknown[] {
	const known = written(store, record);
	const current = store.resolve(record.data.workflow_status);
	if (known.length === 0 && current) {
		const { id, data } = current;
		const { created_at: started_at } = record.data;
		return [{ status_id: id, status_name: data.name, started_at, ended_at: null }];
	}
	return known.map(({ data: { workflow_status, started_at, ended_at } }) => {
		const status = store.resolve(workflow_status);
		return { status_id: status?.id, status_name: status?.data.name, started_at, ended_at };
	});
}
