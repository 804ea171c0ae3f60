import type { IDataObject } from 'n8n-workflow';

import { listAnswer } from '../../../nodes/Aha/triggers/feed/listResponse';
import type { Ask, ListAnswer } from '../../../nodes/Aha/triggers/feed/listResponse';
import { AuditLog } from '../../../nodes/Aha/triggers/feed/auditLog';
import type { Audit } from '../../../nodes/Aha/triggers/change/change';
import type { FollowOptions } from '../../../nodes/Aha/triggers/feed/follow';
import { follow, startFrom, startNow } from '../../../nodes/Aha/triggers/feed/follow';
import type { FollowState } from '../../../nodes/Aha/triggers/feed/checkpoint';
import { packSeen, parsePosition, unpackSeen } from '../../../nodes/Aha/triggers/feed/checkpoint';

const MINUTE = 60_000;
const NOON = Date.parse('2026-03-01T12:00:00Z');

/** Ids as Aha! makes them: the seconds in the upper half. */
const idAt = (time: number, serial: number): string =>
	String((BigInt(Math.floor(time / 1000)) << 32n) + BigInt(serial));

const auditAt = (time: number, serial: number): Audit => ({
	id: idAt(time, serial),
	audit_action: 'update',
	created_at: new Date(time).toISOString(),
	auditable_type: 'feature',
});

/** The log as `GET /audits` lists it. */
class FakeLog {
	requests: IDataObject[] = [];

	audits: Audit[] = [];

	now = NOON;

	order: 1 | -1 = 1;

	private cache: Array<{ id: bigint; at: number; audit: Audit }> = [];

	private sorted() {
		if (this.cache.length !== this.audits.length) {
			this.cache = this.audits
				.map((audit) => ({ id: BigInt(audit.id), at: Date.parse(audit.created_at), audit }))
				.sort((a, b) => (a.id < b.id ? -this.order : this.order));
		}
		return this.cache;
	}

	ask: Ask = async (query) => {
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
			now: this.now,
		};
	};
}

const options: FollowOptions<Audit> = {
	overlap: 15 * MINUTE,
	memory: 24_000,
	batch: 1_000,
	pages: 50,
	wanted: () => true,
};

describe('the audit log as a source', () => {
	const followed = async (log: FakeLog, state: FollowState, changed = options) => {
		log.requests = [];
		const result = await follow(state, new AuditLog(log.ask), changed);
		return { ...result, requests: log.requests.length };
	};

	it('costs one request when nothing is new, whatever was handled before', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 900; i++) log.audits.push(auditAt(NOON - i * 100, i));
		let { state } = await followed(log, startFrom(NOON - 60 * MINUTE));
		for (const later of [0, 1, 14, 60, 24 * 60]) {
			log.now = NOON + later * MINUTE;
			const idle = await followed(log, state);
			expect(idle).toMatchObject({ changes: [], requests: 1 });
			state = idle.state;
		}
		expect(state.seen).toBe('');
	});

	it.each([1, -1] as const)('reads 10,000 changes in bounded batches (order %i)', async (order) => {
		const log = new FakeLog();
		log.order = order;
		// Many have the same time.
		for (let i = 0; i < 10_000; i++) log.audits.push(auditAt(NOON - (i % 97) * MINUTE, i));
		let state = startFrom(NOON - 24 * 60 * MINUTE);
		const handedOver: string[] = [];
		let polls = 0;
		while (handedOver.length < 10_000) {
			const batch = await followed(log, state);
			expect(batch.changes.length).toBeLessThanOrEqual(1_000);
			expect(batch.requests).toBeLessThanOrEqual(order === 1 ? 6 : 50);
			expect(JSON.stringify(batch.state).length).toBeLessThan(25_000);
			handedOver.push(...batch.changes.map(({ id }) => id));
			state = batch.state;
			log.now += MINUTE;
			polls += 1;
		}
		expect(polls).toBe(10);
		const all = log.audits.map(({ id }) => id).sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
		expect(handedOver).toEqual(all);
	});

	it('reads on past changes that are not wanted, within its pages', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 30_000; i++) log.audits.push(auditAt(NOON - 90 * MINUTE + i * 10, i));
		const last = log.audits[29_999].id;
		const rare = { ...options, wanted: ({ id }: Audit) => id === last };
		const first = await followed(log, startFrom(NOON - 24 * 60 * MINUTE), rare);
		expect(first).toMatchObject({ changes: [], requests: 50 });
		const second = await followed(log, first.state, rare);
		const third = await followed(log, second.state, rare);
		expect(third.changes.map(({ id }) => id)).toEqual([last]);
	});

	it('starts now with what is visible taken as handled', async () => {
		const log = new FakeLog();
		for (let i = 0; i < 12_000; i++) log.audits.push(auditAt(NOON - i * 70, i));
		const state = await startNow(NOON, new AuditLog(log.ask), options);
		expect(JSON.stringify(state).length).toBeLessThan(25_000);
		log.audits.push(auditAt(NOON + 1_000, 1));
		const { changes } = await followed(log, state);
		expect(changes).toEqual([log.audits[12_000]]);
	});

	it.each([
		['no id', { ...auditAt(NOON, 1), id: 'text' }],
		['no time', { ...auditAt(NOON, 1), created_at: 'soon' }],
		['null', null],
	])('refuses an entry with %s, rather than losing it', async (_what, broken) => {
		const ask: Ask = async () => ({ records: [broken], total: 1, pages: 1, now: NOON });
		const reading = follow(startFrom(NOON), new AuditLog(ask), options);
		await expect(reading).rejects.toThrow(
			'Aha! gave an entry of its audit log that cannot be read',
		);
	});
});

describe('an answer of a list', () => {
	const headers = { date: 'Sun, 01 Mar 2026 12:00:00 GMT' };
	const pagination = { total_records: 7, total_pages: 4, current_page: 1 };
	const expected: ListAnswer = { records: [1], total: 7, pages: 4, now: NOON };

	it('is read with its pages and its time', () => {
		const body = { audits: [1], pagination };
		expect(listAnswer({ status: 200, headers, body }, 'audits')).toEqual(expected);
		const nested = { audits: [1], pagination: [pagination] };
		expect(listAnswer({ status: 200, headers, body: nested }, 'audits')).toEqual(expected);
	});

	it.each([
		['HTML', '<html>Sign in</html>', headers],
		['another list', { features: [] }, headers],
		['no date', { audits: [] }, {}],
	])('is refused when it is %s', (_what, body, given) => {
		expect(() => listAnswer({ status: 200, headers: given, body }, 'audits')).toThrow(
			'Aha! answered without its list of audits',
		);
	});
});

describe('the memory in the state', () => {
	it('comes back with times that are never too early', () => {
		const seen = new Map([
			[6543581008138760991n, NOON + 17_922],
			[6543586303049439552n, NOON + 50_739],
			[6543581008138760992n, NOON + 5 * MINUTE],
		]);
		const floor = 6543581008138760000n;
		const back = unpackSeen(packSeen(seen, floor), floor);
		expect(back.size).toBe(3);
		for (const [position, at] of seen) {
			const late = (back.get(position) ?? 0) - at;
			expect(late).toBeGreaterThanOrEqual(0);
			expect(late).toBeLessThan(MINUTE);
		}
	});

	it.each(['', '-1', 'A', '1 2', '{}'])('refuses the position %j', (packed) => {
		expect(() => parsePosition(packed)).toThrow('The stored state of the trigger is damaged');
	});
});
