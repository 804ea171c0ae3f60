import { inTurn, Lab } from '../lab';
import type { Row } from '../results';
import { AHA, atLeast, AXIOS, HTTP, seconds, spreadOf, times } from '../results';
import type { Work, Worker } from '../work';

const ITEMS = 5_000;
const WARM_UP = 200;

export const gets: Row = {
	id: 'gets',
	work: '5,000 gets from 5,000 items, 0 ms a request',
	limits: 'none',
	measure: async (runs) => {
		const aha = await timesOf('aha', runs);
		const axios = await timesOf('axios', runs);
		const http = await timesOf('http', runs);
		const own = spreadOf(aha).median;
		const [toAxios, toHttp] = [axios, http].map((other) => spreadOf(other).median / own);
		return {
			series: [seconds(AHA, aha), seconds(HTTP, http), seconds(`${AXIOS}, 32 at a time`, axios)],
			goals: [
				atLeast(`≥ 0.7 × ${AXIOS}`, toAxios, 0.7, times(toAxios)),
				atLeast(`≥ 3 × the ${HTTP}`, toHttp, 3, times(toHttp)),
			],
		};
	},
};

async function timesOf(worker: Worker, runs: number): Promise<number[]> {
	const domain = 'mycompany';
	const lab = await Lab.open([domain], { limits: null });
	try {
		await lab.sandbox.call('seed', { domain, features: ITEMS });
		const get = async (account: string, count: number): Promise<Work> => {
			const ids = await lab.sandbox.call('featureIds', account);
			return {
				kind: 'get',
				ids: Array.from({ length: count }, (_, index) => ids[index % ids.length]),
			};
		};
		const warmUp = await get(`${domain}-warm`, WARM_UP);
		const work = await get(domain, ITEMS);
		return await inTurn(Array.from({ length: runs }), async () => {
			const contender = await lab.contender(worker, domain, warmUp);
			// The account's word on its limits, which a process hears once.
			await contender.do(await get(domain, 1));
			const { milliseconds } = await contender.do(work);
			await contender.stop();
			return milliseconds;
		});
	} finally {
		await lab.close();
	}
}
