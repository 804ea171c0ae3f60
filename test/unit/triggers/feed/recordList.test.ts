import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { RequestPage } from '../../../../nodes/Aha/triggers/feed/listResponse';
import { follow, startFrom } from '../../../../nodes/Aha/triggers/feed/follow';
import { parseRecordVersion } from '../../../../nodes/Aha/triggers/change/recordVersion';
import type { RecordVersion } from '../../../../nodes/Aha/triggers/change/recordVersion';
import { RecordListSource } from '../../../../nodes/Aha/triggers/feed/recordList';
import { versionItems } from '../../../../nodes/Aha/triggers/listStreams';
import { runs } from './runs';
import { anything } from '../anything';

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

	request: RequestPage = async (query) => {
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
		return { records: page.map(asJson), total: matching.length, pages, serverTime: this.time };
	};
}

const asJson = ({ id, created, updated }: { id: number; created: number; updated: number }) => ({
	id: String(id),
	reference_num: `PRJ1-${String(id)}`,
	created_at: new Date(created).toISOString(),
	updated_at: new Date(updated).toISOString(),
});

const options = {
	allowedLateness: 15 * MINUTE,
	maxHandledLength: 24_000,
	batchSize: 1_000,
	maxPages: 50,
	select: (version: RecordVersion) => version,
};
const source = (request: RequestPage) => new RecordListSource(request, parseRecordVersion, 'id');

const ids = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 });
const history = fc.record({
	pageSize: fc.integer({ min: 1, max: 10 }),
	order: fc.constantFrom('id' as const, 'oldest' as const, 'newest' as const),
	batchSize: fc.constantFrom(1, 4, 1_000),
	steps: fc.array(
		fc.record({ gap: fc.nat(10 * MINUTE), before: ids, during: fc.array(ids, { maxLength: 4 }) }),
		{ minLength: 1, maxLength: 12 },
	),
});

describe('following lists of records', () => {
	it('emits the last version of each record, and each version once', async () => {
		await fc.assert(
			fc.asyncProperty(history, async ({ pageSize, order, batchSize, steps }) => {
				const list = new FakeList(pageSize, order);
				let checkpoint = startFrom(EPOCH);
				const items: IDataObject[] = [];
				const poll = async () => {
					const before = JSON.stringify(checkpoint);
					const result = await follow(checkpoint, source(list.request), { ...options, batchSize });
					items.push(...versionItems('feature', result.items, checkpoint, anything));
					checkpoint = result.checkpoint;
					return JSON.stringify(checkpoint) !== before;
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

				const emitted = items.map(({ id }) => id);
				expect(new Set(emitted).size).toBe(emitted.length);
				expect(emitted).toEqual(
					expect.arrayContaining(
						list.records.map(asJson).map(({ id, updated_at: at }) => `${id}@${at}`),
					),
				);
				for (const { id } of list.records) {
					const events = items
						.filter(({ record }) => (record as IDataObject).id === String(id))
						.map(({ event }) => event);
					// A backlog of several batches can hold a record created below the watermark.
					if (batchSize === 1_000) expect(events[0]).toBe('created');
					expect(events.slice(1)).not.toContain('created');
				}
			}),
			{ numRuns: runs(1_500) },
		);
	}, 300_000);

	it('calls a record updated that was there before the start', async () => {
		const list = new FakeList(10, 'id');
		list.time = EPOCH - 24 * 60 * MINUTE;
		list.update(1);
		list.time = EPOCH;
		list.update(1);
		list.update(2);
		const checkpoint = startFrom(EPOCH);
		const versions = (await follow(checkpoint, source(list.request), options)).items;
		const items = versionItems('feature', versions, checkpoint, anything);
		expect(items.map(({ event, workspace }) => [event, workspace])).toEqual([
			['updated', 'PRJ1'],
			['created', 'PRJ1'],
		]);
		const chosen = { ...anything, events: ['created' as const], workspaces: ['prj1'] };
		expect(versionItems('feature', versions, checkpoint, chosen)).toEqual([items[1]]);
		expect(versionItems('feature', versions, checkpoint, { ...chosen, workspaces: ['X'] })).toEqual(
			[],
		);
	});

	it('refuses a record without its times, rather than losing it', async () => {
		const request: RequestPage = async () => ({
			records: [{ id: '1' }],
			total: 1,
			pages: 1,
			serverTime: EPOCH,
		});
		await expect(follow(startFrom(EPOCH), source(request), options)).rejects.toThrow(
			'Aha! returned a record without a readable id or time',
		);
	});
});
