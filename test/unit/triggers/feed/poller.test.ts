import type { IDataObject } from 'n8n-workflow';

import { unpackCheckpoint } from '../../../../nodes/Aha/triggers/feed/checkpoint';
import type { PollResult, Registration } from '../../../../nodes/Aha/triggers/feed/poller';
import { Poller } from '../../../../nodes/Aha/triggers/feed/poller';
import type { Checkpoints } from '../../../../nodes/Aha/triggers/feed/pollState';
import { readPollState } from '../../../../nodes/Aha/triggers/feed/pollState';

const HOUR = 60 * 60_000;
const checkpointAt = (watermarkAt: number): Checkpoints => ({
	log: { version: 1, watermark: '', watermarkAt, handled: '', startAt: 0 },
});

let processes = 0;
/** A new process of n8n: all that it knows is in its static data. */
const startProcess = () => new Poller(`process ${String(++processes)}`);

const copy = (data: IDataObject): IDataObject => JSON.parse(JSON.stringify(data)) as IDataObject;

let triggers = 0;
const newRegistration = (staticData: IDataObject = {}): Registration => ({
	key: `workflow:${String(++triggers)}`,
	staticData,
	account: 'mycompany.aha.io',
	start: 'now',
});

/** A source that counts: a checkpoint's `watermarkAt` is how many changes were emitted. */
class Counter {
	time = 100 * HOUR;

	changes = 0;

	reads = 0;

	start = async (): Promise<Checkpoints> => checkpointAt(this.changes);

	read = async ({ log }: Checkpoints): Promise<PollResult> => {
		this.reads += 1;
		const items: IDataObject[] = [];
		for (let id = log.watermarkAt + 1; id <= this.changes; id++) items.push({ id });
		return { items, checkpoints: checkpointAt(this.changes), serverTime: this.time };
	};
}

const ids = (items: IDataObject[]) => items.map(({ id }) => id);

describe('what a trigger stores between polls', () => {
	it('emits each change once', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const registration = newRegistration();
		const poll = async () => ids(await poller.poll(registration, counter.start, counter.read));

		counter.changes = 2;
		expect(await poll()).toEqual([]);
		counter.changes = 4;
		expect(await poll()).toEqual([3, 4]);
		expect(await poll()).toEqual([]);
		counter.changes = 5;
		expect(await poll()).toEqual([5]);
	});

	it('stores nothing of a poll that fails, and the next one catches up', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const registration = newRegistration();
		await poller.poll(registration, counter.start, counter.read);
		const before = copy(registration.staticData);

		counter.changes = 1;
		const failing = async () => await Promise.reject(new Error('Aha! is away'));
		await expect(poller.poll(registration, counter.start, failing)).rejects.toThrow('Aha! is away');
		expect(copy(registration.staticData)).toEqual(before);
		expect(ids(await poller.poll(registration, counter.start, counter.read))).toEqual([1]);
	});

	it('changes nothing in an idle poll, so that n8n has nothing to save', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const registration = newRegistration();
		await poller.poll(registration, counter.start, counter.read);
		const before = copy(registration.staticData);
		await poller.poll(registration, counter.start, counter.read);
		expect(copy(registration.staticData)).toEqual(before);
	});

	it('lets one poll at a time read; another emits nothing meanwhile', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const registration = newRegistration();
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 3;
		const both = await Promise.all([
			poller.poll(registration, counter.start, counter.read),
			poller.poll(
				{ ...registration, staticData: copy(registration.staticData) },
				counter.start,
				counter.read,
			),
		]);
		expect(both.map(ids)).toEqual([[1, 2, 3], []]);
	});

	it('emits each change once when n8n polls two registrations of one workflow', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const first = newRegistration();
		await poller.poll(first, counter.start, counter.read);
		// The second registration read the static data before the first one's batches.
		const second = { ...first, staticData: copy(first.staticData) };
		const emitted: unknown[] = [];
		for (let minute = 1; minute <= 20; minute++) {
			if (minute < 15) counter.changes += minute % 3;
			for (const registration of minute % 2 ? [first, second] : [second, first]) {
				emitted.push(...ids(await poller.poll(registration, counter.start, counter.read)));
			}
		}
		expect(emitted).toEqual(Array.from({ length: counter.changes }, (_, index) => index + 1));
	});

	it('emits again what n8n dropped because the workflow was published again', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const old = newRegistration();
		await poller.poll(old, counter.start, counter.read);
		const saved = copy(old.staticData);
		counter.changes = 2;
		await poller.poll(old, counter.start, counter.read);

		const renewed = { ...old, staticData: saved };
		expect(await poller.poll(renewed, counter.start, counter.read)).toEqual([]);
		expect(await poller.poll(renewed, counter.start, counter.read)).toEqual([]);
		expect(ids(await poller.poll(renewed, counter.start, counter.read))).toEqual([1, 2]);
		expect(await poller.poll(renewed, counter.start, counter.read)).toEqual([]);
	});

	it('continues when n8n lost the static data', async () => {
		const poller = startProcess();
		const counter = new Counter();
		const registration = newRegistration();
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 2;
		await poller.poll(registration, counter.start, counter.read);
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 3;
		const reset = { ...registration, staticData: {} };
		expect(ids(await poller.poll(reset, counter.start, counter.read))).toEqual([3]);
	});

	it('reads the last batch again in a new process, for an hour', async () => {
		const counter = new Counter();
		const registration = newRegistration();
		const poller = startProcess();
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 2;
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 3;

		const soon = { ...registration, staticData: copy(registration.staticData) };
		counter.time += HOUR;
		const restarted = startProcess();
		expect(ids(await restarted.poll(soon, counter.start, counter.read))).toEqual([1, 2, 3]);
		expect(await restarted.poll(soon, counter.start, counter.read)).toEqual([]);

		const late = { ...registration, staticData: copy(registration.staticData) };
		counter.time += 1;
		const later = startProcess();
		expect(ids(await later.poll(late, counter.start, counter.read))).toEqual([3]);
	});

	it('repeats nothing once n8n has saved the poll after the batch', async () => {
		const counter = new Counter();
		const registration = newRegistration();
		const poller = startProcess();
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 2;
		await poller.poll(registration, counter.start, counter.read);
		await poller.poll(registration, counter.start, counter.read);
		const saved = { ...registration, staticData: copy(registration.staticData) };
		expect(await startProcess().poll(saved, counter.start, counter.read)).toEqual([]);
	});

	it('emits all changes since older static data that n8n starts with', async () => {
		const counter = new Counter();
		const registration = newRegistration();
		const poller = startProcess();
		const poll = async () => await poller.poll(registration, counter.start, counter.read);
		await poll();
		const backup = { ...registration, staticData: copy(registration.staticData) };
		for (const changes of [2, 3, 4]) {
			counter.changes = changes;
			await poll();
			await poll();
		}
		expect(ids(await startProcess().poll(backup, counter.start, counter.read))).toEqual([
			1, 2, 3, 4,
		]);
	});

	it.each([
		['another account', { account: 'other.aha.io' }],
		['another start', { start: '2026-01-01T00:00:00.000Z' }],
	])('starts again for %s', async (_what, change) => {
		const poller = startProcess();
		const counter = new Counter();
		const registration = newRegistration();
		await poller.poll(registration, counter.start, counter.read);
		counter.changes = 2;
		const changed = { ...registration, ...change };
		expect(await poller.poll(changed, counter.start, counter.read)).toEqual([]);
		counter.changes = 3;
		expect(ids(await poller.poll(changed, counter.start, counter.read))).toEqual([3]);
	});

	it('continues from a stored state of version 1', async () => {
		const pollState = {
			version: 1,
			account: 'mycompany.aha.io',
			start: 'now',
			revision: 7,
			checkpoints: {
				log: {
					version: 1,
					watermark: '1dpqpvjqeuz2g',
					watermarkAt: 1_772_366_400_000,
					handled: 'hz8bk:9ixyz1,2;hz8bl:3',
					startAt: 1_772_366_000_000,
				},
			},
		};
		const readFrom: Checkpoints[] = [];
		await startProcess().poll(
			newRegistration({ pollState }),
			async () => await Promise.reject(new Error('It started again')),
			async (checkpoints) => {
				readFrom.push(checkpoints);
				return { items: [], checkpoints, serverTime: 0 };
			},
		);
		expect(readFrom).toEqual([pollState.checkpoints]);
		const { watermark, handled } = unpackCheckpoint(readFrom[0].log);
		expect(watermark).toBe(6543581008138760968n);
		expect([...handled.keys()]).toHaveLength(3);
	});

	it.each([undefined, null, 'text', {}, { version: 2, checkpoints: {} }, { version: 1 }])(
		'takes %j in the static data for no state',
		async (stored) => {
			const poller = startProcess();
			const counter = new Counter();
			const registration = newRegistration({ pollState: stored as IDataObject });
			expect(readPollState(stored)).toBeUndefined();
			await poller.poll(registration, counter.start, counter.read);
			expect(registration.staticData.pollState).toMatchObject({ version: 1, revision: 1 });
		},
	);
});
