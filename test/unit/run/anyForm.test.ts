import * as fc from 'fast-check';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { resources } from '../../../nodes/Aha/resources';
import type { Run } from '../../../nodes/Aha/run/item';
import { readerOf } from '../../../nodes/Aha/run/readParameter';
import { prepareItem } from '../../../nodes/Aha/run/item';
import { endpointsOf } from '../../../nodes/Aha/schema/endpoints';
import { pathFields } from '../../../nodes/Aha/schema/pathFields';
import type { Field, Fields, Operation, Resource } from '../../../nodes/Aha/schema/types';
import type { AhaClient } from '../../../nodes/Aha/transport/client';
import type { AhaRequest } from '../../../nodes/Aha/transport/types';

/** Forms for each operation: at least 50,000 in all. */
const FORMS = 200;

const HOST = 'mycompany.aha.io';

/** What people, expressions and AI models put into any field. */
const anything = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom<unknown>(undefined, null, '', ' ', NaN, Infinity, -0) },
	fc.constantFrom<unknown>('.', '..', '/', '//', '?', '#', '%2e%2e', '../..', '\\', '\u0000', '{}'),
	fc.constantFrom<unknown>('["a","b"]', '["a', '[', '[[]]', '{"a":1}', 'a,b', ',', ' , ', 'null'),
	fc.constantFrom<unknown>('2026-01-31', '01/02/2026', '2026-02-30', '2026-01-31T25:00', 'now'),
	fc.constantFrom<unknown>(7012345678901234567, 1e300, -1, 0, 1.5, '1e999', '007', true, 'false'),
	fc.constantFrom<unknown>(
		[],
		[[]],
		[null],
		[undefined],
		[{}],
		{},
		{ id: '7' },
		{ email: 'a@b.c' },
	),
	fc.constantFrom<unknown>('https://other.aha.io/features/PRJ1-1', 'https://', `//${HOST}/x`),
	fc.constantFrom<unknown>({ toString: null }, { toJSON: null }, { valueOf: 1 }),
	fc.constantFrom<unknown>(new Date('2026-01-31T12:00:00Z'), new Date(NaN)),
	fc.string({ unit: 'binary', maxLength: 12 }),
	fc.integer(),
	fc.anything({ maxDepth: 1, maxKeys: 2 }),
);

const locator = anything.map((value) => ({ __rl: true, mode: 'reference', value }));

/** A value that a field takes, and anything else. */
function valueFor(field: Field): fc.Arbitrary<unknown> {
	const good: fc.Arbitrary<unknown> =
		field.kind === 'choice'
			? fc.constantFrom(...field.choices.map(({ value }) => value))
			: fc.constantFrom<unknown>('7', 'PRJ1-7', 'a@b.c', '2026-01-31', 3, true, '{"a":1}', ['a']);
	return fc.oneof(
		{ weight: 6, arbitrary: good },
		{ weight: 3, arbitrary: anything },
		{ weight: 1, arbitrary: locator },
	);
}

const valuesFor = (fields: Fields = {}, required = false): fc.Arbitrary<IDataObject> =>
	fc.record(
		Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, valueFor(field)])),
		required ? {} : { requiredKeys: [] },
	) as fc.Arbitrary<IDataObject>;

/** The form of an operation, filled in by chance. */
function formOf(resource: Resource, operation: Operation): fc.Arbitrary<IDataObject> {
	const endpoints = endpointsOf(operation);
	const inPath = Object.fromEntries(
		endpoints.flatMap(([, endpoint]) =>
			pathFields(resource.value, operation, endpoint).map(({ name, field }) => [name, field]),
		),
	);
	const top = {
		...inPath,
		...operation.requiredQuery,
		...operation.required,
		...operation.settings,
	};
	return fc
		.record({
			top: valuesFor(top, true),
			belongsTo: fc.constantFrom(...endpoints.map(([key]) => key), 'nothing'),
			additionalFields: valuesFor(operation.fields),
			filters: valuesFor(operation.query ?? operation.filters),
			options: fc.oneof(valuesFor(operation.query), fc.record({ fields: anything })),
			customFields: fc.oneof(
				fc.constant({}),
				fc.record({ value: fc.dictionary(fc.constantFrom('Size', 'Count'), anything) }),
			),
			returnAll: fc.oneof(fc.boolean(), anything),
			limit: fc.oneof(fc.integer({ min: 1, max: 500 }), anything),
			output: fc.oneof(fc.constantFrom('simple', 'raw', 'fields'), anything),
			fields: anything,
		})
		.map(({ top: values, ...form }) => ({ ...form, ...values }) as IDataObject);
}

/** The first request that a form leads to, or its error. */
async function firstRequest(resource: Resource, operation: Operation, form: IDataObject) {
	const context = {
		getNode: () => ({ name: 'Aha!', parameters: form }),
		getNodeParameter: (name: string, _index: number, fallback?: unknown) =>
			name.split('.').reduce<unknown>((at, key) => (at as IDataObject | null)?.[key], form) ??
			fallback,
		helpers: { returnJsonArray: () => [], assertBinaryData: () => ({ data: '' }) },
	} as unknown as IExecuteFunctions;
	let request: AhaRequest | undefined;
	const client = {
		host: HOST,
		send: async (sent: AhaRequest) => {
			request ??= sent;
			throw new Error('That was all');
		},
	} as unknown as AhaClient;
	const run = {
		context,
		client,
		resource,
		operation,
		scope: { timezone: 'America/New_York', host: HOST },
		forms: [readerOf(context, 0)],
		named: [],
		progress: () => undefined,
	} as unknown as Run;
	const error = await Promise.resolve()
		.then(async () => await prepareItem(run, 0)(client))
		.then(
			() => undefined,
			(thrown: Error) => thrown,
		);
	return { request, error };
}

/** Every text and number in a value, with its keys. */
function* leaves(value: unknown): Generator<unknown> {
	if (typeof value !== 'object' || value === null) yield value;
	else for (const [key, inner] of Object.entries(value)) yield* [key, ...leaves(inner)];
}

/** `a epic`, `an feature`; `a user` and `a unit` begin with the sound of "you". */
const WRONG_ARTICLE = /\ba (?!user|one|unit|url)[aeiou]\w+|\ban (?![aeiou]|hour|html)\w+/i;

const problemsOf = (request: AhaRequest | undefined): string[] => {
	if (!request) return [];
	const { path, query, body } = request;
	const segments = path.split('/').slice(1).map(decodeURIComponent);
	return [
		...segments.filter((part) => /^\s*\.{0,2}\s*$/.test(part)).map((part) => `segment "${part}"`),
		...segments.filter((part) => /^(undefined|null|NaN)$|\[object/.test(part)),
		...[...leaves(query), ...leaves(body)]
			.filter((leaf) => typeof leaf === 'number' && !Number.isFinite(leaf))
			.map(String),
		...[...leaves(query)].filter((leaf) => leaf === undefined).map(String),
		...[...leaves(query), ...leaves(body)]
			.filter((leaf) => typeof leaf === 'string' && leaf.includes('[object '))
			.map(String),
		...[...leaves(query), ...leaves(body)]
			.filter((leaf) => typeof leaf === 'number' && Math.abs(leaf) > Number.MAX_SAFE_INTEGER)
			.map(String),
	];
};

const all = resources.flatMap((resource) =>
	resource.operations.map((operation) => [resource, operation] as const),
);

test('there are 50,000 forms', () => {
	expect(all.length * FORMS).toBeGreaterThanOrEqual(50_000);
});

test.each(
	all.map(([resource, operation]) => [resource.name, operation.name, resource, operation] as const),
)('%s > %s sends only what is meant, whatever is typed', async (_, __, resource, operation) => {
	let requests = 0;
	let errors = 0;
	await fc.assert(
		fc.asyncProperty(formOf(resource, operation), async (form) => {
			const { request, error } = await firstRequest(resource, operation, form);
			expect(problemsOf(request)).toEqual([]);
			if (request) requests++;
			else if (error) {
				errors++;
				const said = `${error.message} ${String((error as { description?: string }).description ?? '')}`;
				expect(error.constructor.name).toMatch(/^(UserError|NodeOperationError|NodeApiError)$/);
				expect(error.message).toMatch(/^"[A-Z].*"|^Nothing to update$|^"\*"/);
				expect(said.replace(/"[^"]*"?/g, '')).not.toMatch(WRONG_ARTICLE);
				expect(said).not.toContain('[object ');
			}
		}),
		{ numRuns: FORMS },
	);
	expect(requests + errors).toBeGreaterThan(0);
});
