import { mapInSequence, TestBed } from '../testBed';
import type { Row } from '../results';
import { AHA, atLeast, AXIOS, HTTP, seconds, spreadOf, times, timeIfComplete } from '../results';
import type { Work, ContenderName } from '../work';

export const ITEMS = 5_000;
export const WARM_UP = 200;

export const gets: Row = {
	id: 'gets',
	work: '5,000 gets from 5,000 items, 0 ms a request',
	limits: 'none',
	measure: async (runs) => compareGets(await timesOf(runs)),
};

/** Compares the times of gets. */
export function compareGets(measured: ReadonlyArray<Record<ContenderName, number>>) {
	const [aha, http, axios] = (['aha', 'http', 'axios'] as const).map((contenderName) =>
		measured.map((run) => run[contenderName]),
	);
	const own = spreadOf(aha).median;
	const [toAxios, toHttp] = [axios, http].map((other) => spreadOf(other).median / own);
	return {
		series: [seconds(AHA, aha), seconds(HTTP, http), seconds(`${AXIOS}, 32 at a time`, axios)],
		goals: [
			atLeast(`≥ 0.7 × ${AXIOS}`, toAxios, 0.7, times(toAxios)),
			atLeast(`≥ 3 × the ${HTTP}`, toHttp, 3, times(toHttp)),
		],
	};
}

/** Measures all three in each run, so that other load on the machine affects them alike. */
async function timesOf(runs: number): Promise<Array<Record<ContenderName, number>>> {
	const domain = 'mycompany';
	const testBed = await TestBed.open([domain], { limits: null });
	try {
		await testBed.sandbox.call('seed', { domain, features: ITEMS });
		const get = async (account: string, count: number): Promise<Work> => {
			const ids = await testBed.sandbox.call('featureIds', account);
			return {
				kind: 'get',
				ids: Array.from({ length: count }, (_, index) => ids[index % ids.length]),
			};
		};
		const warmUp = await get(`${domain}-warm`, WARM_UP);
		const first = await get(domain, 1);
		const work = await get(domain, ITEMS);
		const timeOf = async (contenderName: ContenderName) => {
			const contender = await testBed.contender(contenderName, domain, warmUp);
			// The process learns the account's limits from its first response.
			await contender.do(first);
			const measured = await contender.do(work);
			await contender.stop();
			return timeIfComplete(measured, ITEMS);
		};
		return await mapInSequence(Array.from({ length: runs }), async () => ({
			aha: await timeOf('aha'),
			axios: await timeOf('axios'),
			http: await timeOf('http'),
		}));
	} finally {
		await testBed.close();
	}
}
