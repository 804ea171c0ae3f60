import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import type { CampaignReport, Found } from './campaign';
import { runCampaign } from './campaign';
import { FINDINGS } from './judge';
import { SAFETIES } from './safeties';

const USAGE = `npm run campaign                      10,000 operations, then a short run without each safety
npm run campaign -- --seed <n>        repeats a run
npm run campaign -- --operations <n>  more or fewer operations
npm run campaign -- --without <name>  only without a safety: ${Object.keys(SAFETIES).join(', ')}`;

const OPERATIONS = 10_000;
const OPERATIONS_WITHOUT = 600;

/** In milliseconds. */
const TIME = 300_000;

const countsOf = ({ found }: CampaignReport): string =>
	FINDINGS.map((kind) => `${found.filter(({ finding }) => finding === kind).length} ${kind}`).join(
		', ',
	);

/** Prints each operation and its faults once, with an example. */
function print(report: CampaignReport): void {
	const groups = new Map<string, Found[]>();
	for (const found of report.found) {
		const key = `${found.finding}: ${found.about}`;
		groups.set(key, [...(groups.get(key) ?? []), found]);
	}
	for (const [key, all] of groups) console.log(`${all.length} ${key}, as ${all[0].text}`);
	const { operations, requests, faults, kills } = report;
	console.log(
		`${operations} operations, ${requests} requests, ${faults} faults, ${kills} kills: ${countsOf(report)}`,
	);
}

async function main(): Promise<boolean> {
	const { values } = parseArgs({
		options: {
			seed: { type: 'string' },
			operations: { type: 'string' },
			without: { type: 'string' },
		},
	});
	const { without } = values;
	if (without !== undefined && !(without in SAFETIES))
		throw new Error(`There is no safety ${without}`);
	const seed = Number(values.seed ?? randomInt(1_000_000));
	const operations = Number(values.operations ?? OPERATIONS);
	if (![seed, operations].every(Number.isInteger))
		throw new Error('--seed and --operations are numbers');
	console.log(`Seed ${seed}`);
	const report = await runCampaign({ seed, operations, without });
	print(report);
	let passed = report.found.length === 0;
	if (without !== undefined) return passed;
	for (const [name, { finding }] of Object.entries(SAFETIES)) {
		const weakened = await runCampaign({ seed, operations: OPERATIONS_WITHOUT, without: name });
		const isNoticed = weakened.found.some((found) => found.finding === finding);
		console.log(`Without ${name}: ${countsOf(weakened)}${isNoticed ? '' : ', NOT NOTICED'}`);
		passed &&= isNoticed;
	}
	return passed;
}

setTimeout(() => {
	console.error(`The campaign took longer than ${TIME / 1_000} s`);
	process.exit(1);
}, TIME).unref();

main().then(
	(passed) => process.exit(passed ? 0 : 1),
	(error: unknown) => {
		console.error(`${(error as Error).message}\n\n${USAGE}`);
		process.exit(1);
	},
);
