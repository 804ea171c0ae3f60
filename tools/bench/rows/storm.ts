import { AHA_LIMITS } from '../../../sandbox';
import { limitTime } from '../limit';
import type { Row } from '../results';
import { AHA, atMost, LIMIT, seconds, spreadOf, times } from '../results';
import { prepareCreates, nothingLost } from './creates';

const ITEMS = 500;
const LATENCY = 100;

export const storm: Row = {
	id: 'storm',
	work: '500 creates while each third request is refused with 429',
	limits: "Aha!'s",
	lane: 'engine',
	measure: async (runs) => {
		const create = await prepareCreates('aha', ITEMS, runs, 3);
		const outcomes = await create();
		const limits = outcomes.map(({ requests }) => limitTime(requests, AHA_LIMITS) + LATENCY);
		const factor = spreadOf(
			outcomes.map(({ milliseconds }, index) => milliseconds / limits[index]),
		).median;
		return {
			series: [
				seconds(
					AHA,
					outcomes.map(({ milliseconds }) => milliseconds),
				),
				seconds(`${LIMIT} for the requests made`, limits),
			],
			goals: [atMost('≤ 1.3 × the limit', factor, 1.3, times(factor)), nothingLost(outcomes)],
		};
	},
};
