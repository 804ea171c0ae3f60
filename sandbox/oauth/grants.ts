import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';

/** An application that is registered in an account. */
export interface OAuthApp {
	readonly clientId: string;
	readonly clientSecret: string;
	/** Compared exactly; tests add theirs. */
	readonly redirectUris: string[];
}

/** What tests can change and read. */
export interface TokenControls {
	/** Expires all access tokens issued so far. */
	expireAccess(): void;
	/** Lifetime of new access tokens in seconds; Infinity by default. */
	lifetime: number;
	/** Whether each refresh token can be used once and is replaced by a new one. */
	rotateRefresh: boolean;
	/** Revokes all tokens, as a user can do in Aha!'s settings. */
	revokeAll(): void;
	/** How many times an access token was refreshed. */
	refreshes: number;
	/** How many times a refresh token was sent that had been used. */
	reuses: number;
	/** All access and refresh tokens issued so far. */
	issued(): string[];
}

/** An error response of the token endpoint. `code` is one of RFC 6749, section 5.2. */
export class GrantError extends Error {
	constructor(
		readonly code:
			'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type',
		message: string,
	) {
		super(message);
	}
}

/** All tokens that go back to one consent. They are revoked together. */
interface TokenFamily {
	revoked: boolean;
	readonly scope: string;
}

interface Code {
	readonly family: TokenFamily;
	readonly redirectUri: string;
	readonly expires: number;
	used: boolean;
}

/** In milliseconds. */
const CODE_LIFETIME = 600_000;

export type Form = Readonly<Record<string, string | undefined>>;

/** The authorization codes, access tokens and refresh tokens of an account. */
export class Grants implements TokenControls {
	lifetime = Infinity;

	rotateRefresh = true;

	refreshes = 0;

	reuses = 0;

	private readonly codes = new Map<string, Code>();

	private readonly accessTokens = new Map<string, { family: TokenFamily; expires: number }>();

	private readonly refreshTokens = new Map<string, { family: TokenFamily; used: boolean }>();

	constructor(readonly app: OAuthApp) {}

	/** Issues the authorization code for a consent. */
	issueCode(redirectUri: string, scope: string): string {
		const code = newSecret('code');
		const family = { revoked: false, scope };
		this.codes.set(code, { family, redirectUri, expires: Date.now() + CODE_LIFETIME, used: false });
		return code;
	}

	/** Whether an access token is valid. */
	isAccessToken(token: string): boolean {
		const known = this.accessTokens.get(token);
		return known !== undefined && !known.family.revoked && known.expires > Date.now();
	}

	/**
	 * Handles a request to the token endpoint.
	 *
	 * @throws GrantError
	 */
	exchange(form: Form): Record<string, string | number> {
		this.checkClient(form);
		if (form.grant_type === 'authorization_code') return this.exchangeCode(form);
		if (form.grant_type === 'refresh_token') return this.refresh(form);
		if (!form.grant_type) throw new GrantError('invalid_request', 'grant_type is missing');
		throw new GrantError('unsupported_grant_type', 'This grant type is not supported');
	}

	/**
	 * Revokes a token and all others of the same consent. Unknown tokens are ignored (RFC 7009).
	 *
	 * @throws GrantError when the client id or secret is wrong
	 */
	revoke(form: Form): void {
		this.checkClient(form);
		const token = form.token ?? '';
		const known = this.accessTokens.get(token) ?? this.refreshTokens.get(token);
		if (known) known.family.revoked = true;
	}

	expireAccess(): void {
		for (const token of this.accessTokens.values()) token.expires = 0;
	}

	issued(): string[] {
		return [...this.accessTokens.keys(), ...this.refreshTokens.keys()];
	}

	revokeAll(): void {
		for (const { family } of [...this.codes.values(), ...this.refreshTokens.values()]) {
			family.revoked = true;
		}
	}

	private checkClient({ client_id: id = '', client_secret: secret = '' }: Form): void {
		if (!isSameSecret(id, this.app.clientId) || !isSameSecret(secret, this.app.clientSecret)) {
			throw new GrantError('invalid_client', 'The client ID or the client secret is wrong');
		}
	}

	private exchangeCode({ code = '', redirect_uri: redirectUri }: Form) {
		const known = this.codes.get(code);
		if (known?.used) known.family.revoked = true;
		if (!known || known.used || known.expires <= Date.now() || known.family.revoked) {
			throw new GrantError('invalid_grant', 'The code is unknown, was used before or has expired');
		}
		if (redirectUri !== known.redirectUri) {
			throw new GrantError('invalid_grant', 'The redirect URI is not the one that was authorized');
		}
		known.used = true;
		return this.issueTokens(known.family, this.issueRefresh(known.family));
	}

	private refresh({ refresh_token: token = '' }: Form) {
		const known = this.refreshTokens.get(token);
		if (known?.used) {
			this.reuses++;
			// It means that the token was stolen, so all tokens of the consent are revoked.
			known.family.revoked = true;
		}
		if (!known || known.family.revoked) {
			throw new GrantError(
				'invalid_grant',
				'The refresh token is unknown, was used or was revoked',
			);
		}
		this.refreshes++;
		known.used = this.rotateRefresh;
		return this.issueTokens(known.family, known.used ? this.issueRefresh(known.family) : token);
	}

	private issueRefresh(family: TokenFamily): string {
		const token = newSecret('refresh');
		this.refreshTokens.set(token, { family, used: false });
		return token;
	}

	private issueTokens(family: TokenFamily, refreshToken: string): Record<string, string | number> {
		const token = newSecret('access');
		this.accessTokens.set(token, { family, expires: Date.now() + this.lifetime * 1_000 });
		return {
			access_token: token,
			token_type: 'Bearer',
			...(Number.isFinite(this.lifetime) && { expires_in: this.lifetime }),
			refresh_token: refreshToken,
			...(family.scope !== '' && { scope: family.scope }),
			created_at: Math.floor(Date.now() / 1_000),
		};
	}
}

const newSecret = (kind: string): string => `sandbox-${kind}-${randomBytes(24).toString('hex')}`;

/** Compares two secrets in constant time. */
export const isSameSecret = (given: string, secret: string): boolean =>
	timingSafeEqual(sha256(given), sha256(secret));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
