import type { IDataObject } from 'n8n-workflow';

import type { Polled, Slot, Streams } from '../../../nodes/Aha/triggers/feed/pollState';
import { parsePosition, unpackSeen } from '../../../nodes/Aha/triggers/feed/checkpoint';
import { Keeper, readKept } from '../../../nodes/Aha/triggers/feed/pollState';

const HOUR = 60 * 60_000;
const stream = (floorAt: number): Streams => ({
	log: { version: 1, floor: '', floorAt, seen: '' },
});

let processes = 0;
/** A new process of n8n: what it knows is in its static data alone. */
const startProcess = () => new Keeper(`process ${String(++processes)}`);

const copy = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;

let triggers = 0;
const newSlot = (staticData: IDataObject = {}): Slot => ({
	key: `workflow:${String(++triggers)}`,
	staticData,
	account: 'mycompany.aha.io',
	start: 'now',
});

/** A source that counts: the stream's `floorAt` is how many changes were handed over. */
class Counter {
	time = 100 * HOUR;

	changes = 0;

	polls = 0;

	begin = async (): Promise<Streams> => stream(this.changes);

	poll = async ({ log }: Streams): Promise<Polled> => {
		this.polls += 1;
		const items: IDataObject[] = [];
		for (let id = log.floorAt + 1; id <= this.changes; id++) items.push({ id });
		return { items, streams: stream(this.changes), now: this.time };
	};
}

const ids = (items: IDataObject[]) => items.map(({ id }) => id);

describe('what a trigger keeps between polls', () => {
	it('hands over each change once', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const slot = newSlot();
		const poll = async () => ids(await keeper.poll(slot, counter.begin, counter.poll));

		counter.changes = 2;
		expect(await poll()).toEqual([]);
		counter.changes = 4;
		expect(await poll()).toEqual([3, 4]);
		expect(await poll()).toEqual([]);
		counter.changes = 5;
		expect(await poll()).toEqual([5]);
	});

	it('keeps nothing of a poll that fails, and goes on from there', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const slot = newSlot();
		await keeper.poll(slot, counter.begin, counter.poll);
		const before = copy(slot.staticData);

		counter.changes = 1;
		const failing = async () => await Promise.reject(new Error('Aha! is away'));
		await expect(keeper.poll(slot, counter.begin, failing)).rejects.toThrow('Aha! is away');
		expect(copy(slot.staticData)).toEqual(before);
		expect(ids(await keeper.poll(slot, counter.begin, counter.poll))).toEqual([1]);
	});

	it('changes nothing in an idle poll, so that n8n has nothing to save', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const slot = newSlot();
		await keeper.poll(slot, counter.begin, counter.poll);
		const before = copy(slot.staticData);
		await keeper.poll(slot, counter.begin, counter.poll);
		expect(copy(slot.staticData)).toEqual(before);
	});

	it('lets one poll at a time read, and the other hand over nothing', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const slot = newSlot();
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 3;
		const both = await Promise.all([
			keeper.poll(slot, counter.begin, counter.poll),
			keeper.poll({ ...slot, staticData: copy(slot.staticData) }, counter.begin, counter.poll),
		]);
		expect(both.map(ids)).toEqual([[1, 2, 3], []]);
	});

	it('hands over once when n8n polls two registrations of one workflow', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const first = newSlot();
		await keeper.poll(first, counter.begin, counter.poll);
		// The second registration read the static data before the first one's batches.
		const second = { ...first, staticData: copy(first.staticData) };
		const handedOver: unknown[] = [];
		for (let minute = 1; minute <= 20; minute++) {
			if (minute < 15) counter.changes += minute % 3;
			for (const slot of minute % 2 ? [first, second] : [second, first]) {
				handedOver.push(...ids(await keeper.poll(slot, counter.begin, counter.poll)));
			}
		}
		expect(handedOver).toEqual(Array.from({ length: counter.changes }, (_, index) => index + 1));
	});

	it('hands over again what n8n dropped because the workflow was published anew', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const old = newSlot();
		await keeper.poll(old, counter.begin, counter.poll);
		const saved = copy(old.staticData);
		counter.changes = 2;
		await keeper.poll(old, counter.begin, counter.poll);

		const renewed = { ...old, staticData: saved };
		expect(await keeper.poll(renewed, counter.begin, counter.poll)).toEqual([]);
		expect(await keeper.poll(renewed, counter.begin, counter.poll)).toEqual([]);
		expect(ids(await keeper.poll(renewed, counter.begin, counter.poll))).toEqual([1, 2]);
		expect(await keeper.poll(renewed, counter.begin, counter.poll)).toEqual([]);
	});

	it('goes on where it was when n8n lost the static data', async () => {
		const keeper = startProcess();
		const counter = new Counter();
		const slot = newSlot();
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 2;
		await keeper.poll(slot, counter.begin, counter.poll);
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 3;
		const reset = { ...slot, staticData: {} };
		expect(ids(await keeper.poll(reset, counter.begin, counter.poll))).toEqual([3]);
	});

	it('reads the last batch again in a new process, for an hour', async () => {
		const counter = new Counter();
		const slot = newSlot();
		const keeper = startProcess();
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 2;
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 3;

		const soon = { ...slot, staticData: copy(slot.staticData) };
		counter.time += HOUR;
		const restarted = startProcess();
		expect(ids(await restarted.poll(soon, counter.begin, counter.poll))).toEqual([1, 2, 3]);
		expect(await restarted.poll(soon, counter.begin, counter.poll)).toEqual([]);

		const late = { ...slot, staticData: copy(slot.staticData) };
		counter.time += 1;
		const later = startProcess();
		expect(ids(await later.poll(late, counter.begin, counter.poll))).toEqual([3]);
	});

	it('repeats nothing once n8n has saved the poll after the batch', async () => {
		const counter = new Counter();
		const slot = newSlot();
		const keeper = startProcess();
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 2;
		await keeper.poll(slot, counter.begin, counter.poll);
		await keeper.poll(slot, counter.begin, counter.poll);
		const saved = { ...slot, staticData: copy(slot.staticData) };
		expect(await startProcess().poll(saved, counter.begin, counter.poll)).toEqual([]);
	});

	it.each([
		['another account', { account: 'other.aha.io' }],
		['another start', { start: '2026-01-01T00:00:00.000Z' }],
	])('begins anew for %s', async (_what, change) => {
		const keeper = startProcess();
		const counter = new Counter();
		const slot = newSlot();
		await keeper.poll(slot, counter.begin, counter.poll);
		counter.changes = 2;
		const changed = { ...slot, ...change };
		expect(await keeper.poll(changed, counter.begin, counter.poll)).toEqual([]);
		counter.changes = 3;
		expect(ids(await keeper.poll(changed, counter.begin, counter.poll))).toEqual([3]);
	});

	it('goes on from what version 0.1.0 of the package kept', async () => {
		const kept = {
			version: 1,
			account: 'mycompany.aha.io',
			start: 'now',
			turn: 7,
			streams: {
				log: {
					version: 1,
					floor: '1dpqpvjqeuz2g',
					floorAt: 1_772_366_400_000,
					seen: 'hz8bk:9ixyz1,2;hz8bl:3',
					from: 1_772_366_000_000,
				},
			},
		};
		const polledFrom: Streams[] = [];
		await startProcess().poll(
			newSlot({ kept }),
			async () => await Promise.reject(new Error('It began anew')),
			async (streams) => {
				polledFrom.push(streams);
				return { items: [], streams, now: 0 };
			},
		);
		expect(polledFrom).toEqual([kept.streams]);
		const { floor, seen } = polledFrom[0].log;
		expect(parsePosition(floor)).toBe(6543581008138760968n);
		expect([...unpackSeen(seen, parsePosition(floor)).keys()]).toHaveLength(3);
	});

	it.each([undefined, null, 'text', {}, { version: 2, streams: {} }, { version: 1 }])(
		'takes %j in the static data for nothing kept',
		async (kept) => {
			const keeper = startProcess();
			const counter = new Counter();
			const slot = newSlot({ kept: kept as IDataObject });
			expect(readKept(kept)).toBeUndefined();
			await keeper.poll(slot, counter.begin, counter.poll);
			expect(slot.staticData.kept).toMatchObject({ version: 1, turn: 1 });
		},
	);
});
