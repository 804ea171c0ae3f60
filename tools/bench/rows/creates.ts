import { AHA_LIMITS } from '../../../sandbox';
import { mapInSequence, TestBed, mapStaggered } from '../testBed';
import { limitTime } from '../limit';
import type { Row } from '../results';
import { AHA, atLeast, atMost, HTTP, LIMIT, percent, seconds, spreadOf } from '../results';
import type { Work, ContenderName } from '../work';

const LATENCY = 100;

interface Outcome {
	readonly milliseconds: number;
	readonly failed: number;
	readonly doubled: number;
	readonly requests: number;
}

const PREFIX = 'Made by the benchmark ';

const work = (count: number, releaseId: string): Work => ({
	kind: 'create',
	count,
	prefix: PREFIX,
	releaseId,
});

/**
 * Prepares to create records, in a separate account for each run.
 *
 * @param every refuses every nth request
 * @returns does all runs concurrently, as they mostly wait for the limits of their accounts
 */
export async function prepareCreates(
	contenderName: ContenderName,
	count: number,
	runs: number,
	every?: number,
): Promise<() => Promise<Outcome[]>> {
	const domains = Array.from({ length: runs }, (_, index) => `${contenderName}-${index + 1}`);
	const testBed = await TestBed.open(domains, { limits: AHA_LIMITS, latency: LATENCY });
	const ready = await mapInSequence(domains, async (domain) => {
		const warm = await testBed.sandbox.call('releaseId', `${domain}-warm`);
		const contender = await testBed.contender(contenderName, domain, work(5, warm));
		const releaseId = await testBed.sandbox.call('releaseId', domain);
		if (every) await testBed.sandbox.call('storm', { domain, every });
		return { domain, contender, releaseId };
	});
	return async () => {
		const outcomes = await mapStaggered(ready, async ({ domain, contender, releaseId }) => {
			const { milliseconds } = await contender.do(work(count, releaseId));
			await contender.stop();
			const { records, names } = await testBed.sandbox.call('made', { domain, prefix: PREFIX });
			const { requests } = await testBed.sandbox.call('traffic', domain);
			return { milliseconds, failed: count - names, doubled: records - names, requests };
		});
		await testBed.close();
		return outcomes;
	};
}

/** The goal that all records were created, and none twice. */
export function nothingLost(outcomes: readonly Pick<Outcome, 'failed' | 'doubled'>[]) {
	const sum = (key: 'failed' | 'doubled') =>
		outcomes.reduce((total, outcome) => total + outcome[key], 0);
	const [failed, doubled] = [sum('failed'), sum('doubled')];
	const measured = `${failed} failed, ${doubled} doubled`;
	return atMost('0 failed, 0 doubled', failed + doubled, 0, measured);
}

const ITEMS = 1_000;

export const creates: Row = {
	id: 'creates',
	work: '1,000 creates from 1,000 items, 100 ms a request',
	limits: "Aha!'s",
	measure: async (runs) => {
		const both = [
			await prepareCreates('aha', ITEMS, runs),
			await prepareCreates('http', ITEMS, runs),
		];
		const [aha, http] = await Promise.all(both.map(async (create) => await create()));
		const limit = limitTime(ITEMS, AHA_LIMITS) + LATENCY;
		const own = aha.map(({ milliseconds }) => milliseconds);
		const rate = limit / spreadOf(own).median;
		return {
			series: [
				seconds(AHA, own),
				seconds(
					`${HTTP}, 5 a second`,
					http.map(({ milliseconds }) => milliseconds),
				),
				seconds(LIMIT, [limit]),
			],
			goals: [atLeast("≥ 95 % of the limit's rate", rate, 0.95, percent(rate)), nothingLost(aha)],
		};
	},
};
