import type { IDataObject } from 'n8n-workflow';

import type { FaultRule, FaultyRequest, SandboxAccount } from '../../sandbox';
import type { Grants } from '../../sandbox/oauth/grants';
import type { Action, Batch, Operation } from './batch';
import { EXPIRY, FAULTS } from './faults';
import type { Random } from './random';
import type { Lane } from './worker';

/** How many of the requests of a batch fail. */
const FAULT_RATE = 0.25;

/** How often each action comes. */
const MIX: readonly Action[] = [
	...Array<Action>(8).fill('create'),
	...Array<Action>(4).fill('get'),
	...Array<Action>(4).fill('update'),
	...Array<Action>(3).fill('delete'),
	'list',
];

const BATCH_SIZE = 50;
const LISTS = 5;

const CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';

/** What n8n keeps after a person let it in. */
function signIn({ app, tokens }: SandboxAccount): IDataObject {
	const { clientId, clientSecret, redirectUris } = app;
	if (!redirectUris.includes(CALLBACK)) redirectUris.push(CALLBACK);
	const grants = tokens as Grants;
	return grants.exchange({
		grant_type: 'authorization_code',
		client_id: clientId,
		client_secret: clientSecret,
		redirect_uri: CALLBACK,
		code: grants.issueCode(CALLBACK, ''),
	});
}

/** Gives an account secrets that look different in a URL, in JSON and in a form. */
export function useSpecialSecrets({ keys, app }: SandboxAccount): void {
	const special = '+/="\\%&';
	keys.owner += special;
	Object.assign(app, { clientSecret: `${app.clientSecret} ${special}` });
}

export function laneOf(account: SandboxAccount): Lane {
	const { domain, keys, app } = account;
	const { clientId, clientSecret } = app;
	return {
		domain,
		credentials: {
			ahaApiKey: { accountDomain: domain, apiKey: keys.owner },
			ahaOAuth2Api: {
				accountDomain: domain,
				clientId,
				clientSecret,
				oauthTokenData: signIn(account) as never,
			},
		},
	};
}

/** Whether a fault may meet a request of n8n for a token. */
function isForTokens({ kind, before, status = 0 }: FaultRule): boolean {
	// n8n itself sends it and follows redirects; no setting of a node or credential prevents that.
	if (status >= 300 && status < 400) return false;
	// Nobody can go on after a new refresh token got lost on its way.
	return before !== false && kind !== 'cut' && kind !== 'gzip';
}

/** Makes the batches of an account, and the faults that they meet. */
export class BatchMaker {
	private readonly unused: string[];
	private readonly releaseId: string;
	/** Its own numbers, so that the order in which requests arrive changes no batch. */
	private readonly chance: Random;
	private count = 0;

	constructor(
		private readonly account: SandboxAccount,
		private readonly random: Random,
		/** Names of all faults that may come; every known one by default. */
		private readonly known: readonly string[] = [...Object.keys(FAULTS), EXPIRY, EXPIRY, EXPIRY],
	) {
		this.chance = random.fork();
		const { store } = account;
		store.seedFeatures(500);
		this.unused = [...store.all('feature')].map(({ id }) => id);
		[{ id: this.releaseId }] = store.all('release');
	}

	/** @param most how many operations it may have */
	next(most: number): Batch {
		const wanted = this.random.pick(MIX);
		const needsRecords = wanted === 'update' || wanted === 'delete';
		const action = needsRecords && this.unused.length < 2 * BATCH_SIZE ? 'create' : wanted;
		const size = Math.min(most, action === 'list' ? LISTS : BATCH_SIZE);
		return {
			domain: this.account.domain,
			authentication: this.random.isTrue(0.5) ? 'oAuth2' : 'apiKey',
			action,
			operations: Array.from({ length: size }, () => this.operation(action)),
			releaseId: this.releaseId,
		};
	}

	/** The names of the faults of a batch, one to three. */
	faults({ authentication }: Batch): string[] {
		const all = this.known.filter((name) => name !== EXPIRY || authentication === 'oAuth2');
		const count = this.random.pick([1, 1, 2, 3]);
		return [...new Set(Array.from({ length: count }, () => this.random.pick(all)))];
	}

	/** Makes requests fail, and counts them. @returns ends it */
	disturb(names: readonly string[], onFault: () => void): () => void {
		return this.account.fault((request) => {
			const fault = this.faultOf(names, request);
			if (fault) onFault();
			return fault;
		});
	}

	private faultOf(names: readonly string[], request: FaultyRequest): FaultRule | undefined {
		if (!this.chance.isTrue(FAULT_RATE)) return undefined;
		const name = this.chance.pick(names);
		if (name === EXPIRY) {
			if (request.path.startsWith('/api/') && this.chance.isTrue(0.2))
				this.account.tokens.expireAccess();
			return undefined;
		}
		const fault = FAULTS[name](request);
		return request.path.startsWith('/api/') || isForTokens(fault) ? fault : undefined;
	}

	private operation(action: Action): Operation {
		const name = `${this.account.domain} ${++this.count}`;
		if (action === 'create' || action === 'list') return { name };
		if (action === 'get') return { name, id: this.unused[0] };
		return { name, id: this.unused.pop() };
	}
}
