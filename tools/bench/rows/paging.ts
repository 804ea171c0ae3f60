import { AHA_LIMITS } from '../../../sandbox';
import type { Contender } from '../testBed';
import { mapInSequence, TestBed, mapStaggered } from '../testBed';
import type { Row } from '../results';
import {
	AHA,
	atLeast,
	atMost,
	AXIOS,
	HTTP,
	LIMIT,
	seconds,
	spreadOf,
	times,
	timeIfComplete,
} from '../results';
import type { Work, ContenderName } from '../work';

const RECORDS = 10_000;
const PAGES = RECORDS / 200;
const LATENCY = 300;

/** All requests at the rate of the limit per second, and the latency of one. */
const LIMIT_TIME = (PAGES / AHA_LIMITS.perSecond) * 1_000 + LATENCY;

const READ: Work = { kind: 'readAll' };

export const paging: Row = {
	id: 'paging',
	work: '10,000 records on 50 pages, 300 ms a request',
	limits: "Aha!'s",
	measure: async (runs) => {
		const aha = await timesOf('aha', runs);
		const http = await timesOf('http', runs);
		const own = spreadOf(aha).median;
		const factor = spreadOf(http).median / own;
		return {
			series: [
				seconds(AHA, aha),
				seconds(HTTP, http),
				seconds(AXIOS, await timesOf('axios', runs)),
				seconds(LIMIT, [LIMIT_TIME]),
			],
			goals: [
				atMost('≤ 1.15 × the limit', own / LIMIT_TIME, 1.15, times(own / LIMIT_TIME)),
				atLeast(`≥ 5 × the ${HTTP}`, factor, 5, times(factor)),
			],
		};
	},
};

/**
 * Axios would exceed the limits, so it has none and shows what 32 concurrent requests achieve. The
 * HTTP Request node reads one page after another and mostly waits, so its runs are concurrent.
 */
async function timesOf(contenderName: ContenderName, runs: number): Promise<number[]> {
	const domains = Array.from({ length: runs }, (_, index) => `${contenderName}-${index + 1}`);
	const limits = contenderName === 'axios' ? null : AHA_LIMITS;
	const testBed = await TestBed.open(domains, { limits, latency: LATENCY });
	try {
		const begin = async (domain: string) => {
			await testBed.sandbox.call('seed', { domain, features: RECORDS });
			return await testBed.contender(contenderName, domain, READ);
		};
		const read = async (contender: Contender) => {
			const measured = await contender.do(READ);
			await contender.stop();
			return timeIfComplete(measured, contenderName === 'http' ? PAGES : RECORDS);
		};
		if (contenderName === 'http')
			return await mapStaggered(await mapInSequence(domains, begin), read);
		return await mapInSequence(domains, async (domain) => await read(await begin(domain)));
	} finally {
		await testBed.close();
	}
}
