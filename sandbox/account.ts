import { createHash } from 'node:crypto';

import type { Store } from './api';
import { createStore } from './api';
import type { FaultRule, FaultSource } from './faults';
import { Faults } from './faults';
import type { Limits } from './limits';
import { Limiter } from './limits';
import type { OAuthApp, TokenControls } from './oauth/grants';
import { Grants } from './oauth/grants';
import type { WebhookOptions } from './webhooks';
import { deliverAudits } from './webhooks';

/** A request that reached the account. */
export interface LoggedRequest {
	readonly method: string;
	readonly path: string;
	readonly query: Record<string, string>;
	/** 0 until a response is sent. */
	status: number;
	/** When it arrived, in milliseconds since 1970. */
	readonly at: number;
	/** The digest of its key or token, see `digestOf`. */
	token?: string;
}

/** Identifies a key or token in a log without revealing it. */
export const digestOf = (secret: string): string =>
	createHash('sha256').update(secret).digest('hex').slice(0, 16);

/** An account of the simulated Aha!. It shares nothing with other accounts. */
export interface SandboxAccount {
	readonly domain: string;
	readonly host: string;
	/** The user who can sign in on the OAuth2 pages. */
	readonly person: { email: string; password: string; name: string };
	/** API keys: one with all permissions, one that can only read, one that is revoked. */
	readonly keys: { owner: string; readOnly: string; revoked: string };
	readonly app: OAuthApp;
	/** In the order of arrival. */
	readonly requests: LoggedRequest[];
	readonly tokens: TokenControls;
	/** Revokes one API key. */
	revokeKey(key: string): void;
	/**
	 * Makes requests fail.
	 *
	 * @returns removes the rule
	 */
	fault(rule: FaultRule | FaultSource): () => void;
	/** The account's records. */
	readonly store: Store;
	/**
	 * Sends each new entry of the audit log to a URL, as an activity webhook does.
	 *
	 * @param target a URL on this machine
	 * @returns stops it
	 */
	webhooks(target: string, options?: WebhookOptions): () => void;
}

/** The user of a key or token. */
export interface SignedIn {
	readonly email: string;
	readonly mayWrite: boolean;
}

/** The account as the server sees it. */
export class Account implements SandboxAccount {
	readonly host: string;

	readonly person: SandboxAccount['person'];

	readonly keys: SandboxAccount['keys'];

	readonly app: OAuthApp;

	readonly requests: LoggedRequest[] = [];

	readonly tokens: Grants;

	readonly faults = new Faults();

	readonly limiter: Limiter | undefined;

	/** Session ids of the browsers that are signed in. */
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

	/** Seeded on first use. */
	get store(): Store {
		return (this.records ??= createStore(this.domain));
	}

	/** @returns undefined when the account does not accept the key or token */
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

	fault(rule: FaultRule | FaultSource): () => void {
		return this.faults.add(rule);
	}

	webhooks(target: string, options: WebhookOptions = {}): () => void {
		const end = deliverAudits(this.store, target, options);
		this.cleanups.add(end);
		return end;
	}

	/** Stops all webhooks. */
	stop(): void {
		for (const end of this.cleanups) end();
	}

	private owner(mayWrite: boolean): SignedIn {
		return { email: this.person.email, mayWrite };
	}
}
