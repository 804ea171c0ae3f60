import { Readable } from 'node:stream';

import type { INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import {
	apiError,
	causeOf,
	copyOf,
	doubtful,
	downloadError,
	isUnclear,
	messageOf,
	NETWORK,
	networkError,
	tokenError,
	unreadableError,
} from '../../../nodes/Aha/transport/errors';
import { GET, POST } from './fakeContext';

const node = { name: 'Aha!' } as INode;
const DELETE = { ...GET, method: 'DELETE' } as const;
const PUT = { ...POST, method: 'PUT' } as const;

const coded = (code: string, more: object = {}) =>
	Object.assign(new Error(`what ${code} says`), { code, ...more });

describe('the error of a response', () => {
	const errorOf = (status: number, body: unknown = '') =>
		apiError(node, GET, { status, headers: {}, body });

	test.each([
		[401, 'did not accept the credential', 'Open the credential'],
		[429, 'too many requests', 'limit of 300 requests per minute'],
		[499, 'returned status 499', 'Check the values of the fields'],
		[500, 'returned status 500', 'Try again later'],
		[503, 'returned status 503', 'Try again later'],
	])('with status %i says what to do', (status, message, advice) => {
		const error = errorOf(status);
		expect(error.message).toContain(message);
		expect(error.description).toContain(advice);
		expect(error.httpCode).toBe(String(status));
	});

	test('keeps its body, but no file and no page', () => {
		expect(errorOf(422, { error: 'Not valid' }).context.data).toEqual({ error: 'Not valid' });
		expect(errorOf(422, Readable.from(['x'])).context.data).toEqual({});
		expect(errorOf(422, '<html>').context.data).toEqual({});
	});

	test.each([
		[{ errors: { message: 'is wrong' }, error: 'other' }, 'is wrong'],
		[{ error: 'Not found', message: 'other' }, 'Not found'],
		[{ errors: { name: ['is empty'], date: null } }, 'name is empty'],
		[{}, undefined],
		[['text'], undefined],
		[undefined, undefined],
	])('of %j has the message of Aha!', (body, message) => {
		expect(messageOf(body)).toBe(message);
	});

	test.each([
		[
			'<html>',
			{ 'content-type': 'text/html' },
			'is not JSON',
			'(200, text/html, for GET /features)',
		],
		[{ a: 1 }, {}, 'has no record', '(200, no content type, for GET /features)'],
	])('that is a success but %j says where it may come from', (body, headers, message, where) => {
		const error = unreadableError(node, GET, { status: 200, headers, body });
		expect(error.message).toBe(`The response from Aha! ${message}`);
		expect(error.description).toContain('a proxy or a sign-in page');
		expect(error.description).toContain(where);
	});
});

describe('the error of a connection', () => {
	test.each(Object.entries(NETWORK))('with %s says what it means', (code, meaning) => {
		const error = networkError(node, GET, coded(code)) as NodeApiError;
		expect([error.message, error.description]).toEqual([meaning, `${code} for GET /features`]);
		expect(downloadError(node, coded(code)).description).toBe(meaning);
	});

	test('without a code is thrown as it is', () => {
		const own = new Error('Reconnect the credential');
		expect(networkError(node, GET, own)).toBe(own);
	});

	test('of a download without a known code keeps its own message', () => {
		const { message, description } = downloadError(node, coded('EODD'));
		expect([message, description]).toEqual(['The file could not be downloaded', 'what EODD says']);
	});
});

describe('the cause of an error', () => {
	const wrapped = (cause: unknown) => Object.assign(new Error('wrapped'), { cause });

	test('is the first with a code, and the socket tells at what it failed', () => {
		const socket = coded('ECONNREFUSED', { syscall: 'connect' });
		expect(causeOf(wrapped(wrapped(socket)))).toMatchObject({
			code: 'ECONNREFUSED',
			message: 'what ECONNREFUSED says',
			syscall: 'connect',
		});
		const outer = Object.assign(coded('ERR_NETWORK'), { cause: socket });
		expect(causeOf(outer)).toMatchObject({ code: 'ERR_NETWORK', syscall: 'connect' });
	});

	test('is the one with a response, where there is any', () => {
		const response = { status: 503, headers: {}, data: '' };
		const inner = coded('ERR_BAD_RESPONSE', { response });
		expect(causeOf(Object.assign(coded('EOUTER'), { cause: inner }))).toMatchObject({
			code: 'ERR_BAD_RESPONSE',
			response,
		});
	});

	test('is the error itself where nothing says more, also in a circle', () => {
		const error = new Error('in a circle') as Error & { cause?: unknown };
		error.cause = error;
		expect(causeOf(error)).toEqual({ message: 'in a circle' });
	});
});

describe('a token that could not be renewed', () => {
	const errorOf = (code: string, more: object = {}) => {
		const found = tokenError(node, Object.assign(new Error('outer'), { cause: coded(code, more) }));
		return found && [found.error.message, found.error.description, found.passes];
	};

	test.each(['ECONNREFUSED', 'ERR_BAD_RESPONSE'])('is not the cause of %s', (code) => {
		expect(errorOf(code)).toBeUndefined();
	});

	const REVOKED = 'The sign-in to Aha! is no longer valid';
	const NOT_ACCEPTED = 'Aha! did not accept the client ID and secret of the credential';
	const NO_TOKEN = 'Aha! gave no new token';
	test.each([
		['EAUTH', 400, { error: 'invalid_grant' }, REVOKED, 'reconnect it', false],
		['EAUTH', undefined, { error: 'invalid_grant' }, REVOKED, 'reconnect it', false],
		['EAUTH', 401, { error: 'invalid_client' }, NOT_ACCEPTED, 'check both', false],
		['ESTATUS', 403, '<html>', NOT_ACCEPTED, 'check both', false],
		['EAUTH', 400, { error: 'temporarily_unavailable' }, NO_TOKEN, '(400)', true],
		['EAUTH', 401, { error: 'server_error' }, NO_TOKEN, '(401)', true],
		['EAUTH', 400, { error: 'slow_down' }, NO_TOKEN, '(400)', true],
		['ESTATUS', 502, '<html>', NO_TOKEN, 'a proxy responds', true],
		['ESTATUS', 429, '', 'Aha! received too many sign-ins from this account', 'Wait', true],
	])('with %s, %s and %j says why', (code, status, body, message, description, passes) => {
		expect(errorOf(code, { status, body })).toEqual([
			message,
			expect.stringContaining(description),
			passes,
		]);
	});

	test('does not repeat what the server responded', () => {
		const cause = coded('EAUTH', { status: 400, body: { error: 'x', hint: 'sandbox-secret' } });
		const error = tokenError(node, cause)?.error;
		expect(JSON.stringify({ ...error, message: error?.message })).not.toContain('sandbox-secret');
	});
});

describe('a write in doubt', () => {
	const failure = () =>
		new NodeApiError(node, {}, { message: 'Cut off', description: 'ECONNRESET' });

	test.each([
		[POST, 'the record may exist', 'The request was not retried. Check Aha!'],
		[PUT, 'the record may have changed', 'Check Aha!'],
		[DELETE, 'the record may be deleted', 'Check Aha!'],
	])('says what it may have done: %j', (request, outcome, advice) => {
		const error = doubtful(failure(), request) as NodeApiError;
		expect(error.message).toBe(`Cut off. Aha! may have carried out the request, so ${outcome}`);
		expect(error.description).toBe(`${advice} before you run this item again. ECONNRESET`);
		expect(isUnclear(error)).toBe(true);
	});

	test('does not change an error that others have too', () => {
		const shared = failure();
		doubtful(shared, POST);
		expect([shared.message, isUnclear(shared)]).toEqual(['Cut off', false]);
	});

	test('is no other error than that of a request', () => {
		const cancelled = new Error('cancelled');
		expect(doubtful(cancelled, POST)).toBe(cancelled);
		expect(isUnclear(cancelled)).toBe(false);
		expect(isUnclear(new NodeOperationError(node, 'Not valid'))).toBe(false);
	});
});

test('a copy of an error is one of its own, with the same class', () => {
	const error = new NodeOperationError(node, 'Not valid', { description: 'Check it' });
	error.context.itemIndex = 1;
	const copy = copyOf(error);
	copy.context.itemIndex = 2;
	copy.message = 'Another';
	expect(copy).toBeInstanceOf(NodeOperationError);
	expect(copy.description).toBe('Check it');
	expect([error.message, error.context.itemIndex]).toEqual(['Not valid', 1]);
});
