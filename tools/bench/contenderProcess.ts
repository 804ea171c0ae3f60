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

/** One measurement of some work. */
export interface Measured {
	readonly milliseconds: number;
	/** Things that came out. */
	readonly results: number;
	/** Bytes on the heap, beyond what was there before. */
	readonly heap: { readonly peak: number; readonly results: number };
	/** Bytes of memory, beyond what was in use before; none where the system does not tell. */
	readonly resident?: number;
}

export type Sampling = 'all' | 'live';

/** In milliseconds. */
const SAMPLE_EVERY: Readonly<Record<Sampling, number>> = { all: 5, live: 100 };

const credential = { accountDomain: '', apiKey: '' };
let contenderName: ContenderName;
let n8n: Harness;
let run: () => Promise<unknown[]>;

const collect = () => globalThis.gc?.();
const heap = () => process.memoryUsage().heapUsed;

/** The most memory that was in use since the last reset, in bytes; Linux alone keeps count. */
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
	 * Does the work that was prepared.
	 *
	 * @param sampling of the heap: as it is, or without its garbage, which takes time
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
