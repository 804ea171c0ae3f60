import { readFileSync, writeFileSync } from 'node:fs';

import type { Harness } from '../harness';
import { harness } from '../harness';
import type { NetworkEnv } from '../harness/network';
import type { Account } from './sandboxProcess';
import { serve } from './remoteProcess';
import type { Work, ContenderName } from './work';
import { nodeOf, prepare } from './work';

interface Setup {
	readonly contenderName: ContenderName;
	readonly env: NetworkEnv;
}

/** A measurement. */
export interface Measured {
	readonly milliseconds: number;
	/** Number of results. */
	readonly results: number;
	/** Bytes on the heap, in addition to those before the work. */
	readonly heap: { readonly peak: number; readonly results: number };
	/** Peak of resident memory in bytes, in addition to that before the work. Only known on Linux. */
	readonly resident?: number;
}

export type Sampling = 'all' | 'live';

/** Interval in milliseconds. */
const SAMPLE_EVERY: Readonly<Record<Sampling, number>> = { all: 5, live: 100 };

const credential = { accountDomain: '', apiKey: '' };
let contenderName: ContenderName;
let n8n: Harness;
let run: () => Promise<unknown[]>;

const collect = () => globalThis.gc?.();
const heap = () => process.memoryUsage().heapUsed;

/** Peak of resident memory since the last reset, in bytes. Only known on Linux. */
function residentPeak(): number | undefined {
	if (process.platform !== 'linux') return undefined;
	const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return Number(kilobytes) * 1024;
}

const resetResidentPeak = () => {
	if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
};

export const handlers = {
	start: async (setup: Setup) => {
		({ contenderName } = setup);
		const node = nodeOf(contenderName);
		n8n = await harness({ env: setup.env, credentials: { ahaApiKey: credential }, node });
	},
	prepare: ({ work, account }: { work: Work; account: Account }) => {
		Object.assign(credential, { accountDomain: account.domain, apiKey: account.key });
		run = prepare(contenderName, work, account, n8n);
	},
	/**
	 * Does the prepared work and measures it.
	 *
	 * @param sampling of the heap: `live` collects garbage before each sample, which slows the work down
	 */
	run: async (sampling: Sampling): Promise<Measured> => {
		collect();
		resetResidentPeak();
		const base = heap();
		const residentBase = process.memoryUsage.rss();
		let peak = base;
		const sample = () => {
			if (sampling === 'live') collect();
			peak = Math.max(peak, heap());
		};
		const timer = setInterval(sample, SAMPLE_EVERY[sampling]);
		const begun = performance.now();
		const results = await run();
		const milliseconds = performance.now() - begun;
		clearInterval(timer);
		sample();
		const resident = residentPeak();
		collect();
		return {
			milliseconds,
			results: results.length,
			heap: { peak: peak - base, results: heap() - base },
			...(resident !== undefined && { resident: resident - residentBase }),
		};
	},
};

serve(handlers);
