import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { choicesOf, labelOf } from '../../../nodes/Aha/schema/fields';
import { draftsOf } from '../../../nodes/Aha/form/drafts';
import type { Draft } from '../../../nodes/Aha/form/drafts';
import { endpointsOf, pathParameters } from '../../../nodes/Aha/schema/endpoints';
import { isRecordName, listName, recordKinds } from '../../../nodes/Aha/schema/records';
import type { Field, Fields, Operation, Resource } from '../../../nodes/Aha/schema/types';
import { resources } from '../../../nodes/Aha/resources';

/** Each operation with its resource, as a person would point at it. */
const all = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		resource,
		operation,
		where: `${resource.name} > ${operation.name}`,
	})),
);

const fieldsOf = (operation: Operation): Array<[string, Field]> => {
	const { path, required, fields, query, requiredQuery, settings, filters } = operation;
	const sets: Array<Fields | undefined> = [
		path,
		required,
		fields,
		query,
		requiredQuery,
		settings,
		filters,
	];
	return sets.flatMap((set) => Object.entries(set ?? {}));
};

const allFields = all.flatMap(({ operation, where }) =>
	fieldsOf(operation).map(([name, field]) => ({ name, field, where: `${where} > ${name}` })),
);

/** Values that come more than once. */
const repeated = (values: readonly string[]): string[] =>
	values.filter((value, index) => values.indexOf(value) !== index);

const breaking = <T extends { where: string }>(items: readonly T[], holds: (item: T) => unknown) =>
	items.filter((item) => !holds(item)).map(({ where }) => where);

describe('resources', () => {
	test.each(['name', 'value'] as const)('share no %s', (key) => {
		expect(repeated(resources.map((resource) => resource[key]))).toEqual([]);
	});

	test.each(['name', 'value', 'action'] as const)('have no two operations of one %s', (key) => {
		const twice = ({ name, operations }: Resource) =>
			repeated(operations.map((operation) => operation[key])).map((text) => `${name}: ${text}`);
		expect(resources.flatMap(twice)).toEqual([]);
	});

	// Four came with Aha!'s API of August 2026: discovery groups, idea themes, knowledge bases and
	// workflow status times. What is part of another thing is with it, such as jobs of integrations.
	test('are no more than a person can look through', () => {
		expect(resources.length).toBeLessThanOrEqual(49);
	});

	test('keep at most ten keys when they simplify, what people call it before the ID', () => {
		const simple = resources.filter(({ simple: keys }) => keys !== undefined);
		const wrong = simple.filter(
			({ simple: keys = [] }) =>
				keys.length > 10 ||
				repeated(keys).length > 0 ||
				(keys.some((key) => /^(name|title|body|reference_num)$/.test(key)) && keys[0] === 'id'),
		);
		expect(simple.length).toBeGreaterThan(0);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});
});

describe('operations', () => {
	test('have an endpoint, or steps that know it', () => {
		const has = ({ operation }: (typeof all)[number]) => operation.endpoint ?? operation.handler;
		expect(breaking(all, has)).toEqual([]);
	});

	test('say in their form what stands in the path', () => {
		const unknown = all.flatMap(({ operation, where }) =>
			endpointsOf(operation)
				.flatMap(([, endpoint]) => pathParameters(endpoint))
				.filter((name) => !isRecordName(name) && !operation.path?.[name])
				.map((name) => `${where}: ${name}`),
		);
		expect(unknown).toEqual([]);
	});

	test('show no two fields of one name at once', () => {
		const clashes = all.flatMap(({ resource, operation, where }) => {
			const drafts = draftsOf(resource, operation);
			return drafts
				.filter((draft, index) => drafts.slice(0, index).some((other) => meet(draft, other)))
				.map(({ property }) => `${where}: ${property.name}`);
		});
		expect(clashes).toEqual([]);
	});

	test('ask for nothing twice, in the path and in a collection', () => {
		const twice = all.flatMap(({ operation, where }) =>
			Object.entries({ ...operation.fields, ...operation.query })
				.filter(([name, { forEndpoints }]) =>
					endpointsOf(operation)
						.filter(([key]) => !forEndpoints || forEndpoints.includes(key))
						.some(([, endpoint]) => pathParameters(endpoint).includes(name)),
				)
				.map(([name]) => `${where}: ${name}`),
		);
		expect(twice).toEqual([]);
	});

	test('do what they do in sentence case', () => {
		const words = /Aha!|GraphQL|API|URL|ID/g;
		const sentence = ({ operation: { action } }: (typeof all)[number]) =>
			/^[A-Z][^A-Z.]+[^.]$/.test(action.replace(words, 'word').replace(/^word/, 'Word'));
		expect(breaking(all, sentence)).toEqual([]);
	});

	test('of a list of records name the key of that list', () => {
		const named = ({ operation: { paginated, returns, handler } }: (typeof all)[number]) =>
			!paginated || returns !== undefined || handler !== undefined;
		expect(breaking(all, named)).toEqual([]);
	});
});

/** Whether two fields have one name, and a state of the form in which both show. */
function meet(one: Draft, other: Draft): boolean {
	if (one.property.name !== other.property.name) return false;
	return Object.entries(one.show ?? {}).every(([name, values]) => {
		const others = other.show?.[name];
		return !others || others.some((value) => values.includes(value));
	});
}

/** Words that n8n's titles leave in lower case. */
const SMALL = new Set([
	'a',
	'an',
	'and',
	'as',
	'at',
	'for',
	'in',
	'of',
	'or',
	'per',
	'the',
	'to',
	'with',
]);

const isTitle = (text: string): boolean =>
	text.split(' ').every((word, index) => (index > 0 && SMALL.has(word)) || !/^[a-z]/.test(word)) &&
	!text.endsWith('.');

describe('names', () => {
	test.each([
		['resources', resources.map(({ name }) => name)],
		['operations', all.map(({ operation }) => operation.name)],
		['fields', allFields.map(({ name, field }) => labelOf(name, field))],
		['kinds of record', Object.values(recordKinds).map(({ label }) => label)],
	])('of %s are in Title Case', (_, names) => {
		expect(names.filter((name) => !isTitle(name))).toEqual([]);
	});

	test('of choices are in Title Case and differ, as do their values', () => {
		const wrong = allFields.flatMap(({ field, where }) => {
			const choices = choicesOf(field);
			const names = choices.map(({ name }) => name);
			const values = choices.map(({ value }) => String(value));
			const faults = [
				...names.filter((name) => !isTitle(name)),
				...repeated(names),
				...repeated(values),
			];
			return faults.map((fault) => `${where}: ${fault}`);
		});
		expect(wrong).toEqual([]);
	});
});

describe('fields', () => {
	test('of yes and no say "Whether" where they are explained', () => {
		const yesNo = allFields.filter(({ field }) => field.kind === 'boolean' && field.description);
		expect(yesNo.length).toBeGreaterThan(0);
		expect(breaking(yesNo, ({ field }) => field.description?.startsWith('Whether '))).toEqual([]);
	});

	test('are explained in one short sentence without a dot', () => {
		const short = ({ field: { description } }: (typeof allFields)[number]) =>
			description === undefined ||
			(/^[A-Z*]/.test(description) && !description.endsWith('.') && description.length <= 110);
		expect(breaking(allFields, short)).toEqual([]);
	});

	test('with a choice have something to choose', () => {
		const choices = allFields.filter(({ field }) => field.kind === 'choice');
		expect(breaking(choices, ({ field }) => choicesOf(field).length > 1)).toEqual([]);
	});

	test('that are records, or the status of one, say of which kind', () => {
		const kinds = ['record', 'records', 'status'];
		const ofRecords = allFields.filter(({ field }) => kinds.includes(field.kind));
		expect(breaking(ofRecords, ({ field }) => 'record' in field)).toEqual([]);
	});

	test('hang on choices that are there', () => {
		const loose = all.flatMap(({ operation, where }) => {
			const keys = endpointsOf(operation).map(([key]) => key);
			return fieldsOf(operation)
				.filter(([, { forEndpoints = [], showWhen = {} }]) => {
					const known = (name: string) =>
						choicesOf({ ...operation.required, ...operation.settings }[name]).map(({ value }) =>
							String(value),
						);
					const missing = Object.entries(showWhen).some(([name, values]) =>
						values.some((value) => !known(name).includes(value)),
					);
					return missing || forEndpoints.some((key) => !keys.includes(key));
				})
				.map(([name]) => `${where} > ${name}`);
		});
		expect(loose).toEqual([]);
	});
});

test('each kind of record with a list has an operation that gives it', () => {
	const listed = Object.entries(recordKinds).filter(([, kind]) => listName(kind) !== undefined);
	const lacking = listed.filter(([, { resource, operation = 'getAll' }]) => {
		const found = all.find(
			(entry) => entry.resource.value === resource && entry.operation.value === operation,
		);
		const reads = found && endpointsOf(found.operation).every(([, at]) => at.startsWith('GET '));
		return !reads;
	});
	expect(listed.length).toBeGreaterThan(0);
	expect(lacking.map(([name]) => name)).toEqual([]);
});

/** All of the node's own files. */
const sources = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => join(entry.parentPath, entry.name));

test('no endpoint is written down twice', () => {
	const written = sources(join(__dirname, '../../../nodes/Aha')).flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(/'((?:GET|POST|PUT|DELETE) \/[^']*)'/g)].map(
			([, endpoint]) => endpoint.replaceAll(/\{\w+\}/g, '{}'),
		),
	);
	expect(written.length).toBeGreaterThan(200);
	expect(repeated(written)).toEqual([]);
});
