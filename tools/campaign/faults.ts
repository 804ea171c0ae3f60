import type { FaultRule, FaultyRequest } from '../../sandbox';

/** A host that no request may reach. */
export const OTHER_HOST = 'othercompany.example';

type Fault = (request: FaultyRequest) => FaultRule;

const status = (code: number, headers?: Record<string, string>): Fault => {
	return () => ({ kind: 'status', status: code, headers });
};

/** A refusal with a value of Retry-After. */
const refusal = (value: string): Fault => status(429, { 'Retry-After': value });

const redirect = (code: number, location: string): Fault => status(code, { Location: location });

/** A proxy that repeats the request's own header in its error. */
const echo =
	(code: number): Fault =>
	({ secret = '' }) => ({
		kind: 'status',
		status: code,
		body: JSON.stringify({ errors: { message: `Bearer ${secret} was not accepted` } }),
	});

const SECOND = 1_000;

const dateIn = (seconds: number): Fault => {
	return (request) => refusal(new Date(Date.now() + seconds * SECOND).toUTCString())(request);
};

/** The fault after the request was carried out. */
const after = (fault: Fault): Fault => {
	return (request) => ({ ...fault(request), before: false });
};

const reset: Fault = () => ({ kind: 'reset' });
const html = (code: number): Fault => {
	return () => ({ kind: 'html', status: code });
};
const empty: Fault = () => ({ kind: 'empty' });

/** What can go wrong with a request, by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
	'429 without Retry-After': status(429),
	'429 for 0 s': refusal('0'),
	'429 for 1 s': refusal('1'),
	'429 for -5 s': refusal('-5'),
	'429 for a fraction': refusal('0.3'),
	'429 until a past date': dateIn(-60),
	'429 until a date': dateIn(1),
	'429 for no number': refusal('soon'),
	'500 before': status(500),
	'500 after': after(status(500)),
	'502 before': html(502),
	'502 after': after(html(502)),
	'503 with Retry-After': status(503, { 'Retry-After': '1' }),
	'504 after': after(status(504)),
	'reset before': reset,
	'reset after': after(reset),
	slow: () => ({ kind: 'slow', delay: 400 }),
	cut: () => ({ kind: 'cut' }),
	'damaged gzip': () => ({ kind: 'gzip' }),
	'200 HTML before': html(200),
	'200 HTML after': after(html(200)),
	'200 empty before': empty,
	'200 empty after': after(empty),
	'302 to another host': redirect(302, `https://${OTHER_HOST}/api/v1/me`),
	'307 to another host': redirect(307, `https://${OTHER_HOST}/api/v1/features`),
	'308 to another scheme': redirect(308, `http://${OTHER_HOST}/`),
	'401': status(401),
	'403': status(403),
	'400 that repeats the key': echo(400),
	'500 that repeats the key': echo(500),
};

/** An access token that expires. Only for OAuth2. */
export const EXPIRY = 'expired token';
