import type { IDataObject } from 'n8n-workflow';

import { staysIn } from '../../../nodes/Aha/handlers/timeInStatus';
import { jsonOf, runNode } from '../runNode';

const NOON = Date.parse('2026-03-10T12:00:00Z');

const time = (status_name: string, started_at: string, ended_at: string | null): IDataObject => ({
	status_id: '1',
	status_name,
	started_at,
	ended_at,
});

const NEW = time('New', '2026-03-01T00:00:00.000Z', '2026-03-03T12:00:00.000Z');
const DESIGNED = time('Designed', '2026-03-03T12:00:00.000Z', '2026-03-03T18:00:00.000Z');
const OPEN = time('In development', '2026-03-03T18:00:00.000Z', null);

describe('the stays of a record in its statuses', () => {
	test('have a status, a start, an end and days, the earliest first', () => {
		expect(staysIn([OPEN, DESIGNED, NEW], NOON)).toEqual([
			{ status: 'New', from: NEW.started_at, to: NEW.ended_at, days: 2.5 },
			{ status: 'Designed', from: DESIGNED.started_at, to: DESIGNED.ended_at, days: 0.25 },
			{ status: 'In development', from: OPEN.started_at, to: null, days: 6.75 },
		]);
	});

	test('count days with two decimals', () => {
		const minute = time('New', '2026-03-01T00:00:00Z', '2026-03-01T00:15:00Z');
		expect(staysIn([minute], NOON)).toMatchObject([{ days: 0.01 }]);
	});

	test('can be in one status more than once', () => {
		const again = time('New', '2026-03-05T00:00:00Z', '2026-03-06T00:00:00Z');
		expect(staysIn([again, NEW], NOON).map(({ status, days }) => [status, days])).toEqual([
			['New', 2.5],
			['New', 1],
		]);
	});

	test('are none where Aha! recorded none', () => {
		expect(staysIn([], NOON)).toEqual([]);
	});
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe('Get Time in Status', () => {
	test.each([
		['feature', 'feature', '/features/PRJ1-1'],
		['epic', 'epic', '/epics/PRJ1-E-1'],
		['idea', 'idea', '/ideas/PRJ1-I-1'],
		['initiative', 'initiative', '/initiatives/PRJ1-S-1'],
		['release', 'release', '/releases/PRJ1-R-1'],
		['requirement', 'requirement', '/requirements/PRJ1-1-1'],
	])('reads them with the %s', async (resource, key, path) => {
		const reference = path.split('/')[2];
		const record = { id: '7', reference_num: reference, name: 'Maps' };
		const result = await runNode(
			{ resource, operation: 'getTimeInStatus', record: byId(reference) },
			() => ({ body: { [key]: { ...record, workflow_status_times: [NEW] } } }),
		);
		expect(jsonOf(result)).toEqual([
			{ ...record, status: 'New', from: NEW.started_at, to: NEW.ended_at, days: 2.5 },
		]);
		expect(result.sent.map(({ url }) => new URL(url).pathname)).toEqual([`/api/v1${path}`]);
		expect(String(result.sent[0].qs.fields).split(',')).toContain('workflow_status_times');
	});

	test('finds those of a goal in its success metric', async () => {
		const result = await runNode(
			{ resource: 'goal', operation: 'getTimeInStatus', record: byId('PRJ1-G-1') },
			() => ({
				body: { goal: { id: '7', success_metric: { workflow_status_times: [NEW, OPEN] } } },
			}),
		);
		expect(jsonOf(result).map(({ status }) => status)).toEqual(['New', 'In development']);
	});

	test.each([
		['keyResult', 'key_result', 'PRJ1-G-1-KR-1', '/key_results'],
		['note', 'page', 'PRJ1-N-1', '/pages'],
	])('reads all pages of the list where a %s carries none', async (resource, key, ref, path) => {
		const list = `/api/v1${path}/${ref}/workflow_status_times`;
		const result = await runNode(
			{ resource, operation: 'getTimeInStatus', record: byId(ref) },
			({ qs }, asked) => {
				if (asked !== list) return { body: { [key]: { id: '7', name: 'Maps' } } };
				const pagination = { total_records: 2, total_pages: 2, current_page: Number(qs.page) };
				const stay = qs.page === 1 ? { ...NEW, id: '1' } : { ...OPEN, id: '2' };
				return { body: { workflow_status_times: [stay], pagination } };
			},
		);
		expect(jsonOf(result).map(({ id, status }) => [id, status])).toEqual([
			['7', 'New'],
			['7', 'In development'],
		]);
	});

	test('counts an open stay up to now', async () => {
		const started_at = new Date(Date.now() - 36 * 60 * 60 * 1000).toISOString();
		const result = await runNode(
			{ resource: 'feature', operation: 'getTimeInStatus', record: byId('PRJ1-1') },
			() => ({
				body: { feature: { id: '7', workflow_status_times: [{ ...OPEN, started_at }] } },
			}),
		);
		expect(jsonOf(result)).toMatchObject([{ to: null, days: 1.5 }]);
	});
});
