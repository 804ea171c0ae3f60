import { mapInSequence, TestBed } from '../testBed';
import { RealN8n } from '../realN8n';
import type { Row } from '../results';
import { timeIfComplete } from '../results';
import type { ContenderName } from '../work';
import { compareGets, ITEMS, WARM_UP } from './gets';

/** Like `gets`, but in a complete n8n with its database and sandboxes. */
export const n8n: Row = {
	id: 'n8n',
	work: '5,000 gets from 5,000 items in a real n8n, 0 ms a request',
	limits: 'none',
	onlyOnRequest: true,
	measure: async (runs) => compareGets(await timesOf(runs)),
};

/** Measures all of them in each run, so that other load on the machine affects them alike. */
async function timesOf(runs: number): Promise<Array<Record<ContenderName, number>>> {
	const domain = 'mycompany';
	const testBed = await TestBed.open([domain], { limits: null });
	let real: RealN8n | undefined;
	try {
		await testBed.sandbox.call('seed', { domain, features: ITEMS });
		const account = await testBed.sandbox.call('account', domain);
		const ids = await testBed.sandbox.call('featureIds', domain);
		real = await RealN8n.open(testBed);
		const getting = async (contenderName: 'aha' | 'http') => {
			const before = await real?.getting(contenderName, ids.slice(0, WARM_UP), account);
			await before?.();
			return await (real as RealN8n).getting(contenderName, ids, account);
		};
		const known = await testBed.sandbox.call('featureIds', `${domain}-warm`);
		const warmUp = Array.from({ length: WARM_UP }, (_, index) => known[index % known.length]);
		const [aha, http] = [await getting('aha'), await getting('http')];
		return await mapInSequence(Array.from({ length: runs }), async () => {
			const ahaTime = timeIfComplete(await aha(), ITEMS);
			const httpTime = timeIfComplete(await http(), ITEMS);
			const contender = await testBed.contender('axios', domain, { kind: 'get', ids: warmUp });
			const axiosTime = timeIfComplete(await contender.do({ kind: 'get', ids }), ITEMS);
			await contender.stop();
			return { aha: ahaTime, http: httpTime, axios: axiosTime };
		});
	} finally {
		await real?.close();
		await testBed.close();
	}
}
