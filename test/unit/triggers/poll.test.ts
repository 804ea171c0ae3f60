import type { IDataObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { auditAt, FakeAccount, NOON } from './fakeAccount';
import { references, trigger, UPDATES } from './fakeTrigger';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a poll of the audit log', () => {
	it('starts now, emits each change once and costs one request while idle', async () => {
		const account = new FakeAccount();
		account.audits = [auditAt(NOON - MINUTE, 1)];
		const { poll: pollOnce } = trigger(account);
		expect(await pollOnce()).toBeNull();
		account.audits.push(auditAt(NOON + MINUTE, 2), auditAt(NOON + MINUTE, 3));
		account.now += 2 * MINUTE;
		expect(references(await pollOnce())).toEqual(['PRJ1-2', 'PRJ1-3']);
		account.takeRequests();
		expect(await pollOnce()).toBeNull();
		expect(account.takeRequests()).toEqual([
			{
				path: '/audits',
				query: { created_since: new Date(NOON - 15 * MINUTE).toISOString(), per_page: 200 },
			},
		]);
	});

	it('asks for the time of Aha! before it starts, and reads what is visible', async () => {
		const account = new FakeAccount();
		await trigger(account).poll();
		expect(account.takeRequests()).toEqual([
			{ path: '/audits', query: { created_since: '9999-01-01T00:00:00Z', per_page: 1 } },
			{
				path: '/audits',
				query: { created_since: new Date(NOON - 15 * MINUTE).toISOString(), per_page: 200 },
			},
		]);
	});

	it.each([
		['UTC', '2026-02-27T12:00:00.000Z'],
		['America/New_York', '2026-02-27T17:00:00.000Z'],
	])('starts at a time in the time zone of the workflow, %s', async (timezone, since) => {
		const account = new FakeAccount();
		account.audits = [
			auditAt(Date.parse(since) - 1_000, 1),
			auditAt(Date.parse(since), 2),
			auditAt(NOON - MINUTE, 3),
		];
		const parameters = { ...UPDATES, start: 'time', startTime: '2026-02-27T12:00:00' };
		const { poll: pollOnce, staticData } = trigger(account, { parameters, timezone });
		expect(await pollOnce()).toBeNull();
		expect(staticData.pollState).toMatchObject({ start: since });
		account.takeRequests();
		expect(references(await pollOnce())).toEqual(['PRJ1-2', 'PRJ1-3']);
		expect(account.takeRequests()[0].query).toMatchObject({ created_since: since });
	});

	it('ignores the start time while it starts now', async () => {
		const account = new FakeAccount();
		account.audits = [auditAt(NOON - HOUR, 1)];
		const parameters = { ...UPDATES, start: 'now', startTime: '2026-02-27T12:00:00' };
		const { poll: pollOnce } = trigger(account, { parameters });
		expect(await pollOnce()).toBeNull();
		expect(await pollOnce()).toBeNull();
	});

	it('refuses a start time that is none', async () => {
		const parameters = { ...UPDATES, start: 'time', startTime: 'soon' };
		const polling = trigger(new FakeAccount(), { parameters }).poll();
		await expect(polling).rejects.toThrow(NodeOperationError);
		await expect(polling).rejects.toThrow('"Start Time" must be a date and time');
	});

	it('emits batches, smaller ones with the records', async () => {
		const account = new FakeAccount();
		const plain = trigger(account);
		const fullRecord = trigger(account, { parameters: { ...UPDATES, fullRecord: true } });
		await plain.poll();
		await fullRecord.poll();
		account.audits = Array.from({ length: 1_100 }, (_, index) => auditAt(NOON + index * 10, index));
		account.now += MINUTE;
		expect(await plain.poll()).toHaveLength(1_000);
		expect(await plain.poll()).toHaveLength(100);
		expect(await fullRecord.poll()).toHaveLength(100);
	});

	it('adds each record once, and null for what is deleted or has no endpoint', async () => {
		const account = new FakeAccount();
		const feature = { id: '1', name: 'Phone' };
		account.responses = { '/features/1': { body: { feature } } };
		const parameters = { recordTypes: [], events: [], fullRecord: true };
		const { poll: pollOnce } = trigger(account, { parameters });
		await pollOnce();
		account.audits = [
			auditAt(NOON, 1),
			auditAt(NOON + 1_000, 1),
			auditAt(NOON + 2_000, 2),
			auditAt(NOON + 3_000, 3, { auditable_type: 'custom_thing', auditable_url: null }),
			auditAt(NOON + 4_000, 4, {
				auditable_type: 'feature',
				auditable_id: null,
				auditable_url: null,
			}),
		];
		account.takeRequests();
		const items = await pollOnce();
		expect(items?.map(({ full_record }) => full_record)).toEqual([
			feature,
			feature,
			null,
			null,
			null,
		]);
		expect(account.takeRequests().map(({ path }) => path)).toEqual([
			'/audits',
			'/features/1',
			'/features/2',
		]);
	});

	it('reads a record by its reference if the log has no id of it', async () => {
		const account = new FakeAccount();
		account.responses = { '/ideas/PRJ1-I-5': { body: { idea: { id: '5' } } } };
		const parameters = { recordTypes: ['idea'], events: ['voteAdded'], fullRecord: true };
		const { poll: pollOnce } = trigger(account, { parameters });
		await pollOnce();
		account.audits = [
			auditAt(NOON, 5, {
				audit_action: 'create',
				auditable_type: 'ideas/idea_endorsement',
				auditable_url: 'https://mycompany.aha.io/ideas/ideas/PRJ1-I-5',
			}),
		];
		expect(await pollOnce()).toMatchObject([{ event: 'voteAdded', full_record: { id: '5' } }]);
	});

	it('tells records of two types with the same id apart', async () => {
		const account = new FakeAccount();
		account.responses = {
			'/features/1': { body: { feature: { name: 'A feature' } } },
			'/epics/1': { body: { epic: { name: 'An epic' } } },
		};
		const parameters = { recordTypes: [], events: [], fullRecord: true };
		const { poll: pollOnce } = trigger(account, { parameters });
		await pollOnce();
		account.audits = [auditAt(NOON, 1), auditAt(NOON + 1_000, 1, { auditable_type: 'epic' })];
		const items = await pollOnce();
		expect(items?.map(({ full_record }) => (full_record as IDataObject).name)).toEqual([
			'A feature',
			'An epic',
		]);
	});

	it('skips what cannot be told apart, says so, and emits what is behind it', async () => {
		const account = new FakeAccount();
		const warnings: string[] = [];
		const { poll: pollOnce } = trigger(account, { warnings });
		await pollOnce();
		const broken = { auditable_type: 'feature' };
		account.responses = {
			'/audits': { body: { audits: [broken, null, auditAt(NOON, 1)], pagination: {} } },
		};
		expect(references(await pollOnce())).toEqual(['PRJ1-1']);
		expect(warnings).toEqual(['Skipped 2 of /audits from Aha!, without a readable ID or time']);
		expect(await pollOnce()).toBeNull();
	});

	it('throws an error of Aha! as it is', async () => {
		const account = new FakeAccount();
		const { poll: pollOnce } = trigger(account);
		await pollOnce();
		account.responses = { '/audits': { status: 403, body: { error: 'No access' } } };
		await expect(pollOnce()).rejects.toThrow(NodeApiError);
	});

	it('shows any other error with its node', async () => {
		const account = new FakeAccount();
		const { poll: pollOnce } = trigger(account);
		account.responses = { '/audits': { body: { other: [] } } };
		await expect(pollOnce()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'Aha! returned no list of audits',
			description: 'A proxy may have responded instead. The next poll tries again.',
			node: { name: 'Aha! Trigger' },
		});
	});

	it('starts again for another account, and follows each node by itself', async () => {
		const account = new FakeAccount();
		const { poll: pollOnce, staticData } = trigger(account);
		await pollOnce();
		expect(staticData.pollState).toMatchObject({ account: 'mycompany.aha.io', start: 'now' });
		account.audits = [auditAt(NOON, 1)];
		expect(await pollOnce({ domain: 'other' })).toBeNull();
		expect(await pollOnce({ node: 'second', staticData: {} })).toBeNull();
		account.audits.push(auditAt(NOON + 1_000, 2));
		expect(references(await pollOnce({ domain: 'other' }))).toEqual(['PRJ1-2']);
	});
});
