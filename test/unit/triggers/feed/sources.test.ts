import type { IDataObject } from 'n8n-workflow';

import { parseListResponse } from '../../../../nodes/Aha/triggers/feed/listResponse';
import type { ListResponse, RequestPage } from '../../../../nodes/Aha/triggers/feed/listResponse';
import { AuditLogSource } from '../../../../nodes/Aha/triggers/feed/auditLog';
import type { FollowOptions } from '../../../../nodes/Aha/triggers/feed/options';
import { follow, startFrom, startNow } from '../../../../nodes/Aha/triggers/feed/follow';
import type { Checkpoint } from '../../../../nodes/Aha/triggers/feed/checkpoint';
import { packCheckpoint, unpackCheckpoint } from '../../../../nodes/Aha/triggers/feed/checkpoint';
import type { LoggedChange } from '../../../../nodes/Aha/triggers/logStream';
import { parseLogged } from '../../../../nodes/Aha/triggers/logStream';
import type { AuditEntry } from '../fakeAccount';

const MINUTE = 60_000;
const NOON = Date.parse('2026-03-01T12:00:00Z');

/** Ids as Aha! makes them: the seconds in the upper half. */
const idAt = (time: number, serial: number): string =>
	String((BigInt(Math.floor(time / 1000)) << 32n) + BigInt(serial));

const auditAt = (time: number, serial: number): AuditEntry => ({
	id: idAt(time, serial),
	audit_action: 'update',
	created_at: new Date(time).toISOString(),
	auditable_type: 'feature',
});

/** The log as `GET /audits` lists it. */
class FakeLog {
	requests: IDataObject[] = [];

	audits: AuditEntry[] = [];

	now = NOON;

	order: 1 | -1 = 1;

	private cache: Array<{ id: bigint; at: number; audit: AuditEntry }> = [];

	private sorted() {
		if (this.cache.length !== this.audits.length) {
			this.cache = this.audits
				.map((audit) => ({ id: BigInt(audit.id), at: Date.parse(audit.created_at), audit }))
				.sort((a, b) => (a.id < b.id ? -this.order : this.order));
		}
		return this.cache;
	}

	request: RequestPage = async (query) => {
		this.requests.push(query);
		const after = BigInt(String(query.after_id ?? '0'));
		const since = Date.parse(String(query.created_since));
		const matching = this.sorted()
			.filter(({ id, at }) => id > after && at >= since)
			.map(({ audit }) => audit);
		const size = Number(query.per_page);
		const start = (Number(query.page ?? 1) - 1) * size;
		return {
			records: matching.slice(start, start + size),
			total: matching.length,
			pages: Math.ceil(matching.length / size),
			serverTime: this.now,
		};
	};
}

const options: FollowOptions<LoggedChange, string> = {
	allowedLateness: 15 * MINUTE,
	maxHandledLength: 24_000,
	batchSize: 1_000,
	maxPages: 50,
	select: ({ id }) => id,
};
const source = (requestPage: RequestPage, onSkipped = (_count: number) => {}) =>
	new AuditLogSource({ requestPage, parse: parseLogged, onSkipped });

describe('the audit log as a source', () => {
	const followed = async (log: FakeLog, checkpoint: Checkpoint, changed = options) => {
		log.requests = [];
		const result = await follow(checkpoint, source(log.request), changed);
		return { ...result, requests: log.requests.length };
	};

	it('costs one request when nothing is new, whatever was handled before', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 900; i++) log.audits.push(auditAt(NOON - i * 100, i));
		let { checkpoint } = await followed(log, startFrom(NOON - 60 * MINUTE));
		for (const later of [0, 1, 14, 60, 24 * 60]) {
			log.now = NOON + later * MINUTE;
			const idle = await followed(log, checkpoint);
			expect(idle).toMatchObject({ items: [], requests: 1 });
			checkpoint = idle.checkpoint;
		}
		expect(checkpoint.handled).toBe('');
	});

	it.each([1, -1] as const)('reads 10,000 changes in bounded batches (order %i)', async (order) => {
		const log = new FakeLog();
		log.order = order;
		// Many have the same time.
		for (let i = 0; i < 10_000; i++) log.audits.push(auditAt(NOON - (i % 97) * MINUTE, i));
		let checkpoint = startFrom(NOON - 24 * 60 * MINUTE);
		const emitted: string[] = [];
		let polls = 0;
		while (emitted.length < 10_000) {
			const batch = await followed(log, checkpoint);
			expect(batch.items.length).toBeLessThanOrEqual(1_000);
			expect(batch.requests).toBeLessThanOrEqual(order === 1 ? 6 : 50);
			expect(JSON.stringify(batch.checkpoint).length).toBeLessThan(25_000);
			emitted.push(...batch.items);
			checkpoint = batch.checkpoint;
			log.now += MINUTE;
			polls += 1;
		}
		expect(polls).toBe(10);
		const all = log.audits.map(({ id }) => id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
		expect(emitted).toEqual(all);
	});

	it('reads on past changes that are not selected, within its pages', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 30_000; i++) log.audits.push(auditAt(NOON - 90 * MINUTE + i * 10, i));
		const last = log.audits[29_999].id;
		const rare = { ...options, select: ({ id }: LoggedChange) => (id === last ? id : undefined) };
		const first = await followed(log, startFrom(NOON - 24 * 60 * MINUTE), rare);
		expect(first).toMatchObject({ items: [], requests: 50 });
		const second = await followed(log, first.checkpoint, rare);
		const third = await followed(log, second.checkpoint, rare);
		expect(third.items).toEqual([last]);
	});

	it('starts now with what is visible taken as handled', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 12_000; i++) log.audits.push(auditAt(NOON - i * 70, i));
		const checkpoint = await startNow(NOON, source(log.request), options);
		expect(JSON.stringify(checkpoint).length).toBeLessThan(25_000);
		log.audits.push(auditAt(NOON + 1_000, 1));
		const { items } = await followed(log, checkpoint);
		expect(items).toEqual([log.audits[12_000].id]);
	});

	it('reads on where the cursor has no effect', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 900; i++) log.audits.push(auditAt(NOON - MINUTE + i * 10, i));
		const withoutCursor: RequestPage = async ({ after_id: _ignored, ...query }) =>
			await log.request(query);
		const started = await startNow(NOON, source(withoutCursor), options);
		expect(log.requests).toHaveLength(1 + 5);
		expect((await follow(started, source(withoutCursor), options)).items).toEqual([]);
		const { items } = await follow(startFrom(NOON - 60 * MINUTE), source(withoutCursor), options);
		expect(items).toHaveLength(900);
	});

	it('reads on where the response tells no number of pages', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 500; i++) log.audits.push(auditAt(NOON - MINUTE, i));
		const withoutCounts: RequestPage = async (query) => {
			const { records, serverTime } = await log.request(query);
			const headers = { date: new Date(serverTime).toUTCString() };
			return parseListResponse({ status: 200, headers, body: { audits: records } }, 'audits');
		};
		const { items } = await follow(startFrom(NOON - 60 * MINUTE), source(withoutCounts), options);
		expect(items).toHaveLength(500);
		expect(await source(withoutCounts).newest(0)).toHaveLength(200);
	});

	it('ends where the list does not', async () => {
		let requests = 0;
		const endless: RequestPage = async () => {
			requests += 1;
			const records = [auditAt(NOON, 2), auditAt(NOON, 1)];
			return { records, total: undefined, pages: Infinity, serverTime: NOON };
		};
		await expect(startNow(NOON, source(endless), options)).rejects.toThrow('does not end');
		expect(requests).toBe(5_000);
	});

	it.each([
		['no id', { ...auditAt(NOON, 1), id: 'text' }],
		['null', null],
		['a rounded id', { ...auditAt(NOON, 1), id: Number(auditAt(NOON, 1).id) }],
	])('skips and counts an entry with %s', async (_what, broken) => {
		const log = new FakeLog();
		log.audits.push(auditAt(NOON, 2), auditAt(NOON, 3));
		const withBroken: RequestPage = async (query) => {
			const response = await log.request(query);
			return { ...response, records: [broken, ...response.records], total: 3 };
		};
		const skipped: number[] = [];
		const reading = source(withBroken, (count) => skipped.push(count));
		const { items, checkpoint } = await follow(startFrom(NOON), reading, options);
		expect(items).toEqual(log.audits.map(({ id }) => id));
		expect(skipped).toEqual([1]);
		log.requests = [];
		expect(await follow(checkpoint, reading, options)).toMatchObject({ items: [] });
		expect(log.requests).toHaveLength(1);
	});

	it.each([
		[9, 0],
		[10, 1],
	])(
		'takes %i unreadable entries and nothing else for another format: %i',
		async (count, errors) => {
			const records = Array.from({ length: count }, () => ({ id: 'text' }));
			const request: RequestPage = async () => ({ records, total: 1, pages: 1, serverTime: NOON });
			const reading = follow(startFrom(NOON), source(request), options);
			if (errors === 0) expect(await reading).toMatchObject({ items: [] });
			else await expect(reading).rejects.toThrow('no record with a readable ID and time');
		},
	);

	it('emits an entry without a time once, and those behind it', async () => {
		const log = new FakeLog();
		const start = NOON - 300 * 24 * 60 * MINUTE;
		for (let i = 0; i < 40; i++) log.audits.push(auditAt(start + i * 60 * MINUTE, i));
		const untimed = new Set([0, 3, 4, 19, 39].map((index) => log.audits[index].id));
		const request: RequestPage = async (query) => {
			const response = await log.request(query);
			const records = response.records.map((entry) =>
				untimed.has((entry as AuditEntry).id)
					? { ...(entry as AuditEntry), created_at: 'soon' }
					: entry,
			);
			return { ...response, records };
		};
		let checkpoint = startFrom(start);
		const emitted: string[] = [];
		for (let polls = 0; polls < 100; polls++) {
			const changed = { ...options, batchSize: 1 + (polls % 4) };
			const result = await follow(checkpoint, source(request), changed);
			emitted.push(...result.items);
			checkpoint = result.checkpoint;
			log.now += 20 * MINUTE;
		}
		expect(emitted).toEqual(log.audits.map(({ id }) => id));
		log.audits.push(auditAt(log.now, 99));
		const { items } = await follow(checkpoint, source(request), options);
		expect(items).toEqual([log.audits[40].id]);
	});
});

describe('the response of a list', () => {
	const headers = { date: 'Sun, 01 Mar 2026 12:00:00 GMT' };
	const pagination = { total_records: 7, total_pages: 4, current_page: 1 };
	const expected: ListResponse = { records: [1], total: 7, pages: 4, serverTime: NOON };

	it('is read with its pages and its time', () => {
		const body = { audits: [1], pagination };
		expect(parseListResponse({ status: 200, headers, body }, 'audits')).toEqual(expected);
		const nested = { audits: [1], pagination: [pagination] };
		expect(parseListResponse({ status: 200, headers, body: nested }, 'audits')).toEqual(expected);
	});

	it.each([
		[{ pagination: {} }, 1],
		[{ pagination: { total_pages: null, total_records: 'many' } }, 1],
		[{ pagination: [] }, 1],
		[{}, 1],
		[{ audits: Array.from({ length: 200 }, () => 1) }, Infinity],
		[{ audits: Array.from({ length: 200 }, () => 1), pagination: { total_pages: 1 } }, 1],
	])('has a next page without its number if it is full: %j', (given, pages) => {
		const body = { audits: [1], ...given };
		expect(parseListResponse({ status: 200, headers, body }, 'audits')).toMatchObject({
			pages,
			total: undefined,
		});
	});

	it.each([
		['HTML', '<html>Sign in</html>', headers],
		['another list', { features: [] }, headers],
		['no date', { audits: [] }, {}],
	])('is refused when it is %s', (_what, body, given) => {
		expect(() => parseListResponse({ status: 200, headers: given, body }, 'audits')).toThrow(
			'Aha! returned no list of audits',
		);
	});
});

describe('a checkpoint', () => {
	it('comes back with times that are never too early', () => {
		const handled = new Map([
			[6543581008138760991n, NOON + 17_922],
			[6543586303049439552n, NOON + 50_739],
			[6543581008138760992n, NOON + 5 * MINUTE],
		]);
		const watermark = 6543581008138760000n;
		const progress = { watermark, watermarkAt: NOON, handled, startAt: NOON };
		const back = unpackCheckpoint(packCheckpoint(progress)).handled;
		expect(back.size).toBe(3);
		for (const [position, at] of handled) {
			const late = (back.get(position) ?? 0) - at;
			expect(late).toBeGreaterThanOrEqual(0);
			expect(late).toBeLessThan(MINUTE);
		}
	});

	it.each(['', '-1', 'A', '1 2', '{}'])('refuses the position %j', (packed) => {
		const checkpoint = { ...startFrom(NOON), handled: `a:${packed}` };
		expect(() => unpackCheckpoint(checkpoint)).toThrow('The stored trigger state is damaged');
	});
});
