import { recorded } from '../../sandbox/aha-api';

/** The types of each key in all recordings: `feature.due_date` is text or null. */
const types = new Map<string, Set<string>>();
const keys = new Map<string, Set<string>>();
/** How many objects were recorded, and how many of them have each key. */
const counts = new Map<string, number>();
const nullable = new Set<string>();

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/** A list has the context of its elements: `features` contain a `feature` each. */
const contextOf = (key: string): string => SINGULAR[key] ?? key.replace(/s$/, '');
const SINGULAR: Readonly<Record<string, string>> = {
	strategy_positions: 'strategy_positioning',
	idea_categories: 'idea_category',
	master_feature: 'epic',
	'': 'epic',
};

/** Whether the keys are ids or class names, and all values have the same structure. */
const isMap = (value: Record<string, unknown>): boolean =>
	Object.keys(value).length > 0 &&
	Object.keys(value).every((key) => /^(\d+|[A-Z]\w*(::\w+)?)$/.test(key));

function count(name: string): void {
	counts.set(name, (counts.get(name) ?? 0) + 1);
}

function collect(value: unknown, context: string): void {
	if (Array.isArray(value)) for (const element of value) collect(element, context);
	if (!isObject(value)) return;
	const known = keys.get(context) ?? new Set();
	keys.set(context, known);
	count(context);
	for (const [key, part] of Object.entries(value)) {
		count(`${context}.${key}`);
		if (part === null) nullable.add(key);
		if (!isMap(value)) known.add(key);
		const name = `${context}.${key}`;
		types.set(name, (types.get(name) ?? new Set()).add(typeOf(part)));
		collect(part, isMap(value) ? context : contextOf(key));
	}
}

for (const [route, { body }] of Object.entries(recorded)) {
	// With a choice of fields, a record lacks keys that it has.
	if (!route.includes('fields=')) collect(body, '');
}

/** Whether a key is optional: some recordings of such a record lack it. */
const isOptional = (context: string, key: string): boolean =>
	(counts.get(`${context}.${key}`) ?? 0) < (counts.get(context) ?? 0);

/** Describes each difference between a response and the recording. */
export function differences(actual: unknown, expected: unknown, context = '', path = ''): string[] {
	if (Array.isArray(expected)) {
		if (!Array.isArray(actual)) return [`${path} is no list`];
		const all = expected.filter((element) => element !== null) as unknown[];
		if (all.length === 0) return [];
		return actual.flatMap((element, index) => closest(element, all, context, `${path}[${index}]`));
	}
	if (!isObject(expected)) return [];
	if (!isObject(actual)) return [`${path} is no object`];
	if (isMap(expected)) {
		const [sample] = Object.values(expected);
		return Object.values(actual).flatMap((part) => differences(part, sample, context, `${path}.*`));
	}
	return [
		...Object.keys(expected)
			.filter((key) => !(key in actual) && !isOptional(context, key))
			.map((key) => `${path}.${key} is missing`),
		...Object.entries(actual).flatMap(([key, part]) =>
			keyDifferences(part, expected, key, context, `${path}.${key}`),
		),
	];
}

/** Elements of a list can differ, so an element is compared with the most similar recorded one. */
function closest(actual: unknown, all: unknown[], context: string, path: string): string[] {
	const found = all.map((expected) => differences(actual, expected, context, path));
	return found.reduce((best, next) => (next.length < best.length ? next : best));
}

function keyDifferences(
	actual: unknown,
	expected: Record<string, unknown>,
	key: string,
	context: string,
	path: string,
): string[] {
	const type = typeOf(actual);
	const known = types.get(`${context}.${key}`) ?? new Set();
	if (!(key in expected)) {
		// The key may have been omitted because it had no value, but another recording must have it.
		if (!keys.get(context)?.has(key)) return [`${path} was never recorded`];
		return known.has(type) ? [] : [`${path} is ${type}, and was ${[...known].join(' or ')}`];
	}
	const here = typeOf(expected[key]);
	if (type === 'null')
		return known.has('null') || nullable.has(key) ? [] : [`${path} is null, and was ${here}`];
	if (here === 'null') {
		const others = [...known].filter((other) => other !== 'null');
		const isNew = others.length > 0 && !others.includes(type);
		return isNew ? [`${path} is ${type}, and was ${others.join(' or ')}`] : [];
	}
	// The values of custom fields have many types.
	if (context === 'custom_field' && key === 'value') return known.has(type) ? [] : [path];
	if (type !== here) return [`${path} is ${type}, and was ${here}`];
	return differences(actual, expected[key], contextOf(key), path);
}
