import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { DemoCredential } from '../../demo/credentials';
import type { Cluster } from '../../queue/cluster';
import { startCluster, workersThatRan } from '../../queue/cluster';
import { createFeaturesWorkflow } from '../../queue/setup';
import { START } from '../../runtime/itemsWorkflow';
import type { N8nClient } from '../../runtime/n8nClient';
import { RUNTIME } from '../../runtime/places';
import { AHA_LIMITS } from '../../../sandbox';
import { mapInSequence, TestBed } from '../testBed';
import { limitTime } from '../limit';
import type { Row } from '../results';
import { AHA, atLeast, LIMIT, percent, seconds, spreadOf } from '../results';
import { nothingLost } from './creates';

const WORKERS = 4;
const ITEMS = 2_000;
/** Executions per account, so that each worker gets some. */
const PARTS = 20;
const LATENCY = 100;
const PREFIX = 'Made by a worker ';
const NAMES = `Array.from({ length: ${ITEMS / PARTS} }, (_, index) => '${PREFIX}' + $execution.id + '-' + index)`;

interface Outcome {
	/** Milliseconds between the first and the last request. */
	readonly span: number;
	readonly failed: number;
	readonly doubled: number;
	readonly workers: number;
	/** Error messages of failed executions. */
	readonly errors: readonly string[];
}

export const queue: Row = {
	id: 'queue',
	work: '2,000 creates by 4 queue workers of a real n8n, one account, 100 ms a request',
	limits: "Aha!'s",
	lane: 'cluster',
	measure: async (runs, onWaiting) => {
		const outcomes = await measure(runs, onWaiting);
		const spans = outcomes.map(({ span }) => span);
		const limit = limitTime(ITEMS, AHA_LIMITS);
		const rate = limit / spreadOf(spans).median;
		const errors = new Set(outcomes.flatMap((outcome) => outcome.errors));
		for (const error of errors) console.log(`An execution failed: ${error}`);
		const fewest = Math.min(...outcomes.map(({ workers }) => workers));
		return {
			series: [seconds(AHA, spans), seconds(LIMIT, [limit])],
			goals: [
				atLeast("≥ 90 % of the limit's rate", rate, 0.9, percent(rate)),
				nothingLost(outcomes),
				atLeast('4 workers had a part', fewest, WORKERS, String(fewest)),
			],
		};
	},
};

/** Does all runs concurrently, each in its own account, as they mostly wait for its limits. */
async function measure(runs: number, onWaiting: () => void): Promise<Outcome[]> {
	const domains = Array.from({ length: runs }, (_, index) => `queue-${index + 1}`);
	const folder = join(RUNTIME, `bench-${process.pid}`);
	const testBed = await TestBed.open(domains, { limits: AHA_LIMITS, latency: LATENCY });
	let cluster: Cluster | undefined;
	try {
		const { env } = testBed;
		cluster = await startCluster({ folder, workers: WORKERS, concurrency: runs, env });
		const { n8n, workers } = cluster;
		await n8n.signIn();
		const workflows = await mapInSequence(
			domains,
			async (domain) => await workflowFor(testBed, n8n.client, domain),
		);
		const executions = domains.map((): string[] => []);
		for (let part = 0; part < PARTS; part++) {
			for (const [run, id] of workflows.entries()) {
				executions[run].push(await n8n.client.startWorkflow(id, START));
			}
		}
		onWaiting();
		const ended = await mapInSequence(executions, async (ids) => await endsOf(n8n.client, ids));
		return await mapInSequence(domains, async (domain, run) => {
			const { records, names } = await testBed.sandbox.call('made', { domain, prefix: PREFIX });
			const { span } = await testBed.sandbox.call('traffic', domain);
			const used = workersThatRan(workers, executions[run]).length;
			const [failed, doubled] = [ITEMS - names, records - names];
			return { span, failed, doubled, workers: used, errors: ended[run] };
		});
	} finally {
		await cluster?.stop();
		await testBed.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Waits until executions end. @returns the error messages of those that failed */
async function endsOf(client: N8nClient, ids: readonly string[]): Promise<string[]> {
	const ends = await mapInSequence(ids, async (id) => await client.executionEnd(id));
	return ends
		.filter(({ status }) => status !== 'success')
		.map(({ status, data }) => data.resultData.error?.message ?? status);
}

/** Creates a workflow for an account. @returns its id */
async function workflowFor(testBed: TestBed, client: N8nClient, domain: string): Promise<string> {
	const { key } = await testBed.sandbox.call('account', domain);
	const data = { accountDomain: domain, apiKey: key };
	const made = await client.createCredential(domain, 'ahaApiKey', data);
	const releaseId = await testBed.sandbox.call('releaseId', domain);
	const credential: DemoCredential = { ...made, authentication: 'apiKey' };
	const { id } = await client.createWorkflow(
		createFeaturesWorkflow(domain, NAMES, releaseId, credential),
	);
	return id;
}
