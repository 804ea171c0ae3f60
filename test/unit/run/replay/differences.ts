import { isObject } from '../../../../nodes/Aha/transport/json';
import type { Call } from '../../../../tools/checkLive/operationForm';
import { named } from './form';

/** What a comparison of two values comes to. */
export interface Compared {
	readonly differences: string[];
	/** Names of the other ways in which something is said. */
	readonly otherWords: Set<string>;
}

/** Two ways to write one value, both of which Aha! documents. */
const WAYS: ReadonlyArray<
	readonly [name: string, same: (one: unknown, other: unknown) => boolean]
> = [
	['an ID as text', (one, other) => typeof one === 'number' && String(one) === other],
	['a number or a switch without quotes', (one, other) => one === String(other)],
	['a name instead of an object', (one, other) => named(one) !== one && same(named(one), other)],
	['IDs of a list beside what was asked for', (one, other) => `id,${String(one)}` === other],
	['a list instead of text', (one, other) => String(itemsOf(one)) === String(itemsOf(other))],
	[
		'a moment with milliseconds',
		(one, other) => isMoment(one) && momentOf(one) === momentOf(other),
	],
];

const same = (one: unknown, other: unknown): boolean => String(one) === String(other);

const isMoment = (value: unknown): value is string =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

const momentOf = (value: unknown): number => Date.parse(String(value));

const itemsOf = (value: unknown): unknown =>
	typeof value === 'string'
		? value.split(',').map((item) => item.trim())
		: Array.isArray(value)
			? value.map(named)
			: value;

/**
 * Compares what is documented with what was sent.
 *
 * @param elsewhere what the rest of the request says, which a body need not repeat
 */
export function differencesOf(
	documented: unknown,
	sent: unknown,
	call: Call,
	elsewhere: ReadonlySet<string> = new Set(),
): Compared {
	const second = secondNames(call);
	const into: Compared = { differences: [], otherWords: new Set() };
	for (const { path, one, other } of leavesOf(documented, sent)) {
		const way = wayOf(one, other, elsewhere, second.has(path));
		if (way === undefined) into.differences.push(sentenceOf(path, one, other));
		else if (way) into.otherWords.add(way);
	}
	return into;
}

/** How two values say the same: empty for word for word, undefined when they do not. */
function wayOf(
	one: unknown,
	other: unknown,
	elsewhere: ReadonlySet<string>,
	isSecond: boolean,
): string | undefined {
	if (JSON.stringify(one) === JSON.stringify(other)) return '';
	if (one === undefined) return isSecond ? 'a second documented name' : undefined;
	if (other === undefined) {
		return elsewhere.has(String(one)) ? 'what path or query say already' : undefined;
	}
	return WAYS.find(([, isSame]) => isSame(one, other))?.[0];
}

const sentenceOf = (path: string, one: unknown, other: unknown): string => {
	if (one === undefined) return `${path} is sent, but not documented`;
	return other === undefined ? `${path} is not sent` : `${path} is ${JSON.stringify(other)}`;
};

/** Paths of values that the node sends under both of their documented names. */
function secondNames({ operation }: Call): Set<string> {
	const fields = Object.entries({ ...operation.required, ...operation.fields });
	const paths = fields.flatMap(([name, { bodyPath = name, secondBodyPath }]) =>
		secondBodyPath === undefined ? [] : [bodyPath, secondBodyPath],
	);
	const { root } = operation;
	return new Set(paths.map((path) => (root === undefined ? path : `${root}.${path}`)));
}

interface Leaf {
	readonly path: string;
	readonly one: unknown;
	readonly other: unknown;
}

/** The values of two trees by their paths; a branch that one has not counts as an empty one. */
function leavesOf(one: unknown, other: unknown, path = ''): Leaf[] {
	const isBranch =
		(isObject(one) && isObject(other)) || isAbsent(one, other) || isAbsent(other, one);
	if (!isBranch) return [{ path, one, other }];
	const [left, right] = [one, other].map((value) => (isObject(value) ? value : {}));
	return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
		leavesOf(left[key], right[key], path ? `${path}.${key}` : key),
	);
}

const isAbsent = (value: unknown, other: unknown): boolean =>
	value === undefined && isObject(other);
