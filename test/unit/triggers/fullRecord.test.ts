import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { played } from '../transport/fakeTime';
import { auditAt, FakeAccount, NOON } from './fakeAccount';
import { trigger, UPDATES } from './fakeTrigger';

const parameters = { ...UPDATES, fullRecord: true };
const found = (id: number) => ({ body: { feature: { id: String(id) } } });
const failing = (status: number) => ({ status, body: { error: `No ${String(status)}` } });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

let accounts = 0;

/** Polls once for changes of features, with these responses for the features. */
async function pollFor(responses: FakeAccount['responses'], changes: number) {
	const account = new FakeAccount();
	// Accounts share nothing: each test begins at the same time.
	const domain = `records${String(++accounts)}`;
	const { poll, staticData } = trigger(account, { parameters, domain });
	await played(poll());
	account.responses = responses;
	account.audits = Array.from({ length: changes }, (_, index) => auditAt(NOON + index, index + 1));
	const before = JSON.stringify(staticData);
	const result = await played(poll()).catch((error: Error) => error);
	const requests = account.takeRequests().filter(({ path }) => path.startsWith('/features/'));
	return {
		account,
		poll: async () => await played(poll()),
		result,
		items: Array.isArray(result) ? result : undefined,
		requests,
		isSame: JSON.stringify(staticData) === before,
	};
}

const recordsOf = (items: unknown) =>
	(items as IDataObject[] | undefined)?.map(({ full_record, full_record_error }) => [
		full_record,
		full_record_error,
	]);

describe('a record that cannot be read', () => {
	it.each([403, 400, 422])('stops no other one if Aha! refuses it with %i', async (status) => {
		const responses = { '/features/1': failing(status), '/features/2': found(2) };
		const { items } = await pollFor(responses, 2);
		expect(recordsOf(items)).toEqual([
			[null, `No ${String(status)}`],
			[{ id: '2' }, null],
		]);
	});

	it('stops nothing if it is the only one', async () => {
		const { items, poll } = await pollFor({ '/features/1': failing(403) }, 1);
		expect(recordsOf(items)).toEqual([[null, 'No 403']]);
		expect(await poll()).toBeNull();
	});

	it('stops nothing if all are refused', async () => {
		const responses = Object.fromEntries(
			Array.from({ length: 20 }, (_, index) => [`/features/${String(index + 1)}`, failing(403)]),
		);
		expect((await pollFor(responses, 20)).items).toHaveLength(20);
	});

	it.each([
		['a text', { body: { feature: 'text' } }],
		['no record', { body: {} }],
		['a list', { body: [] }],
	])('is told from one that is deleted: %s', async (_what, response) => {
		const { items } = await pollFor({ '/features/1': response }, 2);
		expect(recordsOf(items)).toEqual([
			[null, 'Aha! returned no record'],
			[null, null],
		]);
	});

	it.each([401, 429, 500, 503])('is tried again in the next poll after %i', async (status) => {
		const { result, isSame, account, poll } = await pollFor({ '/features/1': failing(status) }, 1);
		expect(result).toBeInstanceOf(NodeApiError);
		expect(isSame).toBe(true);
		account.responses = { '/features/1': found(1) };
		expect(recordsOf(await poll())).toEqual([[{ id: '1' }, null]]);
	});

	it.each([
		['first', { '/features/1': failing(500), '/features/2': found(2), '/features/3': found(3) }],
		['last', { '/features/1': found(1), '/features/2': found(2), '/features/3': failing(500) }],
	])('stops no other one though Aha! fails to return it (%s)', async (_what, responses) => {
		const { items } = await pollFor(responses, 3);
		const errors = items
			?.map(({ full_record_error }) => full_record_error)
			.filter((text) => text !== null);
		expect(errors).toEqual(['No 500']);
		expect(items).toHaveLength(3);
	});

	it('is not the last of many requests while Aha! is away', async () => {
		const away = Object.fromEntries(
			Array.from({ length: 30 }, (_, index) => [`/features/${String(index + 1)}`, failing(500)]),
		);
		const { result, requests, isSame } = await pollFor(away, 30);
		expect(result).toBeInstanceOf(NodeApiError);
		expect(isSame).toBe(true);
		expect(new Set(requests.map(({ path }) => path)).size).toBe(2);
		const later = await pollFor({ ...away, '/features/1': found(1) }, 30);
		expect(later.isSame).toBe(true);
		expect(new Set(later.requests.map(({ path }) => path)).size).toBe(7);
	});
});
