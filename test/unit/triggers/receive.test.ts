import type { IDataObject } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { assertProtected, receive } from '../../../nodes/Aha/triggers/receive';
import type { FakeDelivery } from './fakeAccount';
import { auditAt, FakeAccount, NOON, WEBHOOK_ID, webhookContext } from './fakeAccount';

const parameters = { recordTypes: ['feature'], events: ['updated'] };
const body = { event: 'audit', audit: auditAt(NOON, 1) };

let workflows = 0;

/** Delivers to a trigger of its own workflow unless told. */
async function deliver(delivery: Partial<FakeDelivery> = {}) {
	const account = new FakeAccount();
	const workflow = `hook ${String(++workflows)}`;
	const whole = { account, workflow, parameters, body, ...delivery };
	const { context, response: sent } = webhookContext(whole);
	const response = await receive(context);
	const items = response.workflowData?.flat().map(({ json }) => json);
	/** What n8n does afterwards: it responds once the run is recorded, or cannot be. */
	const respond = (status = 200) => {
		if (!sent.writableEnded) sent.status(status).json({});
	};
	return { response, items, sent, respond, account: whole.account };
}

/** Delivers, and lets n8n record the run. */
async function deliverWhole(delivery: Partial<FakeDelivery> = {}) {
	const delivered = await deliver(delivery);
	delivered.respond();
	return delivered;
}

describe('a delivery', () => {
	it('starts the workflow with its change', async () => {
		const { response, items, sent, account } = await deliver();
		expect(items).toEqual([expect.objectContaining({ id: body.audit.id, event: 'updated' })]);
		expect(items?.[0]).not.toHaveProperty('full_record');
		expect(items?.[0]).not.toHaveProperty('full_record_error');
		expect(response).toEqual({ workflowData: response.workflowData });
		expect([sent.writableEnded, account.requests]).toEqual([false, []]);
	});

	it('starts nothing if its change is not selected', async () => {
		const { response } = await deliver({ parameters: { ...parameters, events: ['created'] } });
		expect(response).toEqual({ webhookResponse: { message: 'Not selected' } });
	});

	it('starts nothing if it is repeated', async () => {
		const trigger = { workflow: 'repeated', staticData: {} };
		expect((await deliverWhole(trigger)).items).toHaveLength(1);
		expect((await deliverWhole(trigger)).response).toEqual({
			webhookResponse: { message: 'Already delivered' },
		});
		expect(trigger.staticData).toMatchObject({ deliveries: { ids: body.audit.id } });
		const second = { ...trigger, staticData: {}, node: 'second' };
		expect((await deliverWhole(second)).items).toHaveLength(1);
	});

	it('starts the workflow if n8n could not record it before', async () => {
		// n8n loads the static data anew each time, and saves it only with a run that it recorded.
		const workflow = 'not recorded';
		const failed = await deliver({ workflow });
		expect(failed.items).toHaveLength(1);
		failed.respond(500);
		const again = await deliverWhole({ workflow });
		expect(again.items).toHaveLength(1);
		expect((await deliver({ workflow })).response).toEqual({
			webhookResponse: { message: 'Already delivered' },
		});
	});

	it('is to come again if n8n is still recording the first one', async () => {
		const workflow = 'recording';
		const first = await deliver({ workflow });
		const second = await deliver({ workflow });
		expect(second.response).toEqual({ noWebhookResponse: true });
		expect(second.sent.statusCode).toBe(503);
		// Aha! has left meanwhile, so the response is never closed by a success.
		first.sent.emit('close');
		expect((await deliver({ workflow })).sent.statusCode).toBe(503);
		first.respond(500);
		expect((await deliverWhole({ workflow })).items).toHaveLength(1);
	});

	it('is emitted each time without an id that can be read', async () => {
		const workflow = 'no id';
		const audit = { ...body.audit, id: undefined };
		for (let count = 0; count < 2; count++) {
			const { items } = await deliverWhole({ workflow, body: { event: 'audit', audit } });
			expect(items).toMatchObject([{ id: null, record: { reference_num: 'PRJ1-1' } }]);
		}
	});

	it('keeps ids that are numbers beyond 2^53', async () => {
		const workflow = 'numbers';
		const ids = ['6543581008138760991', '6543581008138760992'];
		const staticData = {};
		for (const id of ids) {
			const rawBody = JSON.stringify({
				...body,
				audit: { ...body.audit, id: 0, auditable_id: 1 },
			})
				.replace('"id":0', `"id": ${id}`)
				.replace('"auditable_id":1', `"auditable_id":${id}`);
			const { items } = await deliverWhole({ workflow, staticData, rawBody });
			expect(items).toMatchObject([{ id, record: { id } }]);
		}
		expect(staticData).toMatchObject({ deliveries: { ids: ids.join() } });
	});

	it('is emitted each time to a person who tries the trigger', async () => {
		const trigger = { workflow: 'tried', staticData: {}, mode: 'manual' } as const;
		expect((await deliver(trigger)).items).toHaveLength(1);
		expect((await deliver(trigger)).items).toHaveLength(1);
		expect(trigger.staticData).toEqual({});
	});
});

describe('a delivery is refused', () => {
	const header = { value: { name: 'X-Gateway-Key', content: 'sandbox-gateway-key' } };
	const withHeader = { ...parameters, header };

	const no = 'Not an activity webhook delivery';

	it.each<[string, Partial<FakeDelivery>, number, string, string]>([
		['no secret', { webhook: 'setup' }, 401, 'Unauthorized', 'the URL is missing'],
		[
			'another secret',
			{ webhook: 'setup', params: { [WEBHOOK_ID]: 'another-secret' } },
			401,
			'Unauthorized',
			'the URL is wrong',
		],
		['no header', { parameters: withHeader }, 401, 'Unauthorized', 'X-Gateway-Key is missing'],
		[
			'another header',
			{ parameters: withHeader, headers: { 'x-gateway-key': 'another-key' } },
			401,
			'Unauthorized',
			'X-Gateway-Key is wrong',
		],
		['no body', { rawBody: null }, 400, `${no}: the body is empty`, ', 0 bytes'],
		['an empty body', { rawBody: '' }, 400, `${no}: the body is empty`, ', 0 bytes'],
		[
			'half a body',
			{ rawBody: '{"event": "audit", "au' },
			400,
			`${no}: the body is no JSON object`,
			', 22 bytes',
		],
		[
			'an unknown content type',
			{ headers: { 'content-type': 'application/x-\nunknown' } },
			400,
			`${no}: the content type is not application/json`,
			'"application/x-\\nunknown"',
		],
		[
			'no content type',
			{ headers: { 'content-type': undefined } },
			400,
			`${no}: the content type is not application/json`,
			'no content type',
		],
		['no object', { body: null }, 400, `${no}: the body is no JSON object`, ', 4 bytes'],
		[
			'another event',
			{ body: { ...body, event: 'test' } },
			400,
			`${no}: "event" is not "audit"`,
			'with "event", "audit"',
		],
		[
			'an empty object',
			{ body: {} },
			400,
			`${no}: "event" is not "audit"`,
			'2 bytes, an empty object',
		],
		[
			'many long keys',
			{
				body: Object.fromEntries(
					Array.from({ length: 1_000 }, (_, index) => [`${index} ${'long'.repeat(25)}`, 1]),
				),
			},
			400,
			`${no}: "event" is not "audit"`,
			'with "0 long',
		],
		[
			'no entry',
			{ body: { event: 'audit' } },
			400,
			`${no}: "audit" is no entry of the history`,
			'with "event"',
		],
		[
			'an empty entry',
			{ body: { event: 'audit', audit: {} } },
			400,
			`${no}: "audit" is no entry of the history`,
			'with "event", "audit"',
		],
		['too long a body', { body: 'x'.repeat(1_000_000) }, 413, 'Too large', '1000002 bytes'],
		[
			'20,000 levels of JSON',
			{ rawBody: `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}` },
			400,
			`${no}: "event" is not "audit"`,
			'with "a"',
		],
		[
			'a body of the longest size',
			{ body: 'x'.repeat(999_998) },
			400,
			`${no}: the body is no JSON object`,
			'1000000 bytes',
		],
	])('with %s, and says why', async (_what, delivery, status, message, reason) => {
		const warnings: string[] = [];
		const { response, sent } = await deliver({ ...delivery, warnings });
		expect(response).toEqual({ noWebhookResponse: true });
		expect(sent).toMatchObject({ statusCode: status, body: { message } });
		expect(warnings).toEqual([expect.stringContaining(reason)]);
		expect(warnings[0]).toMatch(/^"Aha! Trigger" refused a request: [^\n]{20,900}$/);
		expect(warnings[0]).not.toMatch(/another-|sandbox-gateway/);
		const manual = deliver({ ...delivery, mode: 'manual' });
		const error = await manual.catch((thrown: Error & { description: string }) => thrown);
		expect(error).toBeInstanceOf(NodeOperationError);
		const { message: said, description } = error as { message: string; description: string };
		expect(warnings[0]).toBe(`"Aha! Trigger" refused a request: ${said}. ${description}`);
	});

	it('but not with the header that is set', async () => {
		const headers = { 'x-gateway-key': 'sandbox-gateway-key' };
		expect((await deliver({ parameters: withHeader, headers })).items).toHaveLength(1);
	});

	it.each([undefined, null, [], [[]], {}, { value: null }, { value: [[]] }, { value: {} }])(
		'but not if the header was added and left empty (%j)',
		async (given) => {
			const empty = { ...parameters, header: given as IDataObject };
			expect((await deliver({ parameters: empty })).items).toHaveLength(1);
		},
	);

	it('but not for 20,000 levels in its change', async () => {
		const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
		const rawBody = JSON.stringify({
			...body,
			audit: { ...body.audit, changes: [{ field_name: 'Name', value: 'deep' }], user: 'deep' },
		}).replaceAll('"deep"', deep);
		const { items } = await deliver({ rawBody });
		expect(items).toMatchObject([{ changes: [{ field: 'Name', to: null }], by: null }]);
	});

	it('but not if the header has no name', async () => {
		const unnamed = { ...parameters, header: { value: { name: '', content: 'ignored' } } };
		expect((await deliver({ parameters: unnamed })).items).toHaveLength(1);
	});
});

describe('a delivery with the record', () => {
	const withRecord = { ...parameters, fullRecord: true };

	it('is responded to by n8n if the record is read in time', async () => {
		const account = new FakeAccount();
		account.responses = { '/features/1': { body: { feature: { id: '1' } } } };
		const { response, items, sent } = await deliver({ account, parameters: withRecord });
		expect(items).toMatchObject([
			{ id: body.audit.id, full_record: { id: '1' }, full_record_error: null },
		]);
		expect([response.noWebhookResponse, sent.writableEnded]).toEqual([undefined, false]);
	});

	it('is responded to before the record is read if that takes long', async () => {
		jest.useFakeTimers();
		const account = new FakeAccount();
		account.responses = { '/features/1': { body: { feature: { id: '1' } } } };
		const { context, response } = webhookContext({
			account,
			parameters: withRecord,
			body,
			workflow: 'with record',
			domain: 'slow',
		});
		let give = () => {};
		const slow = new Promise<void>((resolve) => (give = resolve));
		const { httpRequest } = account;
		context.helpers.httpRequestWithAuthentication = (async (...request: [string, never]) => {
			await slow;
			return await httpRequest(...request);
		}) as never;
		const receiving = receive(context);
		await jest.advanceTimersByTimeAsync(2_999);
		expect(response.writableEnded).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(response).toMatchObject({ statusCode: 200, body: { message: 'Received' } });
		jest.useRealTimers();
		give();
		const { workflowData, noWebhookResponse } = await receiving;
		expect(noWebhookResponse).toBe(true);
		expect(workflowData?.[0][0].json).toMatchObject({
			id: body.audit.id,
			full_record: { id: '1' },
			full_record_error: null,
		});
	});

	it('is emitted with the reason if the record cannot be read', async () => {
		const account = new FakeAccount();
		account.responses = { '/features/1': { status: 403, body: { error: 'No access' } } };
		const { items } = await deliver({ account, parameters: withRecord });
		expect(items).toMatchObject([{ id: body.audit.id, full_record: null }]);
		expect(items?.[0].full_record_error).toEqual(expect.any(String));
	});
});

describe('publishing', () => {
	const UUID = '2f7bad6d-dd76-5a8b-a3b6-053bb14e56ad';

	it.each([
		['the id that n8n gave', UUID, '', true],
		['a guessable id', 'webhook', '', false],
		['an id of letters', 'ahaWebhookTrigger', '', false],
		['a long secret', 'webhook', 'sandbox_secret-01', true],
		['a short secret', UUID, 'sandbox-secret1', false],
		['a secret that is no part of a URL', UUID, 'sandbox/secret/0001', false],
		['a secret with a dot', UUID, 'sandbox.secret.0001', false],
		['a secret that is a parameter of the path', UUID, ':sandbox-secret-0001', false],
		['an endless secret', UUID, 'a'.repeat(129), false],
	])('with %s', (_what, node, secret, isProtected) => {
		const context = { account: new FakeAccount(), node, parameters: { secret } };
		const protect = () => assertProtected(webhookContext(context).context);
		if (isProtected) expect(protect).not.toThrow();
		else expect(protect).toThrow('Choose another secret');
	});
});
