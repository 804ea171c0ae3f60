import type { IDataObject } from 'n8n-workflow';

import { isObject } from './json';
import type { AhaRequest, AhaResponse } from './types';
import { isStream } from './types';

const NO_CONTENT = 204;

/** Whether a response of success has what the request asks for: JSON, or a file. */
export function isReadable(request: AhaRequest, { status, body }: AhaResponse): boolean {
	if (request.asFile || status === NO_CONTENT) return true;
	if (body === undefined || body === '') return request.mayBeEmpty === true;
	if (Array.isArray(body)) return true;
	if (!isObject(body)) return false;
	if (request.base === GRAPHQL_BASE) return isFilled(body.data) || isFilled(body.errors);
	return request.returns === undefined || isFailure(request, body) || holdsRecord(body);
}

/** Start of the path of GraphQL, which responds in its own form. */
const GRAPHQL_BASE = '/api/v2';

const isFilled = (value: unknown): boolean => typeof value === 'object' && value !== null;

const holdsRecord = (body: IDataObject): boolean =>
	body.id !== undefined || Object.values(body).some(isFilled);

/** Keys of a body that only says what went wrong. */
const FAILURE_KEYS = new Set(['error', 'errors', 'message', 'status']);

/** Whether GraphQL says what went wrong, at the top of a body or in the result of a mutation. */
export const hasErrors = ({ base }: AhaRequest, body: unknown): boolean =>
	base === GRAPHQL_BASE &&
	isObject(body) &&
	[body, ...Object.values(isObject(body.data) ? body.data : {})].some(
		(part) => isObject(part) && isFilled(part.errors),
	);

/**
 * Whether a body only says what went wrong, although the status is one of success. GraphQL always
 * responds so, and its handlers read the errors.
 */
export const isFailure = ({ base }: AhaRequest, body: unknown): boolean =>
	base === undefined &&
	isObject(body) &&
	(body.error !== undefined || body.errors !== undefined) &&
	Object.keys(body).every((key) => FAILURE_KEYS.has(key));

/** What replaces a secret. */
const HIDDEN = '***';

/** A key or token in a text that repeats the Authorization header. */
const BEARER = /\b(Bearer +)[\w.~+/=-]{16,}/gi;

/** A body without the secrets that a server may repeat in its message, plain or encoded. */
export function withoutSecrets(body: unknown, secrets: readonly string[]): unknown {
	if (body === undefined || isStream(body)) return body;
	const forms = secrets.flatMap((secret) => [
		JSON.stringify(secret).slice(1, -1),
		encodeURIComponent(secret),
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	]);
	const clean = forms.reduce((text, form) => text.replaceAll(form, HIDDEN), JSON.stringify(body));
	return JSON.parse(clean.replace(BEARER, `$1${HIDDEN}`)) as unknown;
}
