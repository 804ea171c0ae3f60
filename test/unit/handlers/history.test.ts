import { sleep } from 'n8n-workflow';

import { jsonOf, runNode } from '../runNode';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(async () => undefined),
}));

beforeEach(() => jest.mocked(sleep).mockClear());

/** Milliseconds that were waited in all. */
const waited = () => jest.mocked(sleep).mock.calls.reduce((sum, [each]) => sum + each, 0);

describe('Search History', () => {
	const parameters = {
		resource: 'history',
		operation: 'searchHistory',
		created_since: '2019-01-01T00:00:00Z',
		created_before: '2019-02-01T00:00:00Z',
		additionalFields: { auditable_type: 'Feature' },
		returnAll: true,
	};
	const tokens = (left: number) => ({ 'x-historical-tokens-available': String(left) });

	test('waits, reads all pages and tells what it cost', async () => {
		let looks = 0;
		const result = await runNode(parameters, ({ method, qs }, path) => {
			if (method === 'POST') return { headers: tokens(500), body: { search_id: '77' } };
			if (path.endsWith('/historical_audits')) {
				return { headers: tokens(1000), body: { historical_audits: [] } };
			}
			if (qs.next_token === 'two') {
				return { headers: tokens(940), body: { audits: [{ id: '2' }], next_token: null } };
			}
			looks += 1;
			if (looks < 3) return { headers: tokens(500), body: { audits: [], running: true } };
			const body = { audits: [{ id: '1' }], running: false, next_token: 'two' };
			return { headers: tokens(940), body };
		});
		const historical_search = { search_id: '77', tokens_available: 940, tokens_used: 60 };
		expect(jsonOf(result)).toEqual([
			{ id: '1', historical_search },
			{ id: '2', historical_search },
		]);
		expect(waited()).toBe(10_000);
		const posted = result.sent.find(({ method }) => method === 'POST');
		expect(posted?.body).toEqual({
			search: {
				created_since: '2019-01-01T00:00:00.000Z',
				created_before: '2019-02-01T00:00:00.000Z',
				auditable_type: 'Feature',
			},
		});
	});

	test('a search without an ID is an error, and no results are asked for', async () => {
		const paths: string[] = [];
		const run = runNode(parameters, (_request, path) => {
			paths.push(path);
			return { body: { historical_audits: [] } };
		});
		await expect(run).rejects.toThrow('The response from Aha! has no "search_id"');
		expect(paths).toHaveLength(2);
	});

	test('an empty result still tells what it cost', async () => {
		const result = await runNode(parameters, ({ method }) => ({
			headers: tokens(7),
			body: method === 'POST' ? { search_id: '77' } : { audits: [], running: false },
		}));
		expect(jsonOf(result)).toEqual([
			{ audits: [], historical_search: { search_id: '77', tokens_available: 7, tokens_used: 0 } },
		]);
	});

	test('a search that does not end is given up with its ID', async () => {
		const running = ({ method }: { method?: string }) => ({
			body: method === 'POST' ? { search_id: '77' } : { audits: [], running: true },
		});
		await expect(runNode(parameters, running)).rejects.toMatchObject({
			description: expect.stringContaining('77') as string,
		});
	});
});

describe('Account Backup', () => {
	const create = { resource: 'accountBackup', operation: 'create', waitForCompletion: true };
	const backup = (status_code: number, status_description: string) => ({
		body: { account_backup: { id: '5', status_code, status_description } },
	});

	test('waits until it is complete, and no more often than Aha! wants', async () => {
		const states = [backup(0, 'In Queue'), backup(1, 'In Progress'), backup(2, 'Completed')];
		const result = await runNode(create, () => states.shift() ?? backup(2, 'Completed'));
		expect(jsonOf(result)).toMatchObject([{ id: '5', status_description: 'Completed' }]);
		expect(waited()).toBe(20_000);
	});

	test('does not wait unless it is told to', async () => {
		const result = await runNode({ ...create, waitForCompletion: false }, () =>
			backup(0, 'In Queue'),
		);
		expect(result.sent).toHaveLength(1);
	});

	test('says that a failed backup failed', async () => {
		await expect(runNode(create, () => backup(3, 'Error'))).rejects.toThrow('could not create');
	});

	test('says plainly that there was one within 24 hours, and does not try again', async () => {
		const answer = jest.fn(() => ({ status: 429, body: { error: 'Too many' } }));
		await expect(runNode(create, answer)).rejects.toThrow('one backup every 24 hours');
		expect(answer).toHaveBeenCalledTimes(1);
	});
});
