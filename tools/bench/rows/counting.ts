import type { Limits } from '../../../sandbox';
import { AHA_LIMITS } from '../../../sandbox';
import { limitTime } from '../limit';
import type { Row } from '../results';
import { AHA, atLeast, LIMIT, percent, seconds, spreadOf } from '../results';
import { mapInSequence, mapStaggered, TestBed } from '../testBed';
import type { Work } from '../work';
import { nothingLost } from './creates';

const WORKERS = 4;
const ITEMS = 2_000;
const LATENCY = 100;
const PREFIX = 'Made by a process ';

/** Ways in which a server may count: Aha! does not say how it does. */
const WAYS: Readonly<Record<string, Limits>> = {
	'fixed minutes': { ...AHA_LIMITS, isFixed: true },
	'fixed minutes, refused ones count': { ...AHA_LIMITS, isFixed: true, countsRefused: true },
	'refused ones count': { ...AHA_LIMITS, countsRefused: true },
};

interface Outcome {
	/** Milliseconds between the first and the last request, and the shortest that there can be. */
	readonly span: number;
	readonly limit: number;
	readonly failed: number;
	readonly doubled: number;
	readonly refused: number;
}

export const counting: Row = {
	id: 'counting',
	work: '2,000 creates by 4 processes, one account, 100 ms a request',
	limits: "Aha!'s, counted in other ways",
	lane: 'engine',
	measure: async (runs) => {
		const outcomes = await Promise.all(
			Object.values(WAYS).map(async (limits) => await measure(limits, runs)),
		);
		const measured = Object.keys(WAYS).map((way, index) => ({ way, all: outcomes[index] }));
		return {
			series: measured.flatMap(({ way, all }) => [
				seconds(
					`${AHA}, ${way}`,
					all.map(({ span }) => span),
				),
				seconds(
					`${LIMIT}, ${way}`,
					all.map(({ limit }) => limit),
				),
			]),
			goals: [
				...measured.map(({ way, all }) => {
					const rate = spreadOf(all.map(({ limit, span }) => limit / span)).median;
					const refused = spreadOf(all.map((outcome) => outcome.refused)).median;
					const value = `${percent(rate)}, ${refused} refused`;
					return atLeast(`${way}: ≥ 85 % of the limit's rate`, rate, 0.85, value);
				}),
				nothingLost(outcomes.flat()),
			],
		};
	},
};

const work = (count: number, prefix: string, releaseId: string): Work => ({
	kind: 'create',
	count,
	prefix,
	releaseId,
});

/** Does all runs concurrently, each in its own account, as they mostly wait for its limits. */
async function measure(limits: Limits, runs: number): Promise<Outcome[]> {
	const domains = Array.from({ length: runs }, (_, index) => `counting-${index + 1}`);
	const testBed = await TestBed.open(domains, { limits, latency: LATENCY });
	const { sandbox } = testBed;
	const ready = await mapInSequence(domains, async (domain) => {
		const warm = work(5, PREFIX, await sandbox.call('releaseId', `${domain}-warm`));
		const workers = Array.from({ length: WORKERS }, (_, index) => index);
		return await mapInSequence(workers, async () => await testBed.contender('aha', domain, warm));
	});
	const outcomes = await mapStaggered(domains, async (domain, run) => {
		const releaseId = await sandbox.call('releaseId', domain);
		await mapStaggered(ready[run], async (contender, index) => {
			await contender.do(work(ITEMS / WORKERS, `${PREFIX}${index}-`, releaseId));
			await contender.stop();
		});
		const { records, names } = await sandbox.call('made', { domain, prefix: PREFIX });
		const { requests, start, span } = await sandbox.call('traffic', domain);
		const limit = limitTime(ITEMS, limits, start);
		return {
			span,
			limit,
			failed: ITEMS - names,
			doubled: records - names,
			refused: requests - records,
		};
	});
	await testBed.close();
	return outcomes;
}
