import { createHash } from 'node:crypto';

import type { Store } from './api';
import { createStore } from './api';
import type { FaultRule } from './faults';
import { Faults } from './faults';
import type { Limits } from './limits';
import { Limiter } from './limits';
import type { OAuthApp, TokenControls } from './oauth/grants';
import { Grants } from './oauth/grants';
import type { WebhookOptions } from './webhooks';
import { deliverAudits } from './webhooks';

/** One request that reached the account, in the order of arrival. */
export interface LoggedRequest {
	readonly method: string;
	readonly path: string;
	readonly query: Record<string, string>;
	/** 0 while there is no answer, or where there never was one. */
	status: number;
	/** In milliseconds. */
	readonly at: number;
	/** The key or token that it carried, as `digestOf` it. */
	token?: string;
}

/** How a log names a key or token without giving it away. */
export const digestOf = (secret: string): string =>
	createHash('sha256').update(secret).digest('hex').slice(0, 16);

/** One account of the simulated Aha!, apart from all others in everything. */
export interface SandboxAccount {
	readonly domain: string;
	readonly host: string;
	/** Signs in on the OAuth2 pages. */
	readonly person: { email: string; password: string; name: string };
	/** API keys: of a user who may do all, of one who may only read, and one that was revoked. */
	readonly keys: { owner: string; readOnly: string; revoked: string };
	readonly app: OAuthApp;
	readonly requests: LoggedRequest[];
	readonly tokens: TokenControls;
	/** Takes back one API key. */
	revokeKey(key: string): void;
	/**
	 * Makes requests fail.
	 *
	 * @returns what takes the rule back
	 */
	fault(rule: FaultRule): () => void;
	/** The account's records. */
	readonly store: Store;
	/**
	 * Sends every new entry of the audit log to an address, as an activity webhook does.
	 *
	 * @param target an address of this machine
	 * @returns what ends it
	 */
	webhooks(target: string, options?: WebhookOptions): () => void;
}

/** Who signed a request. */
export interface SignedIn {
	readonly email: string;
	readonly mayWrite: boolean;
}

/** An account with what the server needs of it. */
export class Account implements SandboxAccount {
	readonly host: string;

	readonly person: SandboxAccount['person'];

	readonly keys: SandboxAccount['keys'];

	readonly app: OAuthApp;

	readonly requests: LoggedRequest[] = [];

	readonly tokens: Grants;

	readonly faults = new Faults();

	readonly limiter: Limiter | undefined;

	/** The random names of the browsers that signed in. */
	readonly sessions = new Set<string>();

	private readonly revokedKeys: Set<string>;

	private readonly cleanups = new Set<() => void>();

	private records: Store | undefined;

	constructor(
		readonly domain: string,
		limits: Limits | null,
	) {
		this.host = `${domain}.aha.io`;
		this.person = {
			email: `owner@${domain}.example`,
			password: `sandbox-password-${domain}`,
			name: 'George Gently',
		};
		this.keys = {
			owner: `sandbox-key-owner-${domain}`,
			readOnly: `sandbox-key-reader-${domain}`,
			revoked: `sandbox-key-revoked-${domain}`,
		};
		this.app = {
			clientId: `sandbox-client-${domain}`,
			clientSecret: `sandbox-secret-${domain}`,
			redirectUris: [],
		};
		this.tokens = new Grants(this.app);
		this.limiter = limits ? new Limiter(limits) : undefined;
		this.revokedKeys = new Set([this.keys.revoked]);
	}

	/** Seeded when it is first asked for. */
	get store(): Store {
		return (this.records ??= createStore(this.domain));
	}

	/** The user of a key or token; undefined when the account does not accept it. */
	userOf(secret: string): SignedIn | undefined {
		if (this.tokens.isAccessToken(secret)) return this.owner(true);
		if (this.revokedKeys.has(secret)) return undefined;
		if (secret === this.keys.owner) return this.owner(true);
		if (secret === this.keys.readOnly) return this.owner(false);
		return undefined;
	}

	revokeKey(key: string): void {
		this.revokedKeys.add(key);
	}

	fault(rule: FaultRule): () => void {
		return this.faults.add(rule);
	}

	webhooks(target: string, options: WebhookOptions = {}): () => void {
		const end = deliverAudits(this.store, target, options);
		this.cleanups.add(end);
		return end;
	}

	/** Ends what runs by itself. */
	stop(): void {
		for (const end of this.cleanups) end();
	}

	private owner(mayWrite: boolean): SignedIn {
		return { email: this.person.email, mayWrite };
	}
}
