import { inTurn, Lab } from '../lab';
import { RealN8n } from '../realN8n';
import type { Row } from '../results';
import { whole } from '../results';
import type { Worker } from '../work';
import { compared, ITEMS, WARM_UP } from './gets';

/** As `gets`, where people run it: all of n8n takes part, its database and its sandboxes too. */
export const n8n: Row = {
	id: 'n8n',
	work: '5,000 gets from 5,000 items in a real n8n, 0 ms a request',
	limits: 'none',
	isApart: true,
	measure: async (runs) => compared(await timesOf(runs)),
};

/** One after the other in each run, so that what else slows the machine meets all of them. */
async function timesOf(runs: number): Promise<Array<Record<Worker, number>>> {
	const domain = 'mycompany';
	const lab = await Lab.open([domain], { limits: null });
	let real: RealN8n | undefined;
	try {
		await lab.sandbox.call('seed', { domain, features: ITEMS });
		const account = await lab.sandbox.call('account', domain);
		const ids = await lab.sandbox.call('featureIds', domain);
		real = await RealN8n.open(lab);
		const getting = async (worker: 'aha' | 'http') => {
			const before = await real?.getting(worker, ids.slice(0, WARM_UP), account);
			await before?.();
			return await (real as RealN8n).getting(worker, ids, account);
		};
		const known = await lab.sandbox.call('featureIds', `${domain}-warm`);
		const warmUp = Array.from({ length: WARM_UP }, (_, index) => known[index % known.length]);
		const [aha, http] = [await getting('aha'), await getting('http')];
		return await inTurn(Array.from({ length: runs }), async () => {
			const ahaTime = whole(await aha(), ITEMS);
			const httpTime = whole(await http(), ITEMS);
			const contender = await lab.contender('axios', domain, { kind: 'get', ids: warmUp });
			const axiosTime = whole(await contender.do({ kind: 'get', ids }), ITEMS);
			await contender.stop();
			return { aha: ahaTime, http: httpTime, axios: axiosTime };
		});
	} finally {
		await real?.close();
		await lab.close();
	}
}
