import fc from 'fast-check';

import type { FollowOptions } from '../../../../nodes/Aha/triggers/feed/options';
import { follow, startFrom, startNow } from '../../../../nodes/Aha/triggers/feed/follow';
import type { Checkpoint } from '../../../../nodes/Aha/triggers/feed/checkpoint';
import type { Step, World } from './model';
import { ALLOWED_LATENESS, AuditLogModel, everything } from './model';
import { runs } from './runs';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Clocks of Aha!'s servers and proxies, up to five minutes off. */
const clock = fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE });

const write = fc.record({
	server: fc.nat(5),
	begin: fc.nat(3 * MINUTE),
	// Most changes are seen at once; some transactions take minutes.
	delay: fc.oneof(
		{ weight: 3, arbitrary: fc.nat(2 * SECOND) },
		{ weight: 1, arbitrary: fc.nat(4 * MINUTE) },
	),
});

const step: fc.Arbitrary<Step> = fc.record({
	gap: fc.oneof(
		{ weight: 6, arbitrary: fc.nat(2 * MINUTE) },
		{ weight: 2, arbitrary: fc.nat(20 * MINUTE) },
		{ weight: 1, arbitrary: fc.nat(24 * 60 * MINUTE) },
	),
	writes: fc.array(write, { maxLength: 12, size: 'max' }),
	failsAt: fc.option(fc.nat(4), { nil: undefined, freq: 4 }),
	killed: fc.oneof(
		{ weight: 5, arbitrary: fc.constant(false) },
		{ weight: 1, arbitrary: fc.constant(true) },
	),
});

const world: fc.Arbitrary<World> = fc.record({
	clocks: fc.array(clock, { minLength: 1, maxLength: 6 }),
	dateClock: clock,
	resolution: fc.constantFrom(1, SECOND, MINUTE),
	ids: fc.constantFrom('clock' as const, 'sequence' as const),
	order: fc.constantFrom('ascending' as const, 'descending' as const),
	pageSize: fc.integer({ min: 1, max: 20 }),
	requestTime: fc.nat(5 * SECOND),
	steps: fc.array(step, { minLength: 2, maxLength: 16, size: 'max' }),
});

const options: fc.Arbitrary<FollowOptions<bigint, bigint>> = fc.record({
	allowedLateness: fc.constant(ALLOWED_LATENESS),
	maxHandledLength: fc.constantFrom(60, 400, 24_000),
	batchSize: fc.constantFrom(1, 7, 1_000),
	maxPages: fc.constantFrom(1, 3, 50),
	select: fc.constantFrom(
		(position: bigint) => position,
		(position: bigint) => (position % 3n === 0n ? position : undefined),
	),
});

interface Outcome {
	lost: bigint[];
	doubled: bigint[];
	outOfOrder: number;
	changes: number;
	largestCheckpoint: number;
}

/** What is stored between polls, as n8n stores it: as JSON. */
type Store = (checkpoint: Checkpoint) => Checkpoint;
const asItIs: Store = (checkpoint) => checkpoint;

/** Plays a history: polls that fail, processes that end, and in the end a quiet hour. */
async function play(
	{ steps, ...rest }: World,
	chosen: FollowOptions<bigint, bigint>,
	begin: 'now' | 'from',
	store: Store = asItIs,
): Promise<Outcome> {
	const log = new AuditLogModel({ ...rest, steps });
	const [first, ...others] = steps;
	for (const each of first.writes) log.write(each);
	log.time += first.gap;
	const before = log.time;
	let stored = JSON.stringify(
		begin === 'now' ? await startNow(log.now, log, everything) : startFrom(0),
	);
	const after = log.time;
	const emitted: bigint[] = [];
	let outOfOrder = 0;
	let largestCheckpoint = stored.length;

	const poll = async (killed: boolean): Promise<boolean> => {
		const checkpoint = JSON.parse(stored) as Checkpoint;
		const result = await follow(checkpoint, log, chosen);
		if (killed) return true;
		const next = JSON.stringify(store(result.checkpoint));
		const changed = next !== stored;
		stored = next;
		largestCheckpoint = Math.max(largestCheckpoint, stored.length);
		for (const [index, position] of result.items.entries()) {
			if (index > 0 && position <= result.items[index - 1]) outOfOrder += 1;
		}
		emitted.push(...result.items);
		return changed;
	};

	for (const { gap, writes, failsAt, killed } of others) {
		for (const each of writes) log.write(each);
		log.time += gap;
		log.failsIn = failsAt;
		await poll(killed).catch((error: Error) => expect(error.message).toBe('The request failed'));
	}
	log.failsIn = undefined;
	log.time += 60 * MINUTE;
	// Each poll emits a batch or raises the watermark; a checkpoint that stays the same is at the end.
	while (await poll(false)) log.time += MINUTE;

	const counts = new Map<bigint, number>();
	for (const position of emitted) counts.set(position, (counts.get(position) ?? 0) + 1);
	const isNew = (visibleAt: number) => begin === 'from' || visibleAt > after;
	const isOld = (visibleAt: number) => begin === 'now' && visibleAt <= before;
	return {
		lost: log.stored
			.filter(
				({ position, visibleAt }) =>
					isNew(visibleAt) && chosen.select(position) !== undefined && !counts.has(position),
			)
			.map(({ position }) => position),
		doubled: log.stored
			.filter(({ position, visibleAt }) => (counts.get(position) ?? 0) > (isOld(visibleAt) ? 0 : 1))
			.map(({ position }) => position),
		outOfOrder,
		changes: emitted.length,
		largestCheckpoint,
	};
}

describe('following the audit log', () => {
	afterEach(() => jest.restoreAllMocks());

	it('loses nothing and doubles nothing in thousands of histories', async () => {
		// The clock of this machine must decide nothing.
		jest.spyOn(Date, 'now').mockImplementation(() => {
			throw new Error('The local clock was read');
		});
		let changes = 0;
		await fc.assert(
			fc.asyncProperty(world, options, fc.constantFrom('now', 'from'), async (...history) => {
				const outcome = await play(...history);
				expect(outcome).toMatchObject({ lost: [], doubled: [], outOfOrder: 0 });
				expect(outcome.largestCheckpoint).toBeLessThan(25_000);
				changes += outcome.changes;
			}),
			{ numRuns: runs(4_000) },
		);
		expect(changes).toBeGreaterThan(runs(100_000));
	}, 300_000);

	const histories = fc.sample(fc.tuple(world, options), { numRuns: runs(300), seed: 1 });

	it('loses changes without the allowed lateness', async () => {
		let lost = 0;
		for (const [where, chosen] of histories) {
			lost += (await play(where, { ...chosen, allowedLateness: 0 }, 'from')).lost.length;
		}
		expect(lost).toBeGreaterThan(0);
	});

	it('doubles changes without the handled ones', async () => {
		const forget: Store = (checkpoint) => ({ ...checkpoint, handled: '' });
		let doubled = 0;
		for (const [where, chosen] of histories) {
			doubled += (await play(where, chosen, 'from', forget)).doubled.length;
		}
		expect(doubled).toBeGreaterThan(0);
	});
});
