import fc from 'fast-check';

/** Hosts of others, in the forms that a URL parser may know. */
const HOSTS = [
	'evil.example',
	'othercompany.aha.io',
	'www.aha.io',
	'aha.io',
	'mycompany.aha.io.evil.example',
	'mycompany-aha.io',
	'mycompany.aha.com',
	'127.0.0.1',
	'127.0.0.1:8443',
	'2130706433',
	'[::1]',
	'169.254.169.254',
	'evil。example',
];

/** How an address can lead to another host than it seems to. */
const WAYS: ReadonlyArray<(host: string) => string> = [
	(host) => host,
	(host) => `https://${host}`,
	(host) => `http://${host}/api/v1/me`,
	(host) => `https://${host}/api/v1/features/PRJ1-1`,
	(host) => `HTTPS://${host}/features/PRJ1-1`,
	(host) => `//${host}/api/v1/me`,
	(host) => `///${host}/api/v1/me`,
	(host) => `\\\\${host}\\api\\v1`,
	(host) => `/\\${host}/api/v1/me`,
	(host) => `https:${host}`,
	(host) => `https:/${host}`,
	(host) => `https:\\\\${host}`,
	(host) => `ftp://${host}/`,
	(host) => `wss://${host}/`,
	(host) => `file://${host}/etc/passwd`,
	(host) => `javascript:fetch("https://${host}")`,
	(host) => `data:text/html,https://${host}`,
	(host) => `https://mycompany.aha.io@${host}/`,
	(host) => `https://mycompany.aha.io:secret@${host}/api/v1/me`,
	(host) => `https://mycompany.aha.io%2F@${host}/`,
	(host) => `https://mycompany.aha.io\\@${host}/`,
	(host) => `https://${host}\\@mycompany.aha.io/`,
	(host) => `https://${host}#mycompany.aha.io/`,
	(host) => `https://${host}?mycompany.aha.io/`,
	(host) => `https://${host}/mycompany.aha.io/features/PRJ1-1`,
	(host) => `@${host}`,
	(host) => `:443@${host}/`,
	(host) => `.${host}`,
	(host) => `/@${host}`,
	(host) => `/..//${host}/`,
	(host) => `/%2f%2f${host}`,
	(host) => `/%5c%5c${host}`,
	(host) => `\thttps://${host}`,
	(host) => `ht\ntps://${host}`,
	(host) => `\u0000https://${host}`,
	(host) => `mycompany\r\nHost: ${host}`,
	(host) => `/me HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
	(host) => `mycompany.aha.io/\u2028https://${host}`,
	(host) => `{{ "https://${host}" }}`,
];

/** Paths that lead out of where they belong. */
const PATHS = [
	'.',
	'..',
	'%2e%2e',
	'../../oauth/token',
	'/../../oauth/token',
	'/%2e%2e/%2e%2e/oauth/token',
	'/features/../../../oauth/token',
	'features/..%2f..%2f..%2foauth/token',
	'..\\..\\oauth\\token',
	'/;/oauth/token',
	'/\u0000/me',
	'?access_token=1',
	'#/oauth/token',
	'/api/v2/graphql',
];

/** Any text, and mixtures of what has a meaning in an address. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.webUrl({ withQueryParameters: true, withFragments: true }),
	fc
		.array(
			fc.constantFrom('/', '\\', '..', '.', '@', ':', '#', '?', '%2e', '%2f', 'evil.example'),
			{
				minLength: 2,
				maxLength: 9,
			},
		)
		.map((parts) => parts.join('')),
);

/** At least 500 different values that should lead nowhere but to the account. */
export const HOSTILE_ADDRESSES: readonly string[] = [
	...new Set([
		...HOSTS.flatMap((host) => WAYS.map((way) => way(host))),
		...PATHS,
		...fc.sample(anyText, { numRuns: 150, seed: 12 }),
	]),
];
