import fc from 'fast-check';

import type { AhaClient } from '../../../nodes/Aha/transport/client';
import { assertEnds, MAX_PAGES, pagination, readPages } from '../../../nodes/Aha/transport/pages';
import type { AhaRequest } from '../../../nodes/Aha/transport/types';

/** A list of an account, which may change before each answer. */
class List {
	readonly asked: Array<{ page: number; per_page: number }> = [];
	inFlight = 0;
	most = 0;

	constructor(
		readonly ids: string[],
		private readonly change: (ids: string[], asked: number) => void = () => undefined,
		/** Steps that an answer takes, so that answers come in another order than asked. */
		private readonly delay: (asked: number) => number = () => 1,
	) {}

	readonly client = {
		send: async ({ query }: AhaRequest) => {
			const { page, per_page } = query as { page: number; per_page: number };
			const asked = this.asked.push({ page, per_page });
			this.most = Math.max(this.most, ++this.inFlight);
			for (let step = this.delay(asked); step > 0; step--) await Promise.resolve();
			this.inFlight--;
			this.change(this.ids, asked);
			const records = this.ids.slice((page - 1) * per_page, page * per_page);
			const pagination = {
				total_records: this.ids.length,
				total_pages: Math.max(1, Math.ceil(this.ids.length / per_page)),
				current_page: page,
			};
			return {
				status: 200,
				headers: {},
				body: { features: records.map((id) => ({ id })), pagination },
			};
		},
	} as unknown as AhaClient;

	async read(limit?: number): Promise<string[]> {
		const ids: string[] = [];
		const request: AhaRequest = { method: 'GET', path: '/features', query: {} };
		for await (const body of readPages(this.client, request, limit)) {
			ids.push(...(body as { features: Array<{ id: string }> }).features.map(({ id }) => id));
		}
		return ids;
	}
}

const numbered = (count: number, prefix = ''): string[] =>
	Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test.each([0, 1, 199, 200, 201, 1_000, 10_001])('reads %i records in order', async (count) => {
	const list = new List(numbered(count), undefined, (asked) => (asked * 7) % 20);
	expect(await list.read()).toEqual(numbered(count));
	expect(list.asked).toHaveLength(Math.max(1, Math.ceil(count / 200)));
});

test('reads what follows the first page at the same time', async () => {
	const list = new List(numbered(10_000));
	await list.read();
	expect(list.most).toBe(32);
});

test.each([
	[1, 1, 1],
	[50, 1, 50],
	[200, 1, 200],
	[201, 2, 200],
	[1_000, 5, 200],
])('a limit of %i reads %i pages', async (limit, pages, perPage) => {
	const list = new List(numbered(5_000));
	const read = await list.read(limit);
	expect(read.slice(0, limit)).toEqual(numbered(limit));
	expect(list.asked).toHaveLength(pages);
	expect(list.asked[0].per_page).toBe(perPage);
});

test('a list that changes gives no record twice and misses none that was there throughout', async () => {
	const changes = fc.array(
		fc.record({
			before: fc.integer({ min: 2, max: 14 }),
			at: fc.nat(2_500),
			count: fc.integer({ min: 1, max: 250 }),
			adds: fc.boolean(),
		}),
		{ maxLength: 4 },
	);
	const delays = fc.array(fc.nat(30), { minLength: 5, maxLength: 20 });
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 300, max: 2_500 }),
			changes,
			delays,
			async (size, all, wait) => {
				const original = numbered(size);
				const removed = new Set<string>();
				let answers = 0;
				// One removed and one added between the same two answers cannot be seen: see `pages.ts`.
				const byAnswer = new Map(all.map((change) => [change.before, change]));
				const list = new List(
					[...original],
					(ids) => {
						const change = byAnswer.get(++answers);
						if (!change) return;
						const at = Math.min(change.at, ids.length);
						if (change.adds) ids.splice(at, 0, ...numbered(change.count, `new ${answers} `));
						else ids.splice(at, change.count).forEach((id) => removed.add(id));
					},
					(asked) => wait[asked % wait.length],
				);
				const read = await list.read();
				expect(new Set(read).size).toBe(read.length);
				const got = new Set(read);
				expect(original.filter((id) => !removed.has(id) && !got.has(id))).toEqual([]);
			},
		),
		{ numRuns: 300 },
	);
});

test('an error of one page is thrown, and no page is asked for after it', async () => {
	const list = new List(numbered(20_000), (_, asked) => {
		if (asked >= 3) throw new Error('page');
	});
	await expect(list.read()).rejects.toThrow('page');
	expect(list.asked.length).toBeLessThan(50);
	expect(list.inFlight).toBe(0);
});

/** The pages of a list that always responds so. */
async function pagesOf(respond: (page: number) => unknown): Promise<unknown[]> {
	const send = async ({ query }: AhaRequest) =>
		await Promise.resolve({ status: 200, headers: {}, body: respond(Number(query.page)) });
	const client = { send } as unknown as AhaClient;
	const bodies: unknown[] = [];
	for await (const body of readPages(client, { method: 'GET', path: '/', query: {} })) {
		bodies.push(body);
	}
	return bodies;
}

const counts = { total_records: 4, total_pages: 2 };

test.each([
	['rows of a report', { columns: [{ title: 'A' }], rows: [[{ plain_value: 'a' }]] }],
	['records without IDs', { rows: [{ name: 'a' }, { name: 'a' }] }],
	['values', { rows: [1, 1, null] }],
	['lists', { rows: [['a'], ['a']] }],
	['records of two lists', { features: [{ id: '1' }], ideas: [{ id: '1' }] }],
	['no list', { id: '1' }],
])('%s are given as they come', async (_, content) => {
	const body = { ...content, pagination: counts };
	expect(await pagesOf(() => body)).toEqual([body, body]);
});

test('a list of one page is given as it comes', async () => {
	const pagination = { total_records: 2, total_pages: 1 };
	const body = { features: [{ id: '1' }, { id: '1' }], pagination };
	const bodies = await pagesOf((page) => (page === 1 ? body : {}));
	expect(bodies).toEqual([body]);
});

test('a list that says it has too many pages ends in an error', async () => {
	const pagination = { total_records: 20_000, total_pages: 20_000 };
	let asked = 0;
	const reading = pagesOf((page) => {
		asked++;
		return { features: [{ id: page }], pagination };
	});
	await expect(reading).rejects.toThrow('more than 10000 pages');
	expect(asked).toBe(MAX_PAGES);
	expect(() => assertEnds(MAX_PAGES)).not.toThrow();
});

describe('a list that changes while it is read', () => {
	/** How often it was read from its start. */
	const passes = ({ asked }: List) => asked.filter(({ page }) => page === 1).length;

	test('is read again three times at most', async () => {
		let added = 0;
		const list = new List(numbered(400), (ids) => ids.unshift(`new ${added++}`));
		const read = await list.read();
		expect(new Set(read).size).toBe(read.length);
		expect(passes(list)).toBe(4);
	});

	test('once is read again once', async () => {
		const list = new List(numbered(400), (ids, asked) => {
			if (asked === 2) ids.unshift('new');
		});
		expect(new Set(await list.read())).toEqual(new Set([...numbered(400), 'new']));
		expect(passes(list)).toBe(2);
	});

	test('is read again where its count stays the same but a record comes twice', async () => {
		const list = new List(numbered(400), (ids, asked) => {
			if (asked !== 2) return;
			ids.unshift('new');
			ids.pop();
		});
		expect(await list.read()).toContain('new');
	});

	test('behind the limit is not read again', async () => {
		const list = new List(numbered(1_000), (ids, asked) => {
			if (asked === 2) ids.push('new');
		});
		expect(await list.read(400)).toEqual(numbered(400));
		expect(list.asked).toHaveLength(2);
	});
});

test('a list that does not change is read once', async () => {
	const list = new List(numbered(401));
	await list.read();
	expect(list.asked.map(({ page }) => page)).toEqual([1, 2, 3]);
});

test('records with the same ID on one page are kept as one', async () => {
	const features = [{ id: '1' }, { id: '1' }, { id: 2 }];
	const [first, second] = await pagesOf(() => ({ features, pagination: [counts] }));
	expect(first).toEqual({ features: [{ id: '1' }, { id: 2 }], pagination: [counts] });
	expect(second).toEqual({ features: [], pagination: [counts] });
});

test.each([
	[{ pagination: { total_records: 7, total_pages: 2 } }, { total: 7, pages: 2, isCounted: true }],
	[{ pagination: [{ total_records: 7, total_pages: 2 }] }, { total: 7, pages: 2, isCounted: true }],
	[{ features: [] }, { total: 0, pages: 1, isCounted: false }],
	[{ pagination: {} }, { total: 0, pages: 1, isCounted: false }],
	['text', { total: 0, pages: 1, isCounted: false }],
	[undefined, { total: 0, pages: 1, isCounted: false }],
])('the counts of %j', (body, counts) => {
	expect(pagination(body)).toEqual(counts);
});

describe('a list that does not say how many pages it has', () => {
	const request = { method: 'GET', path: '/', query: {} } as const;
	/** The pages that are read, and how many records come. */
	const readAll = async (pageAt: (page: number) => unknown, limit?: number) => {
		const asked: number[] = [];
		const client = {
			send: async ({ query }: { query: { page: number } }) => {
				asked.push(query.page);
				return await Promise.resolve({ status: 200, headers: {}, body: pageAt(query.page) });
			},
		} as unknown as AhaClient;
		let count = 0;
		for await (const body of readPages(client, request, limit)) {
			count += (body as { rows: unknown[] }).rows.length;
		}
		return { asked, count };
	};
	const rows = (from: number, count: number) => ({
		rows: Array.from({ length: count }, (_, index) => ({ id: String(from + index) })),
	});

	test('is read until a page is not full', async () => {
		const list = await readAll((page) => rows(page * 200, page < 3 ? 200 : 7));
		expect(list).toEqual({ asked: [1, 2, 3], count: 407 });
	});

	test('is read until a page has nothing new', async () => {
		expect(await readAll(() => rows(0, 200))).toEqual({ asked: [1, 2], count: 200 });
		const list = await readAll((page) => rows(Math.min(page, 2) * 200, 200));
		expect(list).toEqual({ asked: [1, 2, 3], count: 400 });
	});

	test('is read until an empty page', async () => {
		const list = await readAll((page) => rows(0, page === 1 ? 200 : 0));
		expect(list).toEqual({ asked: [1, 2], count: 200 });
	});

	test('is not read beyond the limit', async () => {
		const list = await readAll((page) => rows(page * 1000, 200), 200);
		expect(list).toEqual({ asked: [1], count: 200 });
	});

	test('may be a bare array', async () => {
		const pages = [rows(0, 200).rows, rows(199, 200).rows, []];
		const bodies = await pagesOf((page) => pages[page - 1]);
		expect(bodies).toEqual([pages[0], pages[1].slice(1)]);
	});

	test('may have more than its records', async () => {
		const bodies = await pagesOf((page) => ({ title: 'A', ...rows(page * 1_000, 200 / page) }));
		expect(bodies).toHaveLength(2);
	});

	test.each(['', undefined, { id: '1' }, { title: 'A' }])('may be none: %j', async (body) => {
		expect(await pagesOf(() => body)).toEqual([body]);
	});

	test('is read once if its first page is not full', async () => {
		expect(await readAll(() => rows(0, 199))).toEqual({ asked: [1], count: 199 });
	});
});
