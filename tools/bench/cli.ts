import { parseArgs } from 'node:util';

import { writeSection } from '../docs/section';
import { ensureRuntime } from '../runtime/install';
import { installPackage } from '../runtime/package';
import { CliError } from '../runtime/cliError';
import { chartOf } from './chart';
import { machine, versions } from './machine';
import { CHART, FOLDER, PROFILES, RESULTS } from './places';
import { profileTable, startProfiling } from './profile';
import type { Report } from './report';
import { writeTo } from './report';
import type { Row, RowResult } from './results';
import { counting } from './rows/counting';
import { creates } from './rows/creates';
import { gets } from './rows/gets';
import { construct } from './rows/construct';
import { load } from './rows/load';
import { memory } from './rows/memory';
import { n8n } from './rows/n8n';
import { paging } from './rows/paging';
import { queue } from './rows/queue';
import { storm } from './rows/storm';
import { markdownOf, tableOf } from './table';

const ROWS: readonly Row[] = [
	paging,
	creates,
	queue,
	gets,
	memory,
	load,
	construct,
	storm,
	counting,
	n8n,
];

const USAGE = `npm run bench                    measures all rows but one, five times each
npm run bench -- --only <row>    measures one of ${ROWS.map(({ id }) => id).join(', ')};
                                 can be repeated (${n8n.id} is only measured with it)
npm run bench -- --runs <n>      measures each row n times
npm run bench -- --profile       writes CPU profiles of all processes to ${PROFILES}`;

const RUNS = 5;

interface Options {
	readonly rows: readonly Row[];
	readonly runs: number;
	readonly isProfiled: boolean;
}

/** @throws CliError when an option is not valid */
function parseOptions(): Options {
	try {
		const { values } = parseArgs({
			options: {
				only: { type: 'string', multiple: true },
				runs: { type: 'string' },
				profile: { type: 'boolean' },
			},
		});
		const runs = Number(values.runs ?? RUNS);
		if (!Number.isInteger(runs) || runs < 1)
			throw new Error(`--runs must be a positive number, not ${values.runs}`);
		const rows = ROWS.filter(
			({ id, onlyOnRequest }) => values.only?.includes(id) ?? !onlyOnRequest,
		);
		if (rows.length < (values.only?.length ?? 0)) throw new Error('There is no row with this name');
		if (values.profile) startProfiling();
		return { rows, runs, isProfiled: values.profile === true };
	} catch (error) {
		throw new CliError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

/** The chart in the document. */
const PICTURE = '![How long the node and others take](../../docs/images/bench.svg)';

async function main(): Promise<void> {
	const { rows, runs, isProfiled } = parseOptions();
	await ensureRuntime();
	await installPackage(FOLDER);
	const begun = Date.now();
	const measured = new Map<string, RowResult>();
	const measureAll = async (lane: Row['lane'], onWaiting = () => {}) => {
		for (const row of rows.filter((other) => other.lane === lane)) {
			measured.set(row.id, await measureRow(row, runs, onWaiting));
		}
		onWaiting();
	};
	await measureAll(undefined);
	// Starting a cluster would slow down other measurements.
	let cluster = Promise.resolve();
	await new Promise<void>((resolve) => (cluster = measureAll('cluster', resolve)));
	await measureAll('engine');
	await cluster;
	const rowResults = rows.map(({ id }) => measured.get(id) as RowResult);
	const report: Report = {
		at: new Date(begun).toISOString(),
		minutes: Math.round((Date.now() - begun) / 6_000) / 10,
		machine: machine(),
		versions: await versions(),
		rows: rowResults,
	};
	writeTo(RESULTS, `${JSON.stringify(report, null, '\t')}\n`);
	const { cpu, cores, memory: size, system } = report.machine;
	const used = Object.entries(report.versions).map(([name, version]) => `${name} ${version}`);
	console.log(tableOf(rowResults));
	if (isProfiled) console.log(profileTable());
	const where = `${cpu}, ${cores} cores, ${size}, ${system}; ${used.join(', ')}`;
	console.log(where);
	const failed = rowResults.filter(({ failure }) => failure !== undefined);
	// Only a complete run updates the documentation.
	const isComplete =
		failed.length === 0 && ROWS.every((row) => row.onlyOnRequest || rows.includes(row));
	if (isComplete && runs >= RUNS) {
		writeTo(CHART, chartOf(report));
		const results = `${PICTURE}\n\n${markdownOf(report)}\n\n${where}.`;
		await writeSection({ file: 'tools/bench/README.md', name: 'results' }, results);
	}
	console.log(`${report.minutes} minutes. All values are in ${RESULTS}`);
	if (failed.length > 0)
		throw new CliError(`Not measured: ${failed.map(({ id }) => id).join(', ')}`);
}

/** Measures a row. An error becomes its result, so that the other rows are still measured. */
async function measureRow(
	{ id, work, limits, measure }: Row,
	runs: number,
	onWaiting: () => void,
): Promise<RowResult> {
	const begun = Date.now();
	console.log(`${id}: ${work} …`);
	try {
		return { id, work, limits, ...(await measure(runs, onWaiting)) };
	} catch (error) {
		console.error(error);
		const { message } = error as Error;
		return { id, work, limits, series: [], goals: [], failure: message };
	} finally {
		console.log(`${id}: ${((Date.now() - begun) / 60_000).toFixed(1)} minutes`);
	}
}

main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error instanceof CliError ? error.message : error);
		// The other processes end with this one.
		process.exit(1);
	},
);
