import type { IDataObject } from 'n8n-workflow';

import { assertProtected, receive } from '../../../nodes/Aha/triggers/receive';
import type { FakeDelivery } from './fakeAccount';
import { auditAt, FakeAccount, NOON, webhookContext } from './fakeAccount';

const secret = 'sandbox-secret-0001';
const parameters = { secret, recordTypes: ['feature'], events: ['updated'] };
const body = { event: 'audit', audit: auditAt(NOON, 1) };

let workflows = 0;

/** Delivers to a trigger of its own workflow unless told. */
async function deliver(delivery: Partial<FakeDelivery> = {}) {
	const account = new FakeAccount();
	const workflow = `hook ${String(++workflows)}`;
	const whole = { account, workflow, parameters, query: { secret }, body, ...delivery };
	const { context, sent } = webhookContext(whole);
	const response = await receive(context);
	const items = response.workflowData?.flat().map(({ json }) => json);
	return { response, items, sent, account: whole.account };
}

describe('a delivery', () => {
	it('starts the workflow with its change', async () => {
		const { response, items, sent, account } = await deliver();
		expect(items).toEqual([expect.objectContaining({ id: body.audit.id, event: 'updated' })]);
		expect(items?.[0]).not.toHaveProperty('fullRecord');
		expect(items?.[0]).not.toHaveProperty('fullRecordError');
		expect(response).toEqual({ workflowData: response.workflowData });
		expect([sent, account.requests]).toEqual([{}, []]);
	});

	it('starts nothing if its change is not selected', async () => {
		const { response } = await deliver({ parameters: { ...parameters, events: ['created'] } });
		expect(response).toEqual({ webhookResponse: { message: 'Not selected' } });
	});

	it('starts nothing if it is repeated', async () => {
		const trigger = { workflow: 'repeated', staticData: {} };
		expect((await deliver(trigger)).items).toHaveLength(1);
		expect((await deliver(trigger)).response).toEqual({
			webhookResponse: { message: 'Already delivered' },
		});
		expect(trigger.staticData).toMatchObject({ deliveries: { ids: body.audit.id } });
		expect((await deliver({ ...trigger, staticData: {}, node: 'second' })).items).toHaveLength(1);
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

	it.each<[string, Partial<FakeDelivery>, number, string]>([
		['no secret', { query: {} }, 401, 'Unauthorized'],
		['another secret', { query: { secret: 'wrong' } }, 401, 'Unauthorized'],
		[
			'an empty secret, if none is set',
			{ query: { secret: '' }, parameters: { ...parameters, secret: '' } },
			401,
			'Unauthorized',
		],
		['no header', { parameters: withHeader }, 401, 'Unauthorized'],
		[
			'another header',
			{ parameters: withHeader, headers: { 'x-gateway-key': 'wrong' } },
			401,
			'Unauthorized',
		],
		[
			'the header but no secret',
			{ parameters: withHeader, headers: { 'x-gateway-key': 'sandbox-gateway-key' }, query: {} },
			401,
			'Unauthorized',
		],
		['no object', { body: null }, 400, 'Not an activity webhook delivery'],
		[
			'another event',
			{ body: { ...body, event: 'test' } },
			400,
			'Not an activity webhook delivery',
		],
		['no entry', { body: { event: 'audit' } }, 400, 'Not an activity webhook delivery'],
		['too long a body', { body: 'x'.repeat(1_000_000) }, 413, 'Too large'],
		[
			'a body of the longest size',
			{ body: 'x'.repeat(999_998) },
			400,
			'Not an activity webhook delivery',
		],
	])('with %s', async (_what, delivery, status, message) => {
		const { response, sent } = await deliver(delivery);
		expect(response).toEqual({ noWebhookResponse: true });
		expect(sent).toEqual({ status, body: { message } });
	});

	it('but not with the header that is set', async () => {
		const headers = { 'x-gateway-key': 'sandbox-gateway-key' };
		expect((await deliver({ parameters: withHeader, headers })).items).toHaveLength(1);
	});

	it('but not if the header has no name', async () => {
		const unnamed = { ...parameters, header: { value: { name: '', content: 'ignored' } } };
		expect((await deliver({ parameters: unnamed })).items).toHaveLength(1);
	});
});

describe('a delivery with the record', () => {
	const withRecord = { ...parameters, fullRecord: true };

	it('is responded to before the record is read', async () => {
		const account = new FakeAccount();
		account.responses = { '/features/1': { body: { feature: { id: '1' } } } };
		const { context, sent } = webhookContext({
			account,
			parameters: withRecord,
			query: { secret },
			body,
			workflow: 'with record',
		});
		const sentBefore: unknown[] = [];
		const { httpRequest } = account;
		context.helpers.httpRequestWithAuthentication = (async (...request: [string, never]) => {
			sentBefore.push({ ...sent });
			return await httpRequest(...request);
		}) as never;
		const { workflowData, noWebhookResponse } = await receive(context);
		expect(sentBefore).toEqual([{ status: 200, body: { message: 'Received' } }]);
		expect(noWebhookResponse).toBe(true);
		expect(workflowData?.[0][0].json).toMatchObject({
			id: body.audit.id,
			fullRecord: { id: '1' },
			fullRecordError: null,
		});
	});

	it('is emitted with the reason if the record cannot be read', async () => {
		const account = new FakeAccount();
		account.responses = { '/features/1': { status: 403, body: { error: 'No access' } } };
		const { items } = await deliver({ account, parameters: withRecord });
		expect(items).toMatchObject([{ id: body.audit.id, fullRecord: null }]);
		expect(items?.[0].fullRecordError).toEqual(expect.any(String));
	});
});

describe('publishing', () => {
	const protect = (values: IDataObject) => () =>
		assertProtected(webhookContext({ account: new FakeAccount(), parameters: values }).context);

	it('needs a secret', () => {
		expect(protect({})).toThrow('Enter a secret first');
		expect(protect({ secret: '' })).toThrow('Enter a secret first');
		expect(protect({ secret })).not.toThrow();
	});
});
