import { UserError } from 'n8n-workflow';

/** The account's own name: one DNS label. `www` and `secure` are Aha!'s own pages. */
const NAME =
	'(?!(?:[Ww]{3}|[Ss][Ee][Cc][Uu][Rr][Ee])(?:[.\\s]|$))(?!..--)' +
	'[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
/** Accounts in some regions have one more label: `mycompany.use3.aha.io`. */
const REGION = '(?:\\.[A-Za-z]{1,62}[0-9])?';
const AHA = '\\.[Aa][Hh][Aa]\\.[Ii][Oo]';
const BLANKS = '(?:[ \\t\\n]|\\r\\n)*';

/**
 * What a person may type for an Aha! account; the first group is what comes before `.aha.io`. Accepts
 * `mycompany`, `mycompany.aha.io` and the URL of any page, with blanks around it. Whatever the input,
 * the host ends in `.aha.io`. The pattern has no flags because n8n's form conditions take none.
 */
export const ACCOUNT_DOMAIN_PATTERN =
	`^${BLANKS}(?:[Hh][Tt][Tt][Pp][Ss]?://(?=[A-Za-z0-9.-]+${AHA}(?:[/\\s]|$)))?` +
	`(${NAME}${REGION})` +
	`(?:${AHA}(?:/(?!/)[A-Za-z0-9_.~%&=+,:;?#/()[\\]{|}'!@$*-]*)?)?${BLANKS}$`;

/** What to enter instead. */
export const ACCOUNT_DOMAIN_HINT =
	'Enter the account domain from your browser, for example "mycompany" for https://mycompany.aha.io';

/**
 * The host of the account that a person typed, such as `mycompany.aha.io`.
 *
 * @param typed the account domain field of either credential
 * @throws UserError that says what to enter, when it does not name an account
 */
export function accountHost(typed: unknown): string {
	const match = typeof typed === 'string' ? typed.match(ACCOUNT_DOMAIN_PATTERN) : null;
	if (!match) throw new UserError(`The account domain is not valid. ${ACCOUNT_DOMAIN_HINT}`);
	return `${match[1].toLowerCase()}.aha.io`;
}

/** The match in JavaScript, for n8n's expressions, with the same pattern. */
const matchExpression = (fields: '$self' | '$credentials'): string =>
	`String(${fields}["accountDomain"]).match(${JSON.stringify(ACCOUNT_DOMAIN_PATTERN)})`;

/**
 * An expression for a hidden field of a credential: the account's host between two texts. It throws
 * when the account domain is not valid, which leaves the value undefined: n8n then says "Invalid
 * URL", and no request leaves.
 */
export const accountExpression = (before: string, after: string): string =>
	`={{ "${before}" + ${matchExpression('$self')}[1].toLowerCase() + ".aha.io${after}" }}`;

/**
 * The base URL of a credential's test. If the account domain is not valid, `authenticate` rejects the
 * request before it leaves.
 */
export const TESTED_URL_EXPRESSION = `=https://{{ (${matchExpression('$credentials')} ?? ["", ""])[1].toLowerCase() }}.aha.io/api/v1`;

/**
 * Rejects a request that would send the account's key to another host.
 *
 * @param url where the request goes, absolute or relative to `baseURL`
 * @throws UserError when it is not an https URL of the account's own host
 */
export function assertAccountUrl(host: string, url: string, baseURL?: string): void {
	const target = URL.canParse(url, baseURL) ? new URL(url, baseURL) : undefined;
	if (target?.protocol !== 'https:' || target.host !== host) {
		throw new UserError(`This Aha! credential only sends requests to https://${host}`);
	}
}
