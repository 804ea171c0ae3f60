import type { INodeParameters } from 'n8n-workflow';

import { useNode } from './startedNode';

const node = useNode();

const given = (value: string): INodeParameters => ({ __rl: true, mode: 'reference', value });

const account = () => node().account;

/** The paths that were read since a moment. */
const pathsSince = (start: number): string[] =>
	account()
		.requests.slice(start)
		.map(({ method, path }) => `${method} ${path.split('?')[0]}`);

const release = (prefix: string) => {
	const { store } = account();
	return store
		.all('release')
		.filter(({ data }) => store.resolve(data.project)?.data.reference_prefix === prefix);
};

const create: INodeParameters = {
	resource: 'feature',
	operation: 'create',
	product_id: given('PRJ1'),
	name: 'Found by name',
	output: 'simple',
};

describe('a record that is given by its name', () => {
	const nameOf = () => String(release('PRJ1')[0].data.name);

	test.each([
		['as it is written', (name: string) => name],
		['in other letters', (name: string) => ` ${name.toUpperCase()} `],
	])('is found %s', async (_, written) => {
		const parameters = { ...create, release_id: given(written(nameOf())) };
		const [{ json }] = await node().n8n.run(parameters);
		expect(json.release).toBe(nameOf());
	});

	test('is found by an expression, once for all items', async () => {
		const names = release('PRJ1')
			.slice(0, 2)
			.map(({ data }) => String(data.name));
		const items = [...names, ...names, ...names].map((name) => ({ json: { name } }));
		const start = account().requests.length;
		const made = await node().n8n.run({ ...create, release_id: given('={{ $json.name }}') }, items);
		expect(made).toHaveLength(6);
		const reads = pathsSince(start).filter((path) => path === 'GET /api/v1/products/PRJ1/releases');
		expect(reads.length).toBeLessThanOrEqual(names.length);
	});

	test('is found in a workspace that is named too', async () => {
		const { store } = account();
		const workspace = store.find('product', 'PRJ1');
		const parameters = {
			...create,
			product_id: given(`${String(workspace?.data.name)}`),
			release_id: given(nameOf()),
		};
		const [{ json }] = await node().n8n.run(parameters);
		expect(json.release).toBe(nameOf());
	});

	test('is found in the workspace of the record that it is for', async () => {
		const { store } = account();
		const feature = store.first('feature', ({ data }) =>
			String(data.reference_num).startsWith('PRJ1-'),
		);
		const [{ json }] = await node().n8n.run({
			resource: 'feature',
			operation: 'update',
			record: given(String(feature?.data.reference_num)),
			output: 'simple',
			additionalFields: { release: given(nameOf()) },
		});
		expect(json.release).toBe(nameOf());
	});

	test('is refused with a proposal where it is not there', async () => {
		const start = account().requests.length;
		const wrong = `${nameOf()} nowhere`;
		const error = await node()
			.n8n.run({ ...create, release_id: given(wrong) })
			.catch((thrown: Error & { description?: string }) => thrown);
		expect(error).toMatchObject({
			message: `"Release" is not known as "${wrong}"`,
			description: expect.stringMatching(/^There is no release of this name\. Did you mean PRJ1-/),
		});
		expect(pathsSince(start).filter((path) => path.startsWith('POST'))).toEqual([]);
	});

	test('needs a workspace where the list does', async () => {
		const parameters = { ...create, product_id: given(''), release_id: given(nameOf()) };
		await expect(node().n8n.run(parameters)).rejects.toMatchObject({
			description: 'To find a release by its name, choose its workspace first.',
		});
	});
});

test('a record that is given by its reference costs no request more', async () => {
	const reference = String(release('PRJ1')[0].data.reference_num);
	for (const value of [reference, `={{ "${reference}" }}`]) {
		const start = account().requests.length;
		await node().n8n.run({ ...create, release_id: given(value) });
		expect(pathsSince(start)).toEqual([`POST /api/v1/releases/${reference}/features`]);
	}
});

describe('a name in other fields', () => {
	const inRelease = () => ({ ...create, release_id: given(`${release('PRJ1')[0].id}`) });
	const { stringContaining } = expect;
	const person = () => {
		const { store } = account();
		return store.all('user')[0].data as { readonly name?: string; readonly email: string };
	};
	const goalNames = () =>
		account()
			.store.all('goal')
			.filter(({ data }) => String(data.reference_num).startsWith('PRJ1-'))
			.slice(0, 2)
			.map(({ data }) => String(data.name));

	const fullName = () => {
		const { first_name, last_name, name } = person() as Record<string, unknown>;
		return String(name ?? `${String(first_name)} ${String(last_name)}`);
	};

	test('is that of a person, who is sent by email address', async () => {
		const [{ json }] = await node().n8n.run({
			...inRelease(),
			additionalFields: { assigned_to_user: given(fullName()) },
		});
		expect(json.assigned_to_user).toBe(person().email);
	});

	test('proposes people by their email address', async () => {
		await expect(
			node().n8n.run({
				...inRelease(),
				additionalFields: { assigned_to_user: given(`${fullName()} Nobody`) },
			}),
		).rejects.toMatchObject({
			message: `"Assigned To" is not known as "${fullName()} Nobody"`,
			description: stringContaining(person().email),
		});
	});

	test.each([
		['an array', (names: string[]) => names],
		['text with commas', (names: string[]) => names.join(', ')],
		['JSON, as AI models write', (names: string[]) => JSON.stringify(names)],
		['an expression', (names: string[]) => `={{ ${JSON.stringify(names)} }}`],
	])('is that of several records: %s', async (_, written) => {
		const [{ json }] = await node().n8n.run({
			...inRelease(),
			additionalFields: { goals: written(goalNames()) },
		});
		expect(json.goals).toEqual(goalNames());
	});

	test('is that of a record of the kind that another field names', async () => {
		const { store } = account();
		const [idea] = store.all('idea');
		idea.data.name = 'Ride & share 24/7 (50 % off)';
		const feature = store.all('feature')[0];
		await node().n8n.run({
			resource: 'recordLink',
			operation: 'create',
			belongsTo: 'feature',
			feature_id: given(feature.id),
			record_type: 'idea',
			record_id: given(String(idea.data.name)),
			link_type: 10,
		});
		const [link] = [...store.all('record_link')].slice(-1);
		expect(JSON.stringify(link.data)).toContain(idea.id);
	});
});

test('each expression is evaluated once, so that what is looked up is what is sent', async () => {
	const names = release('PRJ1').map(({ data }) => String(data.name));
	const pick = `${JSON.stringify(names)}[Math.floor(Math.random() * ${names.length})]`;
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	const made = await node().n8n.run({ ...create, release_id: given(`={{ ${pick} }}`) }, items);
	for (const { json } of made) expect(names).toContain(json.release);
	expect(made).toHaveLength(20);
});
