import { NodeApiError } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';

import { connect } from '../../../nodes/Aha/transport/client';
import { readPages } from '../../../nodes/Aha/transport/pages';
import type { Reply } from './fakeContext';
import { contextWith, failed, GET, POST } from './fakeContext';
import { played } from './fakeTime';

describe('a request', () => {
	test('goes to the account alone, with nothing that leads elsewhere', async () => {
		const { context, calls, host } = contextWith(() => ({ body: '{"a":1}' }));
		const client = await connect(context);
		expect(await client.send(GET)).toEqual({ status: 200, headers: {}, body: { a: 1 } });
		const [{ type, options, decrypted, signal }] = calls;
		expect(options).toEqual({
			method: 'GET',
			url: `https://${host}/api/v1/features`,
			qs: { q: 'x' },
			arrayFormat: 'brackets',
			headers: {
				Accept: 'application/json',
				'User-Agent': expect.stringMatching(/^n8n-nodes-aha\/\d+\.\d+\.\d+$/),
			},
			json: true,
			encoding: 'text',
			returnFullResponse: true,
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			allowedDomains: host,
			timeout: 60_000,
			ignoreHttpStatusErrors: true,
			abortSignal: expect.any(AbortSignal),
		});
		expect(type).toBe('ahaApiKey');
		expect(decrypted).toMatchObject({ credentialsDecrypted: { type: 'ahaApiKey' } });
		expect(signal).toBe(options.abortSignal);
	});

	test('with a body, a base and headers has them', async () => {
		const { context, calls, host } = contextWith(() => ({ body: '{"data":{}}' }));
		const client = await connect(context);
		await client.send({ ...POST, base: '/api/v2', headers: { 'If-None-Match': 'n8n' } });
		expect(calls[0].options).toMatchObject({
			method: 'POST',
			url: `https://${host}/api/v2/features`,
			body: { a: 1 },
			headers: { 'If-None-Match': 'n8n' },
		});
		await client.send({ ...GET, base: '' });
		expect(calls[1].options.url).toBe(`https://${host}/features`);
	});

	test('with a raw body opens it for each attempt', async () => {
		const openBody = jest.fn(async () => ({
			content: Buffer.from('file'),
			contentType: 'text/plain',
			length: 4,
		}));
		const { context, calls } = contextWith((_, index) => ({
			status: index === 0 ? 429 : 200,
			body: '{}',
		}));
		jest.useFakeTimers();
		const client = await connect(context);
		await played(client.send({ ...POST, body: undefined, openBody }));
		jest.useRealTimers();
		expect(openBody).toHaveBeenCalledTimes(2);
		expect(calls[1].options).toMatchObject({
			body: Buffer.from('file'),
			headers: { 'Content-Type': 'text/plain', 'Content-Length': '4' },
		});
	});

	test('for a file gets a stream, and a redirect is a response', async () => {
		const stream = Readable.from(['x']);
		const { context, calls } = contextWith(() => ({ status: 302, body: stream }));
		const client = await connect(context);
		const { status, body } = await client.send({ ...GET, asFile: true });
		expect(status).toBe(302);
		expect(await textOf(body as Readable)).toBe('x');
		expect(calls[0].options).toMatchObject({
			encoding: 'stream',
			headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
		});
		expect(calls[0].options.json).toBeUndefined();
	});

	test('a redirect of any other request is an error', async () => {
		const { context, calls } = contextWith(() => ({ status: 302, body: '' }));
		const error = await failed((await connect(context)).send(GET));
		expect(error.message).toBe('Aha! returned status 302');
		expect(calls).toHaveLength(1);
	});

	test.each([
		[400, '400', 'Check the values of the fields. (400 for GET /features)'],
		[403, 'no permission for this', 'Ask an Aha! administrator'],
		[404, 'did not find the record', 'Check the ID or reference'],
		[418, 'returned status 418', 'Check the values of the fields. (418 for GET /features)'],
		[422, 'returned status 422', 'rejected a value'],
	])('that gets %i says what to do', async (status, message, description) => {
		const { context } = contextWith(() => ({ status, body: '' }));
		const error = await failed((await connect(context)).send(GET));
		expect(error.message).toContain(message);
		expect(error.description).toContain(description);
		expect(error.httpCode).toBe(String(status));
	});

	test.each([
		['{"error": "No such feature"}', 'No such feature'],
		[
			'{"errors": {"message": "Not valid", "name": ["is empty", "is short"]}}',
			'Not valid; name is empty; name is short',
		],
		['{"errors": ["one", "two"]}', 'one; two'],
		['{"message": "Well"}', 'Well'],
		['{"errors": {"a": {"b": "is wrong"}}}', 'a b is wrong'],
		['{"error": " "}', 'Aha! returned status 422'],
		['{"error": 5}', 'Aha! returned status 422'],
		['<html>', 'Aha! returned status 422'],
	])('shows the message in %s', async (body, message) => {
		const { context } = contextWith(() => ({ status: 422, body }));
		const error = await failed((await connect(context)).send(GET));
		expect(error.message).toBe(message);
	});

	test('keeps the body of an error as data', async () => {
		const { context } = contextWith(() => ({ status: 412, body: '{"attachmentId": "7"}' }));
		const error = await failed((await connect(context)).send(POST));
		expect(error.context.data).toEqual({ attachmentId: '7' });
	});

	test.each([
		[['{"error":', ' "gone"}'], 'gone'],
		[['not JSON'], 'Aha! did not find the record'],
		[[`{"error": "long", "x": "${'x'.repeat(70_000)}"}`], 'Aha! did not find the record'],
	])('for a file reads the error in the stream: %#', async (chunks, message) => {
		const body = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
		const { context } = contextWith(() => ({ status: 404, body }));
		const error = await failed((await connect(context)).send({ ...GET, asFile: true }));
		expect(error.message).toBe(message);
	});
});

describe('without a response', () => {
	const cause = (code: string, syscall?: string) =>
		Object.assign(new Error('wrapped'), {
			cause: Object.assign(new Error(code), { code, syscall }),
		});

	test.each([
		['ENOTFOUND', 'could not be found. Check the account domain'],
		['ECONNREFUSED', 'was refused'],
		['CERT_HAS_EXPIRED', 'has expired'],
		['SOMETHING', 'was cut off or could not be read'],
	])('%s is explained', async (code, message) => {
		const { context } = contextWith(() => cause(code));
		const error = await failed((await connect(context, { retryFor: 0 })).send(GET));
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toContain(message);
		expect(error.description).toBe(`${code} for GET /features`);
	});

	test("an error of n8n's is thrown as it is", async () => {
		const own = new Error('Reconnect the credential');
		const { context } = contextWith(() => own);
		expect(await failed((await connect(context)).send(GET))).toBe(own);
	});

	test('a create says that the record may exist', async () => {
		const { context, calls } = contextWith(() => cause('ECONNRESET', 'read'));
		const error = await failed((await connect(context)).send(POST));
		expect(error.message).toBe(
			'The connection to Aha! was interrupted. Aha! may have carried out the request, so the record may exist',
		);
		expect(error.description).toBe(
			'The request was not retried. Check Aha! before you run this item again. ECONNRESET for POST /features',
		);
		expect(calls).toHaveLength(1);
	});

	test('a create that was not sent is sent again', async () => {
		jest.useFakeTimers();
		const { context, calls } = contextWith((_, index) =>
			index === 0 ? cause('ETIMEDOUT', 'connect') : { body: '{}' },
		);
		await played((await connect(context)).send(POST));
		jest.useRealTimers();
		expect(calls).toHaveLength(2);
	});
});

describe('an OAuth2 token', () => {
	test('is not handed over, and n8n may only refresh it in a request of its own', async () => {
		let isExpired = true;
		const { context, calls } = contextWith(
			({ options }) => {
				if (options.url.endsWith('/me')) isExpired = false;
				return { status: isExpired ? 401 : 200, body: '{}' };
			},
			{ authentication: 'oAuth2', id: '7' },
		);
		await (await connect(context)).send(POST);
		expect(
			calls.map(({ options: { method, url, ignoreHttpStatusErrors }, decrypted }) => [
				method,
				new URL(url).pathname,
				ignoreHttpStatusErrors,
				decrypted,
			]),
		).toEqual([
			['POST', '/api/v1/features', true, undefined],
			['GET', '/api/v1/me', false, undefined],
			['POST', '/api/v1/features', true, undefined],
		]);
	});

	test('is renewed for all executions, also when the one that began it is cancelled', async () => {
		const oAuth2 = { authentication: 'oAuth2', id: '7', accountDomain: 'two-executions' };
		let isExpired = true;
		const controller = new AbortController();
		const renewed = new Promise<void>((resolve) =>
			controller.signal.addEventListener('abort', () => setImmediate(resolve)),
		);
		const reply = async ({ options }: { options: { url: string } }): Promise<Reply> => {
			if (!options.url.endsWith('/me')) return { status: isExpired ? 401 : 200, body: '{}' };
			await renewed;
			isExpired = false;
			return { body: '{}' };
		};
		const first = contextWith(reply, { ...oAuth2, signal: controller.signal });
		const second = contextWith(reply, oAuth2);
		const cancelled = failed((await connect(first.context)).send(GET));
		const other = (await connect(second.context)).send(GET);
		await new Promise(setImmediate);
		controller.abort(new Error('cancelled'));
		expect((await cancelled).message).toBe('cancelled');
		expect((await other).status).toBe(200);
		expect([first.calls, second.calls].map(({ length }) => length)).toEqual([2, 2]);
	});

	test('is renewed no longer when nobody waits for it', async () => {
		const controller = new AbortController();
		const { context, calls } = contextWith(
			async ({ options }) =>
				options.url.endsWith('/me') ? await new Promise<never>(() => {}) : { status: 401 },
			{ authentication: 'oAuth2', signal: controller.signal },
		);
		const cancelled = failed((await connect(context)).send(GET));
		while (calls.length < 2) await new Promise(setImmediate);
		expect(calls[1].signal?.aborted).toBe(false);
		controller.abort(new Error('cancelled'));
		expect((await cancelled).message).toBe('cancelled');
		await new Promise(setImmediate);
		expect(calls[1].signal?.aborted).toBe(true);
	});

	test('that n8n cannot refresh is an error of the credential', async () => {
		const response = { status: 401, headers: {}, data: '{"error": "revoked"}' };
		const { context, calls } = contextWith(
			({ options }) =>
				options.ignoreHttpStatusErrors === true
					? { status: 401, body: '' }
					: Object.assign(new Error('401'), { response }),
			{ authentication: 'oAuth2' },
		);
		const error = await failed((await connect(context)).send(GET));
		expect(error.message).toBe('revoked');
		expect(calls).toHaveLength(2);
	});

	test('an API key that is not accepted is not renewed', async () => {
		const { context, calls } = contextWith(() => ({ status: 401, body: '' }));
		const error = await failed((await connect(context)).send(GET));
		expect(error.message).toBe('Aha! did not accept the credential');
		expect(calls).toHaveLength(1);
	});
});

describe('a client', () => {
	test('is known by its account, type and ID', async () => {
		const { context, host } = contextWith(() => ({}), { id: '7' });
		const client = await connect(context);
		expect([client.host, client.credential]).toEqual([host, `${host} ahaApiKey 7`]);
	});

	test('without an ID is shared with nobody', async () => {
		const { context } = contextWith(() => ({}));
		expect((await connect(context)).credential).not.toBe((await connect(context)).credential);
	});

	test('sends through another function, and is stopped by another signal', async () => {
		const { context, calls } = contextWith(() => ({ body: '{}' }));
		const client = await connect(context);
		const send = jest.fn(async () => ({ status: 200, headers: {}, body: 'cached' }));
		expect((await client.withSend(send).send(GET)).body).toBe('cached');
		expect(calls).toHaveLength(0);
		const controller = new AbortController();
		const stopped = client.with(controller.signal);
		expect(stopped.signal).toBe(controller.signal);
		controller.abort(new Error('stopped'));
		await expect(stopped.send(GET)).rejects.toThrow('stopped');
		await expect(stopped.wait(60_000)).rejects.toThrow('stopped');
		await client.wait(1);
		expect((await client.send(GET)).status).toBe(200);
	});

	test('is cancelled with the execution, also while pages are read', async () => {
		const controller = new AbortController();
		const { context, calls } = contextWith(
			async ({ options }, index) => {
				if (index === 0) return { body: '{"features":[], "pagination":{"total_pages": 50}}' };
				if (index === 3) controller.abort(new Error('cancelled'));
				return await new Promise<Reply>((resolve) => {
					const { abortSignal } = options;
					const stop = () =>
						resolve(Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' }));
					if (abortSignal?.aborted) stop();
					else (abortSignal as AbortSignal).addEventListener('abort', stop);
				});
			},
			{ signal: controller.signal },
		);
		const client = await connect(context);
		const read = async () => {
			for await (const _ of readPages(client, GET)) void _;
		};
		await expect(read()).rejects.toThrow('cancelled');
		const sent = calls.length;
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(calls).toHaveLength(sent);
		expect(calls.slice(1).every(({ options }) => options.abortSignal?.aborted)).toBe(true);
	});

	test('works where n8n has no signal to cancel with', async () => {
		const { context } = contextWith(() => ({ body: '{}' }));
		delete (context as { getExecutionCancelSignal?: unknown }).getExecutionCancelSignal;
		const client = await connect(context);
		expect(client.signal).toBeUndefined();
	});
});

test('a backup that is not allowed today does not slow others down', async () => {
	const { context } = contextWith(({ options }) => ({
		status: options.method === 'POST' ? 429 : 200,
		headers: { 'retry-after': '3600' },
		body: '{}',
	}));
	const client = await connect(context);
	await failed(client.send({ ...POST, noRetry: true }));
	expect((await client.send(GET)).status).toBe(200);
});
