import { recorded } from '../../sandbox/aha-api';
import { isObject } from '../../nodes/Aha/transport/json';

/** How a response differs from the recorded one at one place. Holds no values. */
export interface ShapeDifference {
	/** Keys from the top, such as `features[].workflow_status.name`. */
	readonly path: string;
	readonly what: 'missing' | 'new' | 'type';
	/** The type that was found, where it tells. */
	readonly found: string;
	/** The types that were recorded, where another was found. */
	readonly recorded: readonly string[];
}

type JsonType = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'object';

const typeOf = (value: unknown): JsonType => {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'string') return 'text';
	return typeof value as 'boolean' | 'number' | 'object';
};

/** What all recordings together say about one kind of object. */
interface Kind {
	/** The keys of each recorded object. */
	readonly objects: Array<ReadonlySet<string>>;
	readonly types: Map<string, Set<JsonType>>;
}

/** How much of the keys of an object another has to have, to be a recording of the same. */
const ALIKE = 0.7;

/**
 * Values of any type, and keys that a person made up: what is in them is content. The names are
 * those of the objects around them, with the key.
 */
const OPEN = /(^|\.)(custom_field|change)\.value$|(^|\.)custom_fields$|^(cells|rows|columns)$/;

/** An object is of the kind that its key says; those in a list of the kind that one of them is. */
const kindOf = (key: string): string => key.replace(/ies$/, 'y').replace(/s$/, '');

/** Keyed by IDs or by names of classes: the keys are content, and all values are alike. */
const isMap = (value: Readonly<Record<string, unknown>>): boolean =>
	Object.keys(value).length > 0 &&
	Object.keys(value).every((key) => /^(\d+|[A-Z]\w*(::\w+)?)$/.test(key));

/** Compares responses with the recorded ones. */
export class Shapes {
	private readonly kinds = new Map<string, Kind>();

	constructor(bodies: readonly unknown[] = Object.values(recorded).map(({ body }) => body)) {
		for (const body of bodies) this.learn(body, '');
	}

	/**
	 * @param body a response as JSON
	 * @param expected the recorded response to the same request
	 */
	compare(body: unknown, expected: unknown): ShapeDifference[] {
		return this.differences([body], [expected], { name: '', path: '' });
	}

	private learn(value: unknown, name: string): void {
		if (Array.isArray(value)) for (const element of value) this.learn(element, name);
		if (!isObject(value)) return;
		if (isMap(value)) {
			for (const element of Object.values(value)) this.learn(element, name);
			return;
		}
		const kind: Kind = this.kinds.get(name) ?? { objects: [], types: new Map() };
		this.kinds.set(name, kind);
		kind.objects.push(new Set(Object.keys(value)));
		for (const [key, inner] of Object.entries(value)) {
			kind.types.set(key, (kind.types.get(key) ?? new Set()).add(typeOf(inner)));
			this.learn(inner, kindOf(key));
		}
	}

	/**
	 * The keys that every recording of such an object has. Aha! leaves out some that have no value,
	 * and gives a few keys where a record is only named.
	 */
	private keysNeeded(name: string, keys: ReadonlySet<string>): string[] {
		const alike = (this.kinds.get(name)?.objects ?? []).filter(
			(object) => [...keys].filter((key) => object.has(key)).length >= ALIKE * keys.size,
		);
		return [...keys].filter((key) => alike.every((object) => object.has(key)));
	}

	/**
	 * Compares some values, all taken together, with the recorded ones in the same place.
	 *
	 * @param types what the values can be, where no recorded one says so
	 */
	private differences(
		actual: readonly unknown[],
		expected: readonly unknown[],
		{ name, path }: Place,
		types: readonly JsonType[] = [],
	): ShapeDifference[] {
		const known = typesOf(expected);
		const possible = known.length > 0 ? known : types;
		const others = typesOf(actual).filter((type) => !possible.includes(type));
		if (others.length > 0 && possible.length > 0)
			return [difference(path, 'type', others, possible)];
		const [maps, objects] = partition(actual.filter(isObject), isMap);
		const [knownMaps, knownObjects] = partition(expected.filter(isObject), isMap);
		const elements = [actual, expected].map((values) =>
			values.filter(Array.isArray).flat(),
		) as Array<unknown[]>;
		const members = [maps, knownMaps].map((some) => some.flatMap((map) => Object.values(map)));
		return [
			...(elements[0].length > 0
				? this.differences(elements[0], elements[1], { name, path: `${path}[]` })
				: []),
			...(members[0].length > 0
				? this.differences(members[0], members[1], { name, path: `${path}.*` })
				: []),
			...this.objectDifferences(objects, knownObjects, { name, path }),
		];
	}

	private objectDifferences(
		actual: readonly JsonObject[],
		expected: readonly JsonObject[],
		{ name, path }: Place,
	): ShapeDifference[] {
		if (actual.length === 0 || expected.length === 0) return [];
		const kind = this.kinds.get(name);
		const present = keysOf(actual);
		const recordedKeys = keysOf(expected);
		const missing = this.keysNeeded(name, recordedKeys)
			.filter((key) => !present.has(key) && expected.every((object) => key in object))
			.map((key) => difference(join(path, key), 'missing'));
		// Where a record is only named, one with all of its keys is something else.
		const isFuller = ALIKE * present.size > recordedKeys.size && recordedKeys.size > 1;
		const unrecorded = [...present].filter((key) => !recordedKeys.has(key) && kind?.types.has(key));
		return [
			...missing,
			...(isFuller ? unrecorded.map((key) => difference(join(path, key), 'new')) : []),
			...[...present].flatMap((key) =>
				this.keyDifferences(valuesOf(actual, key), valuesOf(expected, key), name, {
					name: key,
					path: join(path, key),
				}),
			),
		];
	}

	private keyDifferences(
		actual: readonly unknown[],
		expected: readonly unknown[],
		kind: string,
		{ name: key, path }: Place,
	): ShapeDifference[] {
		const known = this.kinds.get(kind)?.types.get(key);
		if (!known) return [difference(path, 'new', typesOf(actual))];
		if (OPEN.test(`${kind}.${key}`) || OPEN.test(key)) return [];
		return this.differences(actual, expected, { name: kindOf(key), path }, valued([...known]));
	}
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Where values are: the kind that their key names, and the path to them. */
interface Place {
	readonly name: string;
	readonly path: string;
}

const keysOf = (objects: readonly JsonObject[]): Set<string> =>
	new Set(objects.flatMap((object) => Object.keys(object)));

const valuesOf = (objects: readonly JsonObject[], key: string): unknown[] =>
	objects.filter((object) => key in object).map((object) => object[key]);

const partition = <T>(values: readonly T[], fits: (value: T) => boolean): [T[], T[]] => [
	values.filter(fits),
	values.filter((value) => !fits(value)),
];

/** A key as a report may show it: Aha!'s own are words with underscores, others may be content. */
export const shownKey = (key: string): string =>
	/^[a-z][a-zA-Z0-9_]{0,59}$/.test(key) ? key : '(key)';

const join = (path: string, key: string): string =>
	path ? `${path}.${shownKey(key)}` : shownKey(key);

const valued = (types: readonly JsonType[]): JsonType[] => types.filter((type) => type !== 'null');

/** The types of some values, without those that are null: any value may be missing. */
const typesOf = (values: readonly unknown[]): JsonType[] =>
	valued([...new Set(values.map(typeOf))]);

const difference = (
	path: string,
	what: ShapeDifference['what'],
	found: readonly JsonType[] = [],
	types: readonly JsonType[] = [],
): ShapeDifference => ({ path, what, found: found.join(' or '), recorded: types });

/** A difference in a line, such as `features[].score: text, recorded as number`. */
export function sentenceOf({ path, what, found, recorded: types }: ShapeDifference): string {
	if (what === 'missing') return `${path}: missing`;
	if (what === 'new') return `${path}: not recorded${found && ` (${found})`}`;
	return `${path}: ${found}, recorded as ${types.join(' or ')}`;
}
