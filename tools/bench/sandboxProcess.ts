import type { Sandbox, SandboxAccount, SandboxOptions } from '../../sandbox';
import { startSandbox } from '../../sandbox';
import { serve } from './remoteProcess';

/** What other processes need to use an account. */
export interface Account {
	readonly domain: string;
	readonly key: string;
}

/** The requests that reached an account. */
export interface Traffic {
	readonly requests: number;
	/** When the first one arrived, in milliseconds since 1970. */
	readonly start: number;
	/** Milliseconds between the first and the last. */
	readonly span: number;
}

let sandbox: Sandbox;

const account = (domain: string): SandboxAccount => sandbox.account(domain);

const featuresOf = (domain: string) => [...account(domain).store.all('feature')];

export const handlers = {
	start: async (options: SandboxOptions) => {
		sandbox = await startSandbox(options);
		return sandbox.env;
	},
	account: (domain: string): Account => ({ domain, key: account(domain).keys.owner }),
	/** Adds features until an account has this many. */
	seed: ({ domain, features }: { domain: string; features: number }) => {
		const { store } = account(domain);
		store.seedFeatures(features - store.count('feature'));
	},
	featureIds: (domain: string): string[] => featuresOf(domain).map(({ id }) => id),
	releaseId: (domain: string): string => {
		const [release] = account(domain).store.all('release');
		return release.id;
	},
	/** Counts the features with a prefix, and their different names. */
	made: ({ domain, prefix }: { domain: string; prefix: string }) => {
		const names = featuresOf(domain)
			.map(({ data }) => String(data.name))
			.filter((name) => name.startsWith(prefix));
		return { records: names.length, names: new Set(names).size };
	},
	/** Refuses every nth request without carrying it out. */
	storm: ({ domain, every }: { domain: string; every: number }) => {
		account(domain).fault({ kind: 'status', status: 429, every });
	},
	traffic: (domain: string): Traffic => {
		const { requests } = account(domain);
		const start = requests[0]?.at ?? 0;
		return { requests: requests.length, start, span: (requests.at(-1)?.at ?? 0) - start };
	},
};

serve(handlers);
