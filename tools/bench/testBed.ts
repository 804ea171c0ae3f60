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

/** An account whose limits are used up by nothing that is measured. */
const WARM_UP = 'warm';

/** A sandbox in a process of its own, and the processes that work on it. */
export class TestBed {
	private constructor(
		readonly sandbox: SandboxProcess,
		readonly env: Env,
	) {}

	/** @param domains of the accounts that are measured; one more is there for warming up */
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

	/** Starts someone who does the work, in a fresh process, and lets them do some of it before. */
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

/** One who does the work, in a process of its own. */
export class Contender {
	constructor(
		private readonly child: ContenderProcess,
		readonly account: Account,
	) {}

	/** Does the work, once, and measures it. */
	async do(work: Work, sampling: Sampling = 'all'): Promise<Measured> {
		await this.child.call('prepare', { work, account: this.account });
		return await this.child.call('run', sampling);
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}

/** Milliseconds between the starts of those that run at the same time. */
const STAGGER = 170;

/**
 * Does things at the same time that mostly wait, each beginning a little after the one before so
 * that their bursts do not fall together.
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

/** Does things one after another. */
export async function mapInSequence<T, R>(
	things: readonly T[],
	task: (thing: T, index: number) => Promise<R>,
): Promise<R[]> {
	const results: R[] = [];
	for (const [index, thing] of things.entries()) results.push(await task(thing, index));
	return results;
}
