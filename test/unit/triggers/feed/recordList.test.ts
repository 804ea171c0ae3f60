import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { ListResponse, RequestPage } from '../../../../nodes/Aha/triggers/feed/listResponse';
import { follow, startFrom, startNow } from '../../../../nodes/Aha/triggers/feed/follow';
import { parseRecordVersion } from '../../../../nodes/Aha/triggers/change/recordVersion';
import type { RecordVersion } from '../../../../nodes/Aha/triggers/change/recordVersion';
import { RecordListSource } from '../../../../nodes/Aha/triggers/feed/recordList';
import { versionItems } from '../../../../nodes/Aha/triggers/listStreams';
import { runs } from './runs';
import { anything } from '../anything';

const MINUTE = 60_000;
const EPOCH = 1_700_000_000_000;
const OLD = '1815-12-10T00:00:00Z';

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
const source = (requestPage: RequestPage, onSkipped = (_count: number) => {}) =>
	new RecordListSource({ requestPage, parse: parseRecordVersion, onSkipped }, 'id');

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

	const listed = (count: number) => {
		const list = new FakeList(200, 'oldest');
		list.records = Array.from({ length: count }, (_, index) => {
			const at = EPOCH + index * 1_000;
			return { id: index + 1, created: at, updated: at };
		});
		list.time = EPOCH + 90 * MINUTE;
		return list;
	};

	it.each([
		['one too high', (page: ListResponse) => ({ ...page, total: Number(page.total) + 1 })],
		['far too high', (page: ListResponse) => ({ ...page, total: 1_000_000 })],
		['missing', (page: ListResponse) => ({ ...page, total: undefined })],
		['too low', (page: ListResponse) => ({ ...page, total: 1 })],
	])('hands over all of a list whose total is %s, and goes on', async (_what, changed) => {
		const list = listed(4_000);
		const request: RequestPage = async (query) => changed(await list.request(query));
		let checkpoint = startFrom(EPOCH);
		const items: string[] = [];
		const poll = async () => {
			const limits = { ...options, maxHandledLength: 3_400 };
			const result = await follow(checkpoint, source(request), limits);
			items.push(...result.items.map(({ id }) => id));
			checkpoint = result.checkpoint;
			list.time += MINUTE;
		};
		for (let polls = 0; polls < 60; polls++) await poll();
		expect(items).toEqual(list.records.map(({ id }) => String(id)));
		list.update(7);
		await poll();
		await poll();
		expect(items.slice(4_000)).toEqual(['7']);
	});

	it.each([
		[
			'missing',
			(page: ListResponse) => ({ ...page, pages: page.records.length < 200 ? 1 : Infinity }),
		],
		['too low', (page: ListResponse) => ({ ...page, pages: 1 })],
		['too high', (page: ListResponse) => ({ ...page, pages: page.pages + 1 })],
	])('reads all of a list whose number of pages is %s', async (_what, changed) => {
		const list = listed(1_000);
		const request: RequestPage = async (query) => changed(await list.request(query));
		const { items } = await follow(startFrom(EPOCH), source(request), options);
		expect(items).toHaveLength(1_000);
	});

	it('ends where every page is the same full one', async () => {
		const list = listed(200);
		let requests = 0;
		const request: RequestPage = async (query) => {
			requests += 1;
			return { ...(await list.request({ ...query, page: 1 })), total: undefined, pages: Infinity };
		};
		expect((await follow(startFrom(EPOCH), source(request), options)).items).toHaveLength(200);
		expect(requests).toBe(2);
	});

	it.each<[string, (record: IDataObject) => unknown, string[]]>([
		['null', () => null, ['1', '3']],
		['a text', () => 'text', ['1', '3']],
		['no id', ({ id: _id, ...rest }) => rest, ['1', '3']],
		['an id that was rounded', (record) => ({ ...record, id: 2 ** 60 }), ['1', '3']],
		['no times', ({ id }) => ({ id }), ['1', '3']],
		['times before 1970', (r) => ({ ...r, created_at: OLD, updated_at: OLD }), ['1', '3']],
		['no time of its update', ({ updated_at: _at, ...rest }) => rest, ['1', '2', '3']],
		['no time of its creation', ({ created_at: _at, ...rest }) => rest, ['1', '2', '3']],
		[
			'objects for its texts',
			(r) => ({ ...r, name: {}, reference_num: [], url: 7 }),
			['1', '2', '3'],
		],
	])('goes on behind a record that is %s', async (_what, broken, expected) => {
		const list = listed(3);
		const request: RequestPage = async (query) => {
			const page = await list.request(query);
			const records = page.records.map((record) =>
				(record as IDataObject).id === '2' ? broken(record as IDataObject) : record,
			);
			return { ...page, records };
		};
		const skipped: number[] = [];
		const reading = source(request, (count) => skipped.push(count));
		let checkpoint = startFrom(EPOCH);
		const versions: RecordVersion[] = [];
		for (let polls = 0; polls < 3; polls++) {
			const result = await follow(checkpoint, reading, options);
			versions.push(...result.items);
			checkpoint = result.checkpoint;
		}
		expect(versions.map(({ id }) => id)).toEqual(expected);
		expect(skipped.length > 0).toBe(expected.length === 2);
		expect(versionItems('feature', versions, startFrom(EPOCH), anything)).toHaveLength(
			expected.length,
		);
	});

	it('goes on behind a record from the future', async () => {
		const list = listed(2);
		list.records.push({ id: 9, created: Date.UTC(9_000, 0), updated: Date.UTC(9_000, 0) });
		let checkpoint = await startNow(list.time, source(list.request), {
			...options,
			maxHandledLength: 0,
		});
		for (let polls = 0; polls < 3; polls++) {
			list.time += 20 * MINUTE;
			list.update(1);
			const result = await follow(checkpoint, source(list.request), options);
			expect(result.items.map(({ id }) => id)).toEqual(['1']);
			checkpoint = result.checkpoint;
		}
	});
});
