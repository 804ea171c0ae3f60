import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Sandbox } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { RemoteProcess } from '../bench/remoteProcess';
import { ROOT } from '../runtime/places';
import type { Batch, BatchResult } from './batch';
import type { Finding } from './judge';
import { judge, spread, truthOf } from './judge';
import { BatchMaker, laneOf, useSpecialSecrets } from './lane';
import { Random } from './random';
import { nodeWithout, SAFETIES } from './safeties';
import { requestsWithSecrets } from './secrets';
import type { handlers } from './worker';

export interface CampaignOptions {
	readonly seed: number;
	readonly operations: number;
	/** Name of a safety to take out. */
	readonly without?: string;
}

export interface Found {
	readonly finding: Finding;
	/** The operation and its faults. */
	readonly about: string;
	/** The item and what the node gave for it. */
	readonly text: string;
}

export interface CampaignReport {
	readonly operations: number;
	readonly requests: number;
	readonly faults: number;
	readonly kills: number;
	readonly found: readonly Found[];
}

const WORKERS = 2;
const LANES_EACH = 8;

/** How many batches one of which ends with kill -9. */
const BATCHES_PER_KILL = 40;

/** Milliseconds that a batch may take. */
const BATCH_TIME = 150_000;

const NODE = join(ROOT, 'nodes/Aha/Aha.node.ts');

type Worker = RemoteProcess<typeof handlers>;

/** Runs the node against an account in which everything goes wrong at random. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
	const domains = Array.from({ length: WORKERS * LANES_EACH }, (_, index) => `campaign-${index}`);
	const sandbox = await startSandbox({ limits: null, domains });
	for (const domain of domains) useSpecialSecrets(sandbox.account(domain));
	const tested = options.without === undefined ? undefined : nodeWithout(options.without);
	try {
		const campaign = new Campaign(sandbox, options, tested?.node ?? NODE);
		await Promise.all(
			Array.from({ length: WORKERS }, async (_, index) => {
				await campaign.work(domains.slice(index * LANES_EACH, (index + 1) * LANES_EACH), index);
			}),
		);
		return campaign.report(domains);
	} finally {
		tested?.remove();
		await sandbox.stop();
	}
}

class Campaign {
	private readonly found: Found[] = [];
	private left: number;
	private batches = 0;
	private kills = 0;
	private faults = 0;

	constructor(
		private readonly sandbox: Sandbox,
		private readonly options: CampaignOptions,
		/** Path of the node's module. */
		private readonly node: string,
	) {
		this.left = options.operations;
	}

	/** Runs batches in some accounts with one process, which is replaced when it was killed. */
	async work(domains: readonly string[], index: number): Promise<void> {
		const { without } = this.options;
		const known = without === undefined ? undefined : SAFETIES[without].faults;
		const makers = domains.map((domain, lane) => {
			const seed = this.options.seed * 1_000 + index * LANES_EACH + lane;
			return new BatchMaker(this.sandbox.account(domain), new Random(seed), known);
		});
		const random = new Random(this.options.seed + index);
		while (this.left > 0) {
			const worker = await this.startWorker(domains);
			const state = { isKilled: false };
			await Promise.all(makers.map(async (maker) => await this.lane(maker, worker, state, random)));
			if (!state.isKilled) await worker.stop();
		}
	}

	report(domains: readonly string[]): CampaignReport {
		const requests = domains.flatMap((domain) => this.sandbox.account(domain).requests);
		for (const domain of domains) this.checkAccount(domain);
		for (const host of new Set(this.sandbox.refused))
			this.add('leaked', 'request to another host', host);
		const { found, faults, kills } = this;
		return { operations: this.options.operations, requests: requests.length, faults, kills, found };
	}

	private async startWorker(domains: readonly string[]): Promise<Worker> {
		const env = { NODE_EXTRA_CA_CERTS: this.sandbox.env.NODE_EXTRA_CA_CERTS };
		const worker: Worker = await RemoteProcess.start(join(__dirname, 'workerProcess.ts'), env);
		const lanes = domains.map((domain) => laneOf(this.sandbox.account(domain)));
		await worker.call('start', { env: this.sandbox.env, lanes, node: this.node });
		return worker;
	}

	private async lane(
		maker: BatchMaker,
		worker: Worker,
		state: { isKilled: boolean },
		random: Random,
	): Promise<void> {
		while (this.left > 0 && !state.isKilled) {
			const batch = maker.next(this.left);
			this.left -= batch.operations.length;
			this.batches++;
			const names = maker.faults(batch);
			const calm = maker.disturb(names, () => void this.faults++);
			const running = this.result(worker, batch);
			if (this.batches % BATCHES_PER_KILL === 0) {
				await sleep(100 + random.next() * 400);
				state.isKilled = true;
				this.kills++;
				await worker.kill();
			}
			const result = await running;
			calm();
			this.check(batch, names, state.isKilled ? 'killed' : result);
		}
	}

	private async result(worker: Worker, batch: Batch): Promise<BatchResult | 'hung' | 'gone'> {
		const late = new AbortController();
		const hung = sleep(BATCH_TIME, 'hung' as const, { signal: late.signal, ref: false });
		const result = worker.call('run', batch).catch(() => 'gone' as const);
		return await Promise.race([result, hung]).finally(() => {
			hung.catch(() => undefined);
			late.abort();
		});
	}

	private check(batch: Batch, names: string[], result: BatchResult | 'hung' | 'gone' | 'killed') {
		const about = `${batch.action} (${batch.authentication}) with ${names.join(', ')}`;
		if (result === 'hung' || result === 'gone') return this.add('hung', about, result);
		const truth = truthOf(this.sandbox.account(batch.domain));
		if (result === 'killed') {
			this.left += batch.operations.length;
			// n8n reports the execution as crashed, so that only doubles are left to find.
			for (const { name } of batch.operations)
				if (truth.count(name) > 1) this.add('doubled', `${about}, then kill -9`, name);
			return undefined;
		}
		for (const leak of result.leaks) this.add('leaked', about, leak);
		const items = spread(batch, result);
		for (const [index, operation] of batch.operations.entries()) {
			const finding = judge(batch, operation, items[index], truth);
			if (!finding) continue;
			const given = JSON.stringify(items[index])?.slice(0, 300) ?? 'nothing';
			this.add(finding, about, `${operation.name} gave ${given}`);
		}
		return undefined;
	}

	/** Checks what an account saw in all: URLs, hosts and refresh tokens. */
	private checkAccount(domain: string): void {
		const { requests, keys, app, tokens } = this.sandbox.account(domain);
		const secrets = [keys.owner, app.clientSecret, ...tokens.issued()];
		for (const { method, path } of requestsWithSecrets(requests, secrets))
			this.add('leaked', 'URL', `${method} ${path}`);
		if (tokens.reuses > 0) this.add('doubled', 'use of a refresh token', domain);
	}

	private add(finding: Finding, about: string, text: string): void {
		this.found.push({ finding, about, text });
	}
}
