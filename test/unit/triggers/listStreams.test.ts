import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { idAt, NOON } from './fakeAccount';
import { version, withoutLog } from './fakeLists';
import { references, trigger, UPDATES } from './fakeTrigger';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const typeOf = ({ record }: IDataObject): string => String((record as IDataObject).type);

describe('an account that does not allow the audit log', () => {
	it.each([403, 404])('has its lists followed (%i)', async (status) => {
		const account = withoutLog(status);
		account.lists['/features'] = [version(1, NOON - MINUTE), version(2, NOON - DAY)];
		const { poll: pollOnce, staticData } = trigger(account);
		expect(await pollOnce()).toBeNull();
		account.lists['/features'] = [
			version(1, NOON - MINUTE),
			version(2, NOON - DAY, NOON + 2_000),
			version(3, NOON + 1_000),
		];
		account.now += MINUTE;
		const items = await pollOnce();
		expect(items).toEqual([
			{
				id: `${idAt(NOON, 3)}@${new Date(NOON + 1_000).toISOString()}`,
				event: 'created',
				events: ['created'],
				at: new Date(NOON + 1_000).toISOString(),
				record: {
					id: idAt(NOON, 3),
					reference_num: 'PRJ1-3',
					type: 'Feature',
					name: 'Record 3',
					url: 'https://mycompany.aha.io/features/PRJ1-3',
				},
				workspace: 'PRJ1',
				interesting: null,
				status: null,
				changes: [],
				changed: {},
				by: null,
				description: null,
				part: null,
			},
			expect.objectContaining({ event: 'updated' }),
		]);
		expect(references(items)).toEqual(['PRJ1-3', 'PRJ1-2']);
		expect(await pollOnce()).toBeNull();
		expect(Object.keys((staticData.pollState as IDataObject).checkpoints as IDataObject)).toEqual([
			'feature /features',
		]);
	});

	it('is asked for what an item needs, since a little before the start', async () => {
		const account = withoutLog();
		await trigger(account).poll();
		expect(account.takeRequests().slice(1)).toEqual([
			{ path: '/features', query: { updated_since: '9999-01-01T00:00:00Z', per_page: 1 } },
			{
				path: '/features',
				query: {
					updated_since: new Date(NOON - 15 * MINUTE - 1_000).toISOString(),
					fields: 'id,reference_num,name,url,created_at,updated_at',
					per_page: 200,
					page: 1,
				},
			},
		]);
	});

	it('starts at a given time', async () => {
		const account = withoutLog();
		account.lists['/features'] = [version(1, NOON - DAY), version(2, NOON - 3 * DAY)];
		const startTime = new Date(NOON - 2 * DAY).toISOString();
		const { poll: pollOnce } = trigger(account, {
			parameters: { ...UPDATES, start: 'time', startTime },
		});
		expect(await pollOnce()).toBeNull();
		expect(references(await pollOnce())).toEqual(['PRJ1-1']);
	});

	it('has all of its lists followed if no record type is selected', async () => {
		const account = withoutLog();
		const parameters = { recordTypes: [], events: ['created'] };
		const { poll: pollOnce, staticData } = trigger(account, { parameters });
		await pollOnce();
		expect(Object.keys((staticData.pollState as IDataObject).checkpoints as IDataObject)).toEqual([
			'epic /epics',
			'feature /features',
			'idea /ideas',
			'ideaVote /ideas/endorsements',
			'initiative /initiatives',
			'toDo /tasks',
			'workspace /products',
		]);
	});

	it('has the releases of the selected workspaces followed', async () => {
		const account = withoutLog();
		const parameters = {
			recordTypes: ['release'],
			events: ['created'],
			filters: { workspaces: ['PRJ 1', 'PRJ2'] },
		};
		const { poll: pollOnce } = trigger(account, { parameters });
		await pollOnce();
		account.lists['/products/PRJ2/releases'] = [
			{ ...version(1, NOON + 1_000), reference_num: 'PRJ2-R-1' },
			{ ...version(2, NOON + 2_000), reference_num: 'OTHER-R-2' },
		];
		account.now += MINUTE;
		expect(references(await pollOnce())).toEqual(['PRJ2-R-1']);
	});

	it('keeps to the size of a batch in all lists together', async () => {
		const account = withoutLog();
		const startTime = new Date(NOON - DAY).toISOString();
		const parameters = {
			recordTypes: ['feature', 'epic'],
			events: ['created'],
			start: 'time',
			startTime,
		};
		const { poll: pollOnce } = trigger(account, { parameters });
		await pollOnce();
		const many = Array.from({ length: 600 }, (_, index) => version(index, NOON - HOUR + index));
		account.lists['/features'] = many;
		account.lists['/epics'] = many;
		const first = await pollOnce();
		expect(first?.filter((item) => typeOf(item) === 'Epic')).toHaveLength(600);
		expect(first).toHaveLength(1_000);
		expect(await pollOnce()).toHaveLength(200);
	});

	it('goes on with one change a list when the batch is full', async () => {
		const account = withoutLog();
		const startTime = new Date(NOON - DAY).toISOString();
		const parameters = {
			recordTypes: ['feature', 'epic'],
			events: ['created'],
			start: 'time',
			startTime,
		};
		const { poll: pollOnce } = trigger(account, { parameters });
		await pollOnce();
		const many = Array.from({ length: 1_000 }, (_, index) => version(index, NOON - HOUR + index));
		account.lists['/features'] = many;
		account.lists['/epics'] = many;
		expect(await pollOnce()).toHaveLength(1_001);
	});

	/** All lists that need no workspace. */
	const LISTS = [
		'/features',
		'/epics',
		'/ideas',
		'/ideas/endorsements',
		'/initiatives',
		'/tasks',
		'/products',
	];
	const sizeOf = (staticData: IDataObject) => JSON.stringify(staticData).length;
	const LARGEST = 64 * 1024;

	it.each([400, 1_500])(
		'stores less than 64 KB and loses nothing amid %i changes in each of its lists',
		async (count) => {
			const account = withoutLog();
			const many = (from: number) =>
				Array.from({ length: count }, (_, index) =>
					version((from + index) * 7_919, from + 1_000 + index * 100),
				);
			for (const path of LISTS) account.lists[path] = many(NOON - 10 * MINUTE);
			const parameters = { recordTypes: [], events: [] };
			const { poll: pollOnce, staticData } = trigger(account, { parameters });
			await pollOnce();
			expect(sizeOf(staticData)).toBeLessThan(LARGEST);
			for (const path of LISTS) account.lists[path].push(...many(NOON + 30 * MINUTE));
			account.now += 45 * MINUTE;
			const ids: unknown[] = [];
			let largest = 0;
			for (let polls = 0; polls < (count / 1_000) * 7 + 30; polls++) {
				ids.push(...((await pollOnce()) ?? []).map((item) => `${typeOf(item)} ${String(item.id)}`));
				largest = Math.max(largest, sizeOf(staticData));
				account.now += MINUTE;
			}
			expect(ids).toHaveLength(count * LISTS.length);
			expect(new Set(ids).size).toBe(ids.length);
			expect(largest).toBeGreaterThan(20_000);
			expect(largest).toBeLessThan(LARGEST);
		},
	);

	it('stores less than 64 KB when lists are added to full ones', async () => {
		const account = withoutLog();
		for (const path of LISTS) {
			account.lists[path] = Array.from({ length: 1_500 }, (_, index) =>
				version(index * 7_919, NOON - 10 * MINUTE + index * 100),
			);
		}
		const types = ['feature', 'epic', 'idea', 'ideaVote', 'initiative', 'toDo', 'workspace'];
		const { poll: pollOnce, staticData } = trigger(account);
		for (let count = 1; count <= types.length; count++) {
			const parameters = { recordTypes: types.slice(0, count), events: [] };
			for (let polls = 0; polls < 3; polls++) await pollOnce({ parameters });
			expect(sizeOf(staticData)).toBeLessThan(LARGEST);
		}
		account.now += MINUTE;
		for (const path of LISTS) account.lists[path].push(version(1, NOON + MINUTE));
		const items = await pollOnce({ parameters: { recordTypes: types, events: [] } });
		expect(items?.map(typeOf).sort()).toEqual([
			'Epic',
			'Feature',
			'Idea',
			'Idea Vote',
			'Initiative',
			'To-Do',
			'Workspace',
		]);
	});

	it.each([
		[50, 0],
		[51, 1],
	])('follows %i lists within 64 KB, and no more', async (count, refused) => {
		const account = withoutLog();
		const workspaces = Array.from({ length: count }, (_, index) => `WORKSPACE${String(index)}`);
		for (const workspace of workspaces) {
			account.lists[`/products/${workspace}/releases`] = Array.from(
				{ length: 100 },
				(_, index) => ({
					...version(index * 7_919, NOON - 10 * MINUTE + index * 100),
					reference_num: `${workspace}-R-${String(index)}`,
				}),
			);
		}
		const parameters = { recordTypes: ['release'], events: [], filters: { workspaces } };
		const { poll: pollOnce, staticData } = trigger(account, { parameters });
		if (refused) {
			await expect(pollOnce()).rejects.toThrow('a trigger can follow 50 lists, not 51');
			return;
		}
		expect(await pollOnce()).toBeNull();
		account.now += MINUTE;
		const [first] = Object.values(account.lists['/products/WORKSPACE0/releases']);
		account.lists['/products/WORKSPACE0/releases'].push({
			...first,
			...version(1, NOON + 1_000),
			reference_num: 'WORKSPACE0-R-1',
		});
		expect(await pollOnce()).toHaveLength(1);
		expect(sizeOf(staticData)).toBeGreaterThan(20_000);
		expect(sizeOf(staticData)).toBeLessThan(LARGEST);
	});

	it('has a type followed from when it is selected', async () => {
		const account = withoutLog();
		const { poll: pollOnce, staticData } = trigger(account);
		await pollOnce();
		account.lists['/features'] = [version(1, NOON + 1_000)];
		account.lists['/epics'] = [version(2, NOON + 1_000)];
		account.now += MINUTE;
		const parameters = { recordTypes: ['feature', 'epic'], events: [] };
		expect(references(await pollOnce({ parameters }))).toEqual(['PRJ1-1']);
		account.lists['/epics'].push(version(3, NOON + 2 * MINUTE));
		account.now += 2 * MINUTE;
		expect(references(await pollOnce({ parameters }))).toEqual(['PRJ1-3']);
		await pollOnce({ parameters: { ...parameters, recordTypes: ['epic'] } });
		expect(Object.keys((staticData.pollState as IDataObject).checkpoints as IDataObject)).toEqual([
			'epic /epics',
		]);
	});

	it.each<[string, IDataObject, string]>([
		['an event', { events: ['created', 'deleted', 'shipped'] }, 'the events deleted, shipped'],
		['people', { filters: { changedBy: ['pm@example.com'] } }, 'who made a change'],
		['fields', { filters: { changedFields: ['Name'] } }, 'which fields changed'],
		['new statuses', { filters: { newStatus: ['Shipped'] } }, 'which status changed'],
		['old statuses', { filters: { oldStatus: ['New'] } }, 'which status changed'],
		['a record type', { recordTypes: ['comment'] }, 'changes to a Comment'],
		['releases of all workspaces', { recordTypes: ['release'] }, 'changes to a Release'],
	])('says what needs the audit log: %s', async (_what, change, needed) => {
		const parameters = { ...UPDATES, ...change };
		await expect(trigger(withoutLog(), { parameters }).poll()).rejects.toMatchObject({
			message: `This user cannot read the Aha! audit log, which is needed to tell ${needed}`,
			description: expect.stringContaining('Ask an Aha! administrator') as string,
		});
	});

	it('is not taken for one when something else fails', async () => {
		const { poll: pollOnce, staticData } = trigger(withoutLog(422));
		await expect(pollOnce()).rejects.toThrow(NodeApiError);
		expect(staticData).toEqual({});
	});
});
