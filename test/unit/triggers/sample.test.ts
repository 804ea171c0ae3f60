import type { IDataObject } from 'n8n-workflow';

import { recordTypes } from '../../../nodes/Aha/triggers/change/recordTypes';
import { endpoints, recorded } from '../../../sandbox/aha-api';
import { matcher } from '../../../tools/coverage/matcher';
import type { FakeRequest } from './fakeAccount';
import { FakeAccount } from './fakeAccount';
import { withoutLog } from './fakeLists';
import { trigger } from './fakeTrigger';

const match = matcher(endpoints);

/** An account without changes, which responds as Aha!'s recorded responses do. */
class RecordedAccount extends FakeAccount {
	override respond({ path, query }: FakeRequest) {
		const request = { method: 'GET', path: `/api/v1${path}`, query, body: undefined };
		const [found] = match(request as never);
		const { method, path: template } = found.endpoint;
		return this.responses[path] ?? recorded[`${method} ${template}`];
	}
}

const fetchTest = async (parameters: IDataObject, account: FakeAccount = new RecordedAccount()) =>
	await trigger(account, { mode: 'manual', parameters }).poll();

const STATUS = { recordTypes: ['feature'], events: ['statusChanged'] };

describe('without a change that matches, a person who tries the trigger gets a sample', () => {
	it('of a real record, with the selected statuses', async () => {
		const filters = { newStatus: ['Shipped', 'Done'], oldStatus: ['In progress'] };
		const status = { from: 'In progress', to: 'Shipped' };
		expect(await fetchTest({ ...STATUS, filters })).toEqual([
			{
				id: null,
				event: 'statusChanged',
				events: ['statusChanged'],
				at: '2019-01-01T00:00:00.000Z',
				record: {
					id: expect.any(String) as string,
					reference_num: 'PRJ1-1',
					name: 'Feature 1',
					type: 'Feature',
					url: expect.stringContaining('/features/PRJ1-1') as string,
				},
				workspace: 'PRJ1',
				interesting: null,
				status,
				changes: [{ field: 'Workflow status', ...status }],
				changed: { 'Workflow status': status },
				by: expect.objectContaining({ email: expect.any(String) as string }) as IDataObject,
				description: 'Sample: nobody made this change to this feature',
				part: null,
				sample: true,
			},
		]);
	});

	it.each(recordTypes.map(({ value, name }) => [name, value]))(
		'of a %s',
		async (name, recordType) => {
			const items = await fetchTest({ recordTypes: [recordType], events: ['updated'] });
			expect(items).toMatchObject([
				{
					event: 'updated',
					record: { type: name, id: expect.any(String) as string },
					sample: true,
				},
			]);
			expect(Object.keys(items?.[0].changed as IDataObject)).toEqual(['Name']);
		},
	);

	it('of a common type if all are selected', async () => {
		expect(await fetchTest({ recordTypes: [], events: [] })).toMatchObject([
			{ event: 'updated', record: { type: 'Feature' } },
		]);
	});

	it.each<[string, IDataObject, IDataObject]>([
		[
			'shipped',
			{ events: ['shipped', 'created'] },
			{ event: 'shipped', status: { from: null, to: 'Shipped' } },
		],
		[
			'assigned',
			{ events: ['assigned'] },
			{ event: 'assigned', changes: [{ field: 'Assigned to', from: null }] },
		],
		[
			'created',
			{ events: ['created', 'deleted'] },
			{ event: 'created', status: null, changes: [] },
		],
		[
			'a comment',
			{ events: ['commentAdded'] },
			{ event: 'commentAdded', part: { type: 'Comment', id: null } },
		],
		[
			'a vote',
			{ recordTypes: ['idea'], events: ['voteAdded'] },
			{ event: 'voteAdded', part: { type: 'Idea Vote', id: null }, record: { type: 'Idea' } },
		],
		[
			'its own status',
			{ events: ['statusChanged'] },
			{ status: { from: null, to: expect.any(String) as string } },
		],
		[
			'the selected fields',
			{ events: ['updated'], filters: { changedFields: ['Due date', 'Tags'] } },
			{
				changed: { 'Due date': { from: null, to: null }, Tags: { from: null, to: null } },
				status: null,
			},
		],
		[
			'a status among updates',
			{ events: ['updated'], filters: { newStatus: ['Shipped'] } },
			{ event: 'updated', status: { from: null, to: 'Shipped' } },
		],
	])('of %s', async (_what, selection, expected) => {
		const items = await fetchTest({ recordTypes: ['feature'], ...selection });
		expect(items).toMatchObject([{ ...expected, sample: true }]);
	});

	it('from the selected workspace, or else from another', async () => {
		const account = new RecordedAccount();
		const parameters = { ...STATUS, filters: { workspaces: ['PRJ2', 'PRJ1'] } };
		await fetchTest(parameters, account);
		const pathsOf = () => account.takeRequests().map(({ path }) => path);
		expect(pathsOf()).toContain('/products/PRJ2/features');
		account.responses = {
			'/products/PRJ2/features': { status: 404 },
		};
		expect(await fetchTest(parameters, account)).toMatchObject([{ sample: true }]);
		expect(pathsOf()).toContain('/features');
	});

	it('with what the list has, where the record itself cannot be read', async () => {
		const account = new RecordedAccount();
		const [{ id }] = (recorded['GET /features'].body as { features: IDataObject[] }).features;
		account.responses = { [`/features/${String(id)}`]: { status: 403, body: {} } };
		expect(await fetchTest(STATUS, account)).toMatchObject([{ record: { id }, sample: true }]);
	});

	it('with the full record', async () => {
		expect(await fetchTest({ ...STATUS, fullRecord: true })).toMatchObject([
			{ sample: true, full_record: { reference_num: 'PRJ1-1' }, full_record_error: null },
		]);
	});

	it('of a record in a list if there is no audit log', async () => {
		const account = withoutLog();
		const id = '7';
		account.responses['/features'] = { body: { features: [{ id, reference_num: 'PRJ1-7' }] } };
		account.responses['/features/7'] = { body: { feature: { id, name: 'Seven' } } };
		// The list for following must be dated and empty.
		account.respond = new Proxy(account.respond, {
			apply: (respond, self, [request]: [FakeRequest]) =>
				'updated_since' in request.query
					? { body: { features: [], pagination: {} } }
					: respond.call(self, request),
		});
		const parameters = { recordTypes: ['feature'], events: ['updated'] };
		expect(await fetchTest(parameters, account)).toMatchObject([
			{ event: 'updated', record: { id, name: 'Seven' }, sample: true },
		]);
	});
});

describe('a person who tries the trigger learns', () => {
	it('that there is nothing to show', async () => {
		const account = new RecordedAccount();
		account.responses = {
			'/features': { body: { features: [] } },
		};
		await expect(fetchTest(STATUS, account)).rejects.toMatchObject({
			message: 'Aha! has no change of the last 30 days and no record of these types',
		});
	});

	it('that the selection needs the audit log, and gets no sample for it', async () => {
		await expect(fetchTest(STATUS, withoutLog())).rejects.toThrow('needed to tell');
	});
});
