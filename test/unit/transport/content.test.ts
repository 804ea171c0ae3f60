import { Readable } from 'node:stream';

import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { connect } from '../../../nodes/Aha/transport/client';
import { hasErrors, isReadable, withoutSecrets } from '../../../nodes/Aha/transport/content';
import type { AhaContext } from '../../../nodes/Aha/transport/credential';
import type { AhaRequest } from '../../../nodes/Aha/transport/types';
import { played } from './fakeTime';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

type Reply = { status?: number; headers?: IDataObject; body?: unknown } | Error;

const KEY = 'sandbox key/+"unit"';
let accounts = 0;

/** A context in which each request gets the next reply, the last one again and again. */
function contextWith(replies: readonly Reply[], authentication = 'apiKey') {
	const calls: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({ name: 'Aha!' }),
		getNodeParameter: () => authentication,
		getCredentials: async () =>
			await Promise.resolve({
				accountDomain: `content-${accounts++}`,
				...(authentication === 'apiKey'
					? { apiKey: KEY }
					: {
							clientSecret: 'client-s',
							oauthTokenData: { access_token: KEY, refresh_token: 'r-t' },
						}),
			}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				calls.push(options);
				const reply = replies[Math.min(calls.length, replies.length) - 1];
				if (reply instanceof Error) throw reply;
				const { status = 200, headers = {}, body } = reply;
				return await Promise.resolve({ statusCode: status, headers, body });
			},
		},
	} as unknown as AhaContext;
	return { context, calls };
}

const request = (method: AhaRequest['method'], more: Partial<AhaRequest> = {}): AhaRequest => ({
	method,
	path: '/features/PRJ1-1',
	query: {},
	...more,
});

/** What comes of a request: its body, or the message of its error. */
async function outcome(replies: readonly Reply[], sent: AhaRequest, authentication?: string) {
	const { context, calls } = contextWith(replies, authentication);
	const client = await connect(context, { retryFor: 5_000 });
	const ended = await played(
		client.send(sent).then(
			({ body }) => ({ body }),
			(error: Error & { description?: string; context?: { data?: unknown } }) => ({
				message: error.message,
				description: error.description,
				data: error.context?.data,
			}),
		),
	);
	return { ...ended, calls: calls.length };
}

/** An error as n8n throws it when the body of a response breaks off. */
const brokenOff = (code: string) =>
	Object.assign(new Error('aborted'), {
		cause: Object.assign(new Error('aborted'), {
			code,
			response: { status: 200, headers: {}, data: '' },
		}),
	});

describe.each([
	'ERR_BAD_RESPONSE',
	'ECONNRESET',
	'Z_DATA_ERROR',
	'Z_BUF_ERROR',
	'HPE_INVALID_CHUNK_SIZE',
	'EPROTO',
])('a response that breaks off (%s)', (code) => {
	test('is no response of success', async () => {
		const read = await outcome(
			[brokenOff(code), { body: '{"feature":{"id":"1"}}' }],
			request('GET'),
		);
		expect(read).toEqual({ body: { feature: { id: '1' } }, calls: 2 });
	});

	test.each([
		['POST', 'the record may exist', 1],
		['DELETE', 'the record may be deleted', undefined],
		['PUT', 'the record may have changed', undefined],
	] as const)('leaves a %s in doubt', async (method, doubt, calls) => {
		const write = await outcome([brokenOff(code)], request(method));
		expect(write).toMatchObject({ message: expect.stringContaining(doubt) as string });
		if (calls) expect(write.calls).toBe(calls);
		else expect(write.calls).toBeGreaterThan(1);
	});
});

describe('a success without JSON', () => {
	test.each([
		['<html>Sign in</html>'],
		['some text'],
		['null'],
		['"text"'],
		['5'],
		[''],
		[undefined],
	])('%j is an error of a read', async (body) => {
		const read = await outcome(
			[{ body, headers: { 'content-type': 'text/html' } }],
			request('GET'),
		);
		expect(read).toMatchObject({
			message: 'The response from Aha! is not JSON',
			description: expect.stringContaining('text/html') as string,
			calls: 1,
		});
	});

	test.each([
		['POST', '<html></html>'],
		['PUT', '<html></html>'],
		['DELETE', '<html></html>'],
		['POST', ''],
		['PUT', undefined],
		['DELETE', ''],
	] as const)('leaves a %s with %j in doubt', async (method, body) => {
		const write = await outcome([{ body }], request(method));
		expect(write).toMatchObject({
			message: expect.stringContaining('Aha! may have carried out the request') as string,
		});
	});

	test.each([
		[204, '', {}],
		[200, '', { mayBeEmpty: true }],
		[200, undefined, { mayBeEmpty: true }],
		[200, '[]', {}],
		[200, '{}', {}],
	])('is fine for a write with %i and %j', async (status, body, more) => {
		const write = await outcome([{ status, body }], request('PUT', more));
		expect(write).toHaveProperty('body');
	});

	test('is fine for a file', async () => {
		expect(await outcome([{ body: 'text' }], request('GET', { asFile: true }))).toHaveProperty(
			'body',
		);
	});
});

describe('a success that only says what went wrong', () => {
	test.each([
		'{"error":"No such workspace"}',
		'{"errors":{"message":"No such workspace"},"status":200}',
		'{"error":"No such workspace","message":"Try another"}',
	])('%s is an error', async (body) => {
		expect(await outcome([{ body }], request('POST'))).toMatchObject({
			message: 'No such workspace',
			calls: 1,
		});
	});

	test.each(['{"error":"x","feature":{"id":"1"}}', '{"message":"saved"}'])(
		'%s is none',
		async (body) => expect(await outcome([{ body }], request('POST'))).toHaveProperty('body'),
	);

	test('is read by the handlers of GraphQL', async () => {
		const body = '{"errors":[{"message":"Unknown type"}]}';
		expect(await outcome([{ body }], request('POST', { base: '/api/v2' }))).toHaveProperty('body');
	});
});

describe('a secret that the server repeats', () => {
	test.each([
		['as it is', KEY],
		['URL-encoded', encodeURIComponent(KEY)],
		[
			'in Base64',
			Buffer.from(`x${'y'.repeat(2)}${KEY}`)
				.toString('base64')
				.slice(4),
		],
	])('is taken out of the error: %s', async (_form, repeated) => {
		const body = JSON.stringify({ error: `Key ${repeated} is unknown`, nested: [{ repeated }] });
		const failed = await outcome([{ status: 400, body }], request('GET'));
		expect(failed).toMatchObject({ message: expect.stringContaining('***') as string });
		expect(JSON.stringify(failed)).not.toContain(JSON.stringify(repeated).slice(1, 9));
	});

	test.each(['1', '12', '123'])('is found in Base64 of any length: %s', (end) => {
		const secret = `sandbox-key-${end}`;
		// Without the signs that fill it up, as in a URL.
		const repeated = Buffer.from(secret).toString('base64url');
		expect(withoutSecrets({ error: `Not ${repeated}` }, [secret])).toEqual({ error: 'Not ***' });
	});

	test('is found without being known where the server repeats the header', () => {
		const token = 'sandbox.token-of/another+process==';
		expect(withoutSecrets({ error: `Bearer ${token} is no "bearer token"` }, [])).toEqual({
			error: 'Bearer *** is no "bearer token"',
		});
	});

	test.each([undefined, Readable.from(['x'])])('is not looked for in what is no JSON', (body) => {
		expect(withoutSecrets(body, ['x'])).toBe(body);
	});

	test('is taken out of a success that only says what went wrong', async () => {
		const body = JSON.stringify({ error: `Key ${KEY} is unknown` });
		const failed = await outcome([{ status: 200, body }], request('GET'));
		expect(failed).toMatchObject({ message: 'Key *** is unknown' });
	});

	test.each([KEY, 'r-t', 'client-s'])('is taken out for OAuth2, too', async (secret) => {
		const body = JSON.stringify({ error: `Token ${secret} is not valid` });
		const failed = await outcome([{ status: 403, body }], request('GET'), 'oAuth2');
		expect(failed).toMatchObject({ message: 'Token *** is not valid' });
	});
});

describe('retries end in time', () => {
	test.each([1, 10])('also for lasting 429s without Retry-After: %i at once', async (count) => {
		const { context } = contextWith([{ status: 429, body: '' }]);
		const client = await connect(context, { retryFor: 2_000 });
		const begun = performance.now();
		const all = Array.from({ length: count }, async () => await client.send(request('GET')));
		const ended = await played(Promise.allSettled(all));
		expect(ended.map(({ status }) => status)).toEqual(all.map(() => 'rejected'));
		// Fake time: nothing else takes any.
		expect(performance.now() - begun).toBeLessThan(3_000);
	});
});

describe('a body of success', () => {
	const GRAPHQL = '/api/v2';

	test.each<[Partial<AhaRequest>, unknown, boolean]>([
		[{ base: GRAPHQL }, { data: { a: 1 } }, true],
		[{ base: GRAPHQL }, { errors: [] }, true],
		[{ base: GRAPHQL }, { data: null }, false],
		[{ base: GRAPHQL }, { data: 'text', errors: 5 }, false],
		[{ base: GRAPHQL }, { id: '1', feature: {} }, false],
		[{ returns: 'feature' }, { id: '1' }, true],
		[{ returns: 'feature' }, { other: 1, feature: {} }, true],
		[{ returns: 'feature' }, { other: 1 }, false],
		[{ returns: 'feature' }, { other: null }, false],
		[{}, { other: 1 }, true],
	])('to %j can be %j: %j', (sent, body, readable) => {
		expect(isReadable(request('GET', sent), { status: 200, headers: {}, body })).toBe(readable);
	});

	test.each<[string | undefined, unknown, boolean]>([
		[GRAPHQL, { errors: [{ message: 'x' }] }, true],
		[GRAPHQL, { data: { createFeature: { errors: {} } } }, true],
		[GRAPHQL, { data: { feature: { errors: null }, other: null } }, false],
		[GRAPHQL, { data: null }, false],
		[GRAPHQL, 'errors', false],
		[undefined, { errors: [{ message: 'x' }] }, false],
	])('with the base %j, %j has errors: %j', (base, body, expected) => {
		expect(hasErrors(request('POST', { base }), body)).toBe(expected);
	});
});
