import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { Ask } from '../../../nodes/Aha/triggers/feed/listResponse';
import { follow, startFrom } from '../../../nodes/Aha/triggers/feed/follow';
import { versionItems } from '../../../nodes/Aha/triggers/change/recordChange';
import { RecordList } from '../../../nodes/Aha/triggers/feed/recordList';

const MINUTE = 60_000;
const EPOCH = 1_700_000_000_000;

/** Records in a list whose order changes when they are updated, while it is read. */
class FakeList {
	records: Array<{ id: number; created: number; updated: number }> = [];

	time = EPOCH;

	/** What happens before each request. */
	meanwhile: Array<() => void> = [];

	constructor(
		private readonly pageSize: number,
		private readonly order: 'id' | 'oldest' | 'newest',
	) {}

	update(id: number): void {
		const known = this.records.find((record) => record.id === id);
		if (known) known.updated = this.time;
		else this.records.push({ id, created: this.time, updated: this.time });
	}

	ask: Ask = async (query) => {
		this.meanwhile.shift()?.();
		const since = Date.parse(String(query.updated_since));
		const key = { id: 'id', oldest: 'updated', newest: 'updated' }[this.order] as 'id' | 'updated';
		const sign = this.order === 'newest' ? -1 : 1;
		const matching = this.records
			.filter(({ updated }) => updated > since)
			.sort((a, b) => sign * (a[key] - b[key]) || a.id - b.id);
		const start = (Number(query.page) - 1) * this.pageSize;
		const pages = Math.ceil(matching.length / this.pageSize);
		const page = matching.slice(start, start + this.pageSize);
		return { records: page.map(asJson), total: matching.length, pages, now: this.time };
	};
}

const asJson = ({ id, created, updated }: { id: number; created: number; updated: number }) => ({
	id: String(id),
	reference_num: `PRJ1-${String(id)}`,
	created_at: new Date(created).toISOString(),
	updated_at: new Date(updated).toISOString(),
});

const options = {
	overlap: 15 * MINUTE,
	memory: 24_000,
	batch: 1_000,
	pages: 50,
	wanted: () => true,
};
const anything = { recordTypes: [], events: [], workspaces: [], people: [], fields: [] };

const ids = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
const history = fc.record({
	pageSize: fc.integer({ min: 1, max: 10 }),
	order: fc.constantFrom('id' as const, 'oldest' as const, 'newest' as const),
	batch: fc.constantFrom(1, 4, 1_000),
	steps: fc.array(
		fc.record({ gap: fc.nat(10 * MINUTE), before: ids, during: fc.array(ids, { maxLength: 4 }) }),
		{ minLength: 1, maxLength: 12 },
	),
});

describe('following lists of records', () => {
	it('hands over the last version of each record, and each version once', async () => {
		await fc.assert(
			fc.asyncProperty(history, async ({ pageSize, order, batch, steps }) => {
				const list = new FakeList(pageSize, order);
				let state = startFrom(EPOCH);
				const items: IDataObject[] = [];
				const poll = async () => {
					const before = JSON.stringify(state);
					const result = await follow(state, new RecordList(list.ask), { ...options, batch });
					items.push(...versionItems('feature', result.changes, state, anything));
					state = result.state;
					return JSON.stringify(state) !== before;
				};
				for (const { gap, before, during } of steps) {
					list.time += gap;
					for (const id of before) list.update(id);
					list.meanwhile = during.map((some) => () => {
						list.time += 1;
						for (const id of some) list.update(id);
					});
					await poll();
				}
				list.meanwhile = [];
				list.time += 60 * MINUTE;
				while (await poll()) list.time += MINUTE;

				const handedOver = items.map(({ id }) => id);
				expect(new Set(handedOver).size).toBe(handedOver.length);
				expect(handedOver).toEqual(
					expect.arrayContaining(
						list.records.map(asJson).map(({ id, updated_at: at }) => `${id}@${at}`),
					),
				);
				for (const { id } of list.records) {
					const events = items
						.filter(({ record }) => (record as IDataObject).id === String(id))
						.map(({ event }) => event);
					// A backlog of several batches can hold a record whose creation is behind the floor.
					if (batch === 1_000) expect(events[0]).toBe('created');
					expect(events.slice(1)).not.toContain('created');
				}
			}),
			{ numRuns: 1_500 },
		);
	}, 60_000);

	it('calls a record updated that was there before the start', async () => {
		const list = new FakeList(10, 'id');
		list.time = EPOCH - 24 * 60 * MINUTE;
		list.update(1);
		list.time = EPOCH;
		list.update(1);
		list.update(2);
		const state = startFrom(EPOCH);
		const { changes } = await follow(state, new RecordList(list.ask), options);
		const items = versionItems('feature', changes, state, anything);
		expect(items.map(({ event, workspace }) => [event, workspace])).toEqual([
			['updated', 'PRJ1'],
			['created', 'PRJ1'],
		]);
		const chosen = { ...anything, events: ['created' as const], workspaces: ['prj1'] };
		expect(versionItems('feature', changes, state, chosen)).toEqual([items[1]]);
		expect(versionItems('feature', changes, state, { ...chosen, workspaces: ['X'] })).toEqual([]);
	});

	it('refuses a record without its times, rather than losing it', async () => {
		const ask: Ask = async () => ({ records: [{ id: '1' }], total: 1, pages: 1, now: EPOCH });
		await expect(follow(startFrom(EPOCH), new RecordList(ask), options)).rejects.toThrow(
			'Aha! gave a record without the times at which it was made and updated',
		);
	});
});
