import { auditAt, FakeAccount, NOON } from './fakeAccount';
import { version, withoutLog } from './fakeLists';
import { references, trigger, UPDATES } from './fakeTrigger';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a poll that a person starts', () => {
	const manual = { mode: 'manual' } as const;

	it('emits the newest selected change and stores nothing', async () => {
		const account = new FakeAccount();
		account.audits = [
			auditAt(NOON - 3 * MINUTE, 1),
			auditAt(NOON - 2 * MINUTE, 2),
			auditAt(NOON - MINUTE, 3, { auditable_type: 'epic' }),
		];
		const { poll: pollOnce, staticData } = trigger(account, manual);
		expect(references(await pollOnce())).toEqual(['PRJ1-2']);
		expect(staticData).toEqual({});
		expect(account.takeRequests().map(({ query }) => query)).toEqual([
			{ created_since: '9999-01-01T00:00:00Z', per_page: 1 },
			{ created_since: new Date(NOON - HOUR).toISOString(), per_page: 200 },
		]);
	});

	it.each([
		[2 * HOUR, [HOUR, DAY]],
		[29 * DAY, [HOUR, DAY, 30 * DAY]],
	])('looks back further if need be: %d ms', async (age, spans) => {
		const account = new FakeAccount();
		account.audits = [auditAt(NOON - age, 1)];
		expect(references(await trigger(account, manual).poll())).toEqual(['PRJ1-1']);
		const [, ...requests] = account.takeRequests();
		expect(requests.map(({ query }) => query.created_since)).toEqual(
			spans.map((span) => new Date(NOON - span).toISOString()),
		);
	});

	it.each([1, -1])('finds the newest of many, whatever their order (%i)', async (order) => {
		const account = new FakeAccount();
		account.audits = Array.from({ length: 1_001 }, (_, index) => auditAt(NOON - index, index));
		account.audits.sort((a, b) => order * (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
		const newest = account.audits[order === 1 ? 1_000 : 0];
		expect(await trigger(account, manual).poll()).toMatchObject([{ id: newest.id }]);
		const [, ...requests] = account.takeRequests();
		expect(requests.map(({ query }) => query.page)).toEqual([undefined, 5, 6]);
	});

	it('reads two pages once each', async () => {
		const account = new FakeAccount();
		account.audits = Array.from({ length: 201 }, (_, index) => auditAt(NOON - index, index));
		await trigger(account, manual).poll();
		expect(account.takeRequests().map(({ query }) => query.page)).toEqual([
			undefined,
			undefined,
			2,
		]);
	});

	it('adds the record', async () => {
		const account = new FakeAccount();
		account.audits = [auditAt(NOON - MINUTE, 1)];
		account.responses = { '/features/1': { body: { feature: { id: '1' } } } };
		const parameters = { ...UPDATES, fullRecord: true };
		expect(await trigger(account, { ...manual, parameters }).poll()).toMatchObject([
			{ full_record: { id: '1' } },
		]);
	});

	it('says so when there is none', async () => {
		const account = new FakeAccount();
		account.audits = [auditAt(NOON - 31 * DAY, 1)];
		await expect(trigger(account, manual).poll()).rejects.toMatchObject({
			message: 'Aha! has no change of the last 30 days and no record of these types',
			description: 'Create a record in Aha! and try again, or select more record types.',
		});
	});
});

describe('without the audit log, a person who tries the trigger gets', () => {
	const parameters = { recordTypes: ['epic', 'feature'], events: ['created', 'updated'] };
	const manual = { mode: 'manual', parameters } as const;

	it('the newest version in the first list that has one', async () => {
		const account = withoutLog();
		account.lists['/features'] = [version(1, NOON - 2 * DAY), version(2, NOON - DAY)];
		expect(await trigger(account, manual).poll()).toMatchObject([
			{ event: 'created', record: { reference_num: 'PRJ1-2' } },
		]);
		expect(account.takeRequests().at(-1)).toEqual({
			path: '/features',
			query: {
				updated_since: new Date(NOON - 30 * DAY).toISOString(),
				fields: 'id,reference_num,name,url,created_at,updated_at',
				per_page: 200,
			},
		});
	});

	it.each([
		[59_999, 'created'],
		[60_001, 'updated'],
	])('one updated %d ms after its creation as %s', async (age, event) => {
		const account = withoutLog();
		account.lists['/features'] = [version(1, NOON - DAY, NOON - DAY + age)];
		expect(await trigger(account, manual).poll()).toMatchObject([{ event }]);
	});

	it('an error if no version is selected', async () => {
		const account = withoutLog();
		account.lists['/features'] = [version(1, NOON - 31 * DAY)];
		await expect(trigger(account, manual).poll()).rejects.toThrow('no record of these types');
	});
});
