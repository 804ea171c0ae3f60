import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { follow, startNow } from '../../../../nodes/Aha/triggers/feed/follow';
import type { PollResult } from '../../../../nodes/Aha/triggers/feed/poller';
import { Poller } from '../../../../nodes/Aha/triggers/feed/poller';
import type { Checkpoints } from '../../../../nodes/Aha/triggers/feed/pollState';
import type { Write } from './model';
import { AuditLogModel, everything } from './model';
import { runs } from './runs';

const MINUTE = 60_000;
const CLOCKS = [0, 3 * MINUTE, -4 * MINUTE];

/** What n8n does at a minute, or what is done to it. */
type Event =
	| 'poll'
	| 'failing poll'
	| 'killed while polling'
	| 'killed before the run is recorded'
	| 'killed in the run'
	| 'restarted'
	| 'published'
	| 'published while polling'
	| 'registered twice';

interface Minute {
	event: Event;
	writes: Write[];
}

const minutes = (...events: Event[]) =>
	fc.array(
		fc.record({
			event: fc.oneof(
				{ weight: 3, arbitrary: fc.constant<Event>('poll') },
				{ weight: 2, arbitrary: fc.constantFrom(...events) },
			),
			writes: fc.array(
				fc.record({
					server: fc.nat(2),
					begin: fc.nat(MINUTE),
					delay: fc.oneof(fc.nat(1_000), fc.nat(3 * MINUTE)),
				}),
				{ maxLength: 4 },
			),
		}),
		{ minLength: 1, maxLength: 25, size: 'max' },
	);

/**
 * n8n as its sources are: a poll's items make it save the static data and then record a run, in
 * two steps; idle polls are not saved; a run that a crash cuts off is not continued.
 */
class ModelOfN8n {
	/** Static data in the database. */
	saved = '{}';

	completed: bigint[][] = [];

	/** Batches after which a process ended before it polled again. */
	lastBatches = new Set<bigint>();

	private poller = new Poller('process 0');

	private registrations: IDataObject[] = [{}];

	private processes = 0;

	private lastItems: bigint[] = [];

	constructor(private readonly log: AuditLogModel) {}

	async live({ event, writes }: Minute): Promise<void> {
		for (const write of writes) this.log.write(write);
		this.log.time += MINUTE;
		switch (event) {
			case 'restarted':
				return this.startProcess();
			case 'published':
				this.registrations = [this.register()];
				return;
			case 'registered twice':
				this.registrations = [this.registrations[0], this.register()];
				return;
			case 'published while polling': {
				await this.read(this.registrations[0]);
				this.registrations = [this.register()];
				return;
			}
			default:
				// Polls of the same minute come in any order.
				this.registrations.reverse();
				this.log.failsIn = event === 'failing poll' ? 0 : undefined;
				for (const registration of [...this.registrations]) await this.poll(registration, event);
				this.log.failsIn = undefined;
		}
	}

	private async poll(registration: IDataObject, event: Event): Promise<void> {
		const items = await this.read(registration).catch((error: Error): bigint[] => {
			expect(error.message).toBe('The request failed');
			return [];
		});
		if (event === 'killed while polling') return this.startProcess();
		if (items.length === 0) return;
		this.saved = JSON.stringify(registration);
		this.lastItems = items;
		if (event === 'killed before the run is recorded' || event === 'killed in the run') {
			return this.startProcess();
		}
		this.completed.push(items);
	}

	private async read(staticData: IDataObject): Promise<bigint[]> {
		const trigger = { key: 'workflow:node', account: 'a', start: 'now' };
		const start = async (): Promise<Checkpoints> => ({
			log: await startNow(this.log.now, this.log, everything),
		});
		const read = async ({ log }: Checkpoints): Promise<PollResult> => {
			const { items, checkpoint, serverTime } = await follow(log, this.log, everything);
			return {
				items: items.map((id) => ({ id: String(id) })),
				checkpoints: { log: checkpoint },
				serverTime,
			};
		};
		const items = await this.poller.poll({ ...trigger, staticData }, start, read);
		// n8n saves what was stored during activation at the end of it.
		if (this.saved === '{}') this.saved = JSON.stringify(staticData);
		return items.map(({ id }) => BigInt(String(id)));
	}

	private startProcess(): void {
		for (const id of this.lastItems) this.lastBatches.add(id);
		this.processes += 1;
		this.poller = new Poller(`process ${String(this.processes)}`);
		this.registrations = [this.register()];
	}

	private register(): IDataObject {
		return JSON.parse(this.saved) as IDataObject;
	}
}

async function play(history: Minute[]) {
	const log = new AuditLogModel({
		clocks: CLOCKS,
		dateClock: 2 * MINUTE,
		resolution: 1_000,
		ids: 'clock',
		order: 'ascending',
		pageSize: 5,
		requestTime: 200,
		steps: [],
	});
	const n8n = new ModelOfN8n(log);
	const quiet = Array.from({ length: 20 }, (): Minute => ({ event: 'poll', writes: [] }));
	for (const minute of [...quiet.slice(0, 1), ...history, ...quiet]) await n8n.live(minute);

	const counts = new Map<bigint, number>();
	for (const id of n8n.completed.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
	const all = log.stored.map(({ position }) => position);
	const doubled = all.filter((id) => (counts.get(id) ?? 0) > 1);
	return {
		lost: all.filter((id) => !counts.has(id)),
		doubled,
		doubledOtherwise: doubled.filter((id) => !n8n.lastBatches.has(id)),
	};
}

describe('a trigger in n8n', () => {
	it('loses nothing when n8n is killed at any point, and repeats only its last batch', async () => {
		let doubled = 0;
		const kills = minutes(
			'killed while polling',
			'killed before the run is recorded',
			'killed in the run',
			'restarted',
			'failing poll',
		);
		await fc.assert(
			fc.asyncProperty(kills, async (history) => {
				const outcome = await play(history);
				expect(outcome).toMatchObject({ lost: [], doubledOtherwise: [] });
				doubled += outcome.doubled.length;
			}),
			{ numRuns: runs(1_000) },
		);
		// n8n cannot tell a run that was cut off from one that was not: it happens.
		expect(doubled).toBeGreaterThan(0);
	}, 300_000);

	it('runs each change once when the workflow is published or registered twice', async () => {
		const changes = minutes(
			'published',
			'published while polling',
			'registered twice',
			'failing poll',
		);
		await fc.assert(
			fc.asyncProperty(changes, async (history) => {
				expect(await play(history)).toMatchObject({ lost: [], doubled: [] });
			}),
			{ numRuns: runs(1_000) },
		);
	}, 300_000);
});
