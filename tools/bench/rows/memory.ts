import { mapInSequence, TestBed } from '../testBed';
import type { Row, Series } from '../results';
import { AHA, atMost, seconds, series, spreadOf, times, timeIfComplete } from '../results';
import type { Work } from '../work';
import type { Measured, Sampling } from '../contenderProcess';

const SIZES = [1_000, 10_000, 100_000];
const MEGABYTE = 1024 ** 2;
const READ: Work = { kind: 'readAll' };

/** Each size is ten times the one before. A factor slightly above ten still counts as linear. */
const LINEAR = 12;

export const memory: Row = {
	id: 'memory',
	work: 'Return All of 1,000, 10,000 and 100,000 records, 0 ms a request',
	limits: 'none',
	measure: async (runs) => {
		const both = await mapInSequence(SIZES, async (size) => await measureOf(size, runs));
		const bySize = both.map((measured) => measured.map(({ all }) => all));
		const live = both.map((measured) => measured.map((one) => one.live));
		const all: Series[] = SIZES.flatMap((size, index) => {
			const measured = bySize[index];
			const name = `${AHA}, ${size.toLocaleString('en-US')}`;
			const megabytes = (what: string, of: Measured[], value: (of: Measured) => number) =>
				series(
					`${name}: ${what}`,
					'MB',
					of.map((one) => value(one) / MEGABYTE),
				);
			return [
				seconds(
					name,
					measured.map(({ milliseconds }) => milliseconds),
				),
				megabytes('the items', live[index], ({ heap }) => heap.results),
				megabytes('peak of what is in use', live[index], ({ heap }) => heap.peak),
				megabytes('peak with garbage', measured, ({ heap }) => heap.peak),
				megabytes('peak of the process', measured, ({ resident }) => resident ?? NaN),
			];
		});
		const growth = (of: Measured[][], value: (of: Measured) => number) => {
			const medians = of.map((measured) => spreadOf(measured.map(value)).median);
			return medians[2] / medians[1];
		};
		const time = growth(bySize, ({ milliseconds }) => milliseconds);
		const peak = growth(live, ({ heap }) => heap.peak);
		const own = spreadOf(live[2].map(({ heap }) => heap.peak / heap.results)).median;
		return {
			series: all,
			goals: [
				atMost('time linear: 10 × the records', time, LINEAR, times(time)),
				atMost('peak memory linear: 10 × the records', peak, LINEAR, times(peak)),
				atMost("peak ≤ 2 × the items' own size", own, 2, `${times(own)} for 100,000`),
			],
		};
	},
};

/** Reads everything twice in the same process, the second time sampling without garbage. */
async function measureOf(size: number, runs: number): Promise<Array<Record<Sampling, Measured>>> {
	const domain = 'mycompany';
	const testBed = await TestBed.open([domain], { limits: null });
	try {
		await testBed.sandbox.call('seed', { domain, features: size });
		return await mapInSequence(Array.from({ length: runs }), async () => {
			const contender = await testBed.contender('aha', domain, READ);
			const all = await contender.do(READ, 'all');
			timeIfComplete(all, size);
			const live = await contender.do(READ, 'live');
			await contender.stop();
			return { all, live };
		});
	} finally {
		await testBed.close();
	}
}
