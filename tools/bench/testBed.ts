import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Limits, SandboxOptions } from '../../sandbox';
import { profileOptions } from './profile';
import type { Account, handlers as sandboxHandlers } from './sandboxProcess';
import { RemoteProcess } from './remoteProcess';
import type { Work, ContenderName } from './work';
import type { Measured, Sampling, handlers as contenderHandlers } from './contenderProcess';

type SandboxProcess = RemoteProcess<typeof sandboxHandlers>;
type ContenderProcess = RemoteProcess<typeof contenderHandlers>;
type Env = Awaited<ReturnType<typeof sandboxHandlers.start>>;

/** Suffix of the accounts for warming up, so that the limits of the others stay untouched. */
const WARM_UP = 'warm';

/** A sandbox in its own process, and the processes that send requests to it. */
export class TestBed {
	private constructor(
		readonly sandbox: SandboxProcess,
		readonly env: Env,
	) {}

	/** @param domains of the accounts to measure; each gets another account for warming up */
	static async open(
		domains: readonly string[],
		options: { limits?: Limits | null; latency?: number } = {},
	): Promise<TestBed> {
		const sandbox: SandboxProcess = await RemoteProcess.start(
			join(__dirname, 'sandboxProcess.ts'),
			{},
			profileOptions('sandbox'),
		);
		const accounts = [...domains, ...domains.map((domain) => `${domain}-${WARM_UP}`)];
		const wanted: SandboxOptions = { ...options, domains: accounts };
		return new TestBed(sandbox, await sandbox.call('start', wanted));
	}

	/** Starts a contender in a new process and warms it up. */
	async contender(contenderName: ContenderName, domain: string, warmUp: Work): Promise<Contender> {
		const { HTTPS_PROXY, NODE_EXTRA_CA_CERTS, NO_PROXY } = this.env;
		const env = { NODE_EXTRA_CA_CERTS };
		const file = join(__dirname, 'contenderProcess.ts');
		const options = ['--expose-gc', ...profileOptions(contenderName)];
		const child: ContenderProcess = await RemoteProcess.start(file, env, options);
		await child.call('start', {
			contenderName,
			env: { HTTPS_PROXY, NODE_EXTRA_CA_CERTS, NO_PROXY },
		});
		const warm = await this.sandbox.call('account', `${domain}-${WARM_UP}`);
		await child.call('prepare', { work: warmUp, account: warm });
		await child.call('run', 'all');
		return new Contender(child, await this.sandbox.call('account', domain));
	}

	async close(): Promise<void> {
		await this.sandbox.stop();
	}
}

/** One of those that are compared, in its own process. */
export class Contender {
	constructor(
		private readonly child: ContenderProcess,
		readonly account: Account,
	) {}

	/** Does the work once and measures it. */
	async do(work: Work, sampling: Sampling = 'all'): Promise<Measured> {
		await this.child.call('prepare', { work, account: this.account });
		return await this.child.call('run', sampling);
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}

/** Milliseconds between the starts of concurrent tasks. */
const STAGGER = 170;

/**
 * Runs tasks that mostly wait concurrently. Their starts are staggered so that their bursts do not
 * coincide.
 */
export async function mapStaggered<T, R>(
	things: readonly T[],
	task: (thing: T, index: number) => Promise<R>,
): Promise<R[]> {
	return await Promise.all(
		things.map(async (thing, index) => {
			await sleep(index * STAGGER);
			return await task(thing, index);
		}),
	);
}

/** Runs tasks one after another. */
export async function mapInSequence<T, R>(
	things: readonly T[],
	task: (thing: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	for (const [index, thing] of things.entries()) results.push(await task(thing, index));
	return results;
}
