import { endpoints } from '../../sandbox/aha-api';
import { crudHandler, parsePath } from '../../sandbox/api/crud';
import { fillPath, fillBody } from './paths';
import { bodies } from './requests';
import type { ApiResponse, StartedApi } from './startedApi';
import { startApi, useApi } from './startedApi';

type Fields = Record<string, unknown>;

const api = useApi();

const recordIn = ({ body }: ApiResponse, key: string): Fields => (body[key] ?? body) as Fields;
const listIn = ({ body }: ApiResponse, key: string): Fields[] => body[key] as Fields[];
const has = (route: string): boolean =>
	endpoints.some(({ method, path }) => `${method} ${path}` === route);

/** All kinds of records that can be created, read and deleted, with their paths. */
const lifecycles = endpoints.flatMap((endpoint) => {
	const { method, path } = endpoint;
	const place = parsePath(path);
	if (method !== 'POST' || !place || place.id || !crudHandler(endpoint)) return [];
	const { name, plural } = place.kind;
	const own = [`/${plural}/{id}`, `${path}/{id}`];
	const get = own.find((candidate) => has(`GET ${candidate}`));
	const remove = own.find((candidate) => has(`DELETE ${candidate}`));
	const put = own.find((candidate) => has(`PUT ${candidate}`));
	if (!get || !remove || !bodies[name] || !has(`GET ${path}`)) return [];
	return [{ name, path, get, remove, put }];
});

describe('a new record', () => {
	test.each(lifecycles)('$name in $path exists until it is deleted', async (life) => {
		const { name, path, get, remove, put } = life;
		const place = fillPath(api.store, path);
		const created = await api.ask(`POST ${place}`, fillBody(api.store, bodies[name]));
		expect(created.status).toBe(200);
		const id = String(recordIn(created, name).id);
		const at = (pattern: string): string =>
			pattern.startsWith(path) ? `${place}/${id}` : pattern.replace('{id}', id);

		expect(recordIn(await api.ask(`GET ${at(get)}`), name).id).toBe(id);
		const last = await lastPage(`${place}`);
		expect(last).toContain(id);
		if (put && 'name' in ((bodies[name][name] ?? {}) as Fields)) {
			const changed = await api.ask(`PUT ${at(put)}`, { [name]: { name: 'Another name' } });
			expect(recordIn(changed, name).name).toBe('Another name');
		}
		expect((await api.ask(`DELETE ${at(remove)}`)).status).toBe(204);
		expect(await api.ask(`GET ${at(get)}`)).toMatchObject({
			status: 404,
			body: { error: 'Record not found.' },
		});
		expect(await lastPage(`${place}`)).not.toContain(id);
	});

	test('can be of any kind that users work with', () => {
		const names = lifecycles.map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(['feature', 'epic', 'requirement', 'task', 'key_result', 'page']),
		);
	});
});

/** Ids on the last page of a list, which has the newest records. */
async function lastPage(path: string): Promise<unknown[]> {
	const first = await api.ask(`GET ${path}?per_page=200`);
	const { total_pages: pages } = first.body.pagination as { total_pages: number };
	const last = pages > 1 ? await api.ask(`GET ${path}?per_page=200&page=${pages}`) : first;
	const key = Object.keys(last.body).find((name) => name !== 'pagination') ?? '';
	return listIn(last, key).map(({ id }) => id);
}

const NEW = 'POST /releases/PRJ1-R-1/features';
const make = async (feature: Fields): Promise<Fields> =>
	recordIn(await api.ask(NEW, { feature: { name: 'Made', ...feature } }), 'feature');

describe('the seed', () => {
	test('has the documented size, and is the same each time', async () => {
		const again = await startApi();
		const counts = ['product', 'release', 'feature', 'idea'].map((kind) => again.store.count(kind));
		expect(counts).toEqual([3, 40, 1000, 500]);
		const other = await startApi('othercompany');
		const idOf = ({ store }: StartedApi) => store.find('idea', 'PRJ2-I-5')?.id;
		expect(idOf(again)).toBe(idOf(api));
		expect(other.store.find('product', 'PRJ1')?.data.name).not.toBe(
			api.store.find('product', 'PRJ1')?.data.name,
		);
		await Promise.all([again.app.close(), other.app.close()]);
	});

	test('can be extended', async () => {
		const before = api.store.count('feature');
		api.store.seedFeatures(50);
		const { body } = await api.ask('GET /features');
		expect(body.pagination).toMatchObject({ total_records: before + 50 });
	});
});

describe('lists', () => {
	test('have pages of 30 records by default and at most 200', async () => {
		expect(listIn(await api.ask('GET /features'), 'features')).toHaveLength(30);
		const most = await api.ask('GET /features?per_page=999&page=2');
		expect(listIn(most, 'features')).toHaveLength(200);
		expect(most.body.pagination).toMatchObject({ current_page: 2 });
	});

	test('have pages that do not overlap', async () => {
		const pages = await Promise.all(
			[1, 2, 3].map(async (page) => listIn(await api.ask(`GET /ideas?page=${page}`), 'ideas')),
		);
		expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(90);
	});

	test('return the requested fields', async () => {
		const [few] = listIn(await api.ask('GET /features?fields=name,workflow_status'), 'features');
		expect(Object.keys(few).sort()).toEqual(['id', 'name', 'workflow_status']);
		const [all] = listIn(await api.ask('GET /features?fields=*&per_page=1'), 'features');
		expect(Object.keys(all).length).toBeGreaterThan(30);
	});

	test('can be filtered by words, tags, people and times', async () => {
		const since = new Date().toISOString();
		const made = await make({
			name: 'Zebra crossing',
			tags: 'Zebra, Design',
			assigned_to_user: 'priya.raman@mycompany.example',
		});
		const found = async (query: string) =>
			listIn(await api.ask(`GET /features?per_page=200&${query}`), 'features').map(({ id }) => id);
		expect(await found('q=zebra')).toEqual([made.id]);
		expect(await found('tag=Zebra')).toEqual([made.id]);
		expect(await found(`updated_since=${since}`)).toContain(made.id);
		expect(await found(`updated_since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
		expect(await found('assigned_to_user=priya.raman@mycompany.example&q=zebra')).toEqual([
			made.id,
		]);
		expect(await found('assigned_to_user=owner@mycompany.example&q=zebra')).toEqual([]);
	});
});

describe('records', () => {
	test('are found by reference number and by ids greater than 2^53', async () => {
		const made = await make({});
		expect(Number.isSafeInteger(Number(made.id))).toBe(false);
		const found = await api.ask(`GET /features/${String(made.reference_num)}`);
		expect(recordIn(found, 'feature').id).toBe(made.id);
	});

	test('return custom fields, tags, people and statuses like Aha!', async () => {
		const made = await make({
			tags: 'Design, Mobile',
			workflow_status: { name: 'Designed' },
			assigned_to_user: { email: 'owner@mycompany.example' },
			custom_fields: { priority: 'P1', component: ['web', 'api'], release_note: '<p>New</p>' },
			description: '<p>Text</p>',
		});
		expect(made).toMatchObject({
			tags: ['Design', 'Mobile'],
			workflow_status: { name: 'Designed' },
			assigned_to_user: { email: 'owner@mycompany.example' },
			description: { body: '<p>Text</p>' },
		});
		expect(made.custom_fields).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ key: 'priority', value: 'P1', type: 'string' }),
				expect.objectContaining({ key: 'component', value: ['web', 'api'], type: 'array' }),
				expect.objectContaining({ key: 'release_note', body: '<p>New</p>', type: 'note' }),
			]),
		);
	});

	test('go to the recycle bin and can be restored', async () => {
		const made = await make({ name: 'Gone and back' });
		await api.ask(`DELETE /features/${String(made.id)}`);
		const [latest] = listIn(await api.ask('GET /deletions'), 'deletions');
		expect(latest.record).toMatchObject({ name: 'Gone and back', type: 'Feature' });
		await api.ask(`POST /deletions/${String(latest.id)}/restore`);
		expect((await api.ask(`GET /features/${String(made.id)}`)).status).toBe(200);
	});

	test('are found by the latest value of an integration field', async () => {
		const made = await make({});
		const integration = String(api.store.first('integration')?.id);
		const field = (value: string) =>
			api.ask(`POST /features/${String(made.id)}/integrations/${integration}/fields`, {
				integration_field: { name: 'outside', value },
			});
		const holders = async (value: string) =>
			listIn(await api.ask(`GET /features/fields/outside/value/${value}`), 'records');
		await field('A-1');
		expect(await holders('A-1')).toMatchObject([{ feature: { id: made.id } }]);
		await field('A-2');
		expect(await holders('A-1')).toEqual([]);
		expect(await holders('A-2')).toHaveLength(1);
	});

	test('get a new number when they move to another workspace', async () => {
		const made = await make({});
		const moved = await api.ask(`PUT /features/${String(made.id)}`, {
			feature: { release: 'PRJ2-R-1' },
		});
		expect(String(recordIn(moved, 'feature').reference_num)).toMatch(/^PRJ2-\d+$/);
	});
});

describe('bad requests', () => {
	test.each([
		['no name', { name: '' }, "Name can't be blank"],
		['an unknown status', { workflow_status: 'Nowhere' }, 'Workflow status is not valid'],
		['an unknown person', { assigned_to_user: 'no@body.example' }, 'Assigned to must exist'],
		['a record of another kind', { release: 'PRJ1-1' }, 'Release must exist'],
		['a date that is none', { due_date: 'soon' }, 'Due date is not a valid date'],
		['text for a number', { progress: 'half' }, 'Progress is not a number'],
		['an unknown choice', { custom_fields: { priority: 'P77' } }, 'Priority is not included'],
		['an unknown custom field', { custom_fields: { nothing: 1 } }, 'nothing is not defined'],
	])('%s is refused', async (_, feature, sentence) => {
		const { status, body } = await api.ask(NEW, { feature: { name: 'Bad', ...feature } });
		expect(status).toBe(422);
		expect((body.errors as Fields).message).toContain(sentence);
	});

	test('invalid JSON is refused', async () => {
		expect((await api.ask(NEW, '{')).status).toBe(400);
	});

	test('an unknown record is not found', async () => {
		expect((await api.ask('GET /features/PRJ1-99999')).status).toBe(404);
	});
});
