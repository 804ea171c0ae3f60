import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { deepCopy, isObjectEmpty } from 'n8n-workflow';

import type { BelongsTo, Draft } from './form';
import { draftForm } from './form';
import { endpointsOf } from '../schema/endpoints';
import type { Resource } from '../schema/types';

type Pair = readonly [resource: string, operation: string];

/** A set of resources and operations: a field shows for every pair of them. */
interface Rectangle {
	resources: string[];
	operations: string[];
}

/** Equal fields of several operations, with no value of Belongs To that some show and some hide. */
interface Shared extends Pick<Draft, 'property' | 'rank' | 'show'> {
	readonly entries: Entry[];
	/** What alone makes it show, whatever the resource and operation. */
	readonly anywhere?: IDisplayOptions;
}

interface Entry {
	readonly draft: Draft;
	readonly pair: Pair;
}

/** The collections of one name that stand in the form as one, by resource and operation. */
type Group = Map<string, Map<string, Draft>>;

const nameOf = ([resource, operation]: Pair): string => `${resource}.${operation}`;

const pairOf = ({ pair }: Entry): Pair => pair;

/**
 * The fields of all operations' forms, each written once for all operations that share it, so
 * that the editor stays light.
 */
export function sharedForm(resources: readonly Resource[]): INodeProperties[] {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation): Pair => [value, operation.value]),
	);
	const drafts = resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			draftForm(resource, operation).map((draft): Entry => ({
				draft,
				pair: [resource.value, operation.value],
			})),
		),
	);
	const isCollection = ({ draft }: Entry) => draft.property.type === 'collection';
	const single = drafts.filter((entry) => !isCollection(entry));
	const choices = choicesIn(resources);
	const drawn = [
		...equalFields(single).map((entries) =>
			followsAnother(entries, single)
				? draw([{ ...entries[0].draft, entries, anywhere: {} }], all)
				: shorter(draw(shareFields(entries), all), draw(shareByBelongsTo(entries, choices), all)),
		),
		draw(shareCollections(drafts.filter(isCollection), all), all),
	];
	return drawn
		.flat()
		.sort((a, b) => a.rank - b.rank)
		.map(({ property }) => property);
}

/** A property of the form, and where it stands. */
type Drawn = Pick<Draft, 'property' | 'rank'>;

const bytes = (value: unknown): number => JSON.stringify(value).length;

const shorter = (one: Drawn[], other: Drawn[]): Drawn[] =>
	bytes(one) <= bytes(other) ? one : other;

function draw(shared: readonly Shared[], all: readonly Pair[]): Drawn[] {
	return shared.flatMap(({ property, rank, show, entries, anywhere }) => {
		if (anywhere) {
			const displayOptions = { ...anywhere, show: { ...show, ...anywhere.show } };
			return { rank, property: { ...property, displayOptions } };
		}
		return cover(entries.map(pairOf), all).map((rectangle) => {
			const among = entries.filter(({ pair }) => contains(rectangle, pair));
			const { hide, ...more } = belongsTo(among);
			const shown = { ...conditions(rectangle, all), ...show, ...more.show };
			return {
				rank,
				property: { ...property, displayOptions: { show: shown, ...(hide && { hide }) } },
			};
		});
	});
}

/** The values of Belongs To of each operation that has a choice, by its name. */
type Choices = ReadonlyMap<string, readonly string[]>;

const choicesIn = (resources: readonly Resource[]): Choices =>
	new Map(
		resources.flatMap(({ value, operations }) =>
			operations
				.filter((operation) => endpointsOf(operation).length > 1)
				.map((operation) => [
					nameOf([value, operation.value]),
					endpointsOf(operation).map(([key]) => key),
				]),
		),
	);

/** Whether a field shows for a value of another that stands in the same operations and no others. */
function followsAnother(entries: readonly Entry[], all: readonly Entry[]): boolean {
	const names = Object.keys(entries[0].draft.show ?? {});
	const pairs = new Set(entries.map(({ pair }) => nameOf(pair)));
	return names.some((name) => {
		const others = all.filter(({ draft }) => draft.property.name === name);
		return others.length === pairs.size && others.every(({ pair }) => pairs.has(nameOf(pair)));
	});
}

/** Entries that are the same but for where they show. */
function equalFields(entries: readonly Entry[]): Entry[][] {
	const byKey = new Map<string, Entry[]>();
	for (const entry of entries) {
		const key = JSON.stringify([entry.draft.property, entry.draft.show ?? {}]);
		byKey.set(key, [...(byKey.get(key) ?? []), entry]);
	}
	return [...byKey.values()];
}

/** What hides a field from some operations and from none of others; nothing can where undefined. */
function exceptFor(
	hidden: readonly Pair[],
	shown: readonly Pair[],
): Pick<IDisplayOptions, 'hide'> | undefined {
	if (hidden.length === 0) return {};
	for (const [index, name] of ['resource', 'operation'].entries()) {
		const words = [...new Set(hidden.map((pair) => pair[index]))];
		if (!shown.some((pair) => words.includes(pair[index]))) return { hide: { [name]: words } };
	}
	return undefined;
}

/**
 * A field that goes with a value of Belongs To in every operation that has the value needs no
 * other condition; what is left is shared as any other field.
 */
function shareByBelongsTo(entries: readonly Entry[], choices: Choices): Shared[] {
	const shownIn = new Map(
		entries.map(({ draft, pair }) => [
			nameOf(pair),
			draft.belongsTo?.shown ?? choices.get(nameOf(pair)) ?? [],
		]),
	);
	const anywhere = [...new Set([...shownIn.values()].flat())].flatMap((value) => {
		const having = [...choices].filter(([, values]) => values.includes(value));
		const [shown, lacking] = [true, false].map((shows) =>
			having
				.filter(([name]) => (shownIn.get(name)?.includes(value) ?? false) === shows)
				.map(([name]) => name.split('.') as [string, string]),
		);
		const hide = exceptFor(lacking, shown);
		return hide ? [{ value, display: { show: { belongsTo: [value] }, ...hide } }] : [];
	});
	const values = anywhere.map(({ value }) => value);
	const left = entries.flatMap((entry): Entry[] => {
		const own = choices.get(nameOf(entry.pair));
		if (!own) return [entry];
		const shown = (entry.draft.belongsTo?.shown ?? own).filter((value) => !values.includes(value));
		const hidden = own.filter((value) => !shown.includes(value));
		if (shown.length === 0) return [];
		return [{ ...entry, draft: { ...entry.draft, belongsTo: { shown, hidden } } }];
	});
	const [{ draft }] = entries;
	return [
		...anywhere.map(({ display }) => ({ ...draft, entries: [...entries], anywhere: display })),
		...shareFields(left),
	];
}

/** When a field shows beside the values of Belongs To, in the shorter of two ways to say it. */
function belongsTo(entries: readonly Entry[]): Pick<IDisplayOptions, 'show' | 'hide'> {
	const shown = new Set(entries.flatMap(({ draft }) => draft.belongsTo?.shown ?? []));
	const hidden = new Set(entries.flatMap(({ draft }) => draft.belongsTo?.hidden ?? []));
	if (hidden.size === 0) return {};
	const always = entries.some(({ draft }) => draft.belongsTo === undefined);
	return always || hidden.size < shown.size
		? { hide: { belongsTo: [...hidden] } }
		: { show: { belongsTo: [...shown] } };
}

const contains = ({ resources, operations }: Rectangle, [resource, operation]: Pair): boolean =>
	resources.includes(resource) && operations.includes(operation);

function shareFields(entries: readonly Entry[]): Shared[] {
	const shared: Shared[] = [];
	for (const entry of entries) {
		const home = shared.find(({ entries: others }) =>
			others.every((other) => agree(other.draft.belongsTo, entry.draft.belongsTo)),
		);
		if (home) home.entries.push(entry);
		else shared.push({ ...entry.draft, entries: [entry] });
	}
	return shared;
}

/** Whether no value of Belongs To shows the one field and hides the other. */
const agree = (one?: BelongsTo, other?: BelongsTo): boolean =>
	!one?.shown.some((value) => other?.hidden.includes(value)) &&
	!one?.hidden.some((value) => other?.shown.includes(value));

/** Collections of one name become as few as can be, with options that show where they belong. */
function shareCollections(entries: readonly Entry[], all: readonly Pair[]): Shared[] {
	const groups = new Map<string, Group[]>();
	const rows = new Map<string, Map<string, Draft>>();
	for (const {
		draft,
		pair: [resource, operation],
	} of entries) {
		const key = `${draft.property.name}.${resource}`;
		rows.set(key, (rows.get(key) ?? new Map<string, Draft>()).set(operation, draft));
	}
	for (const [key, row] of rows) {
		const [name, resource] = key.split('.');
		const candidates = groups.get(name) ?? [];
		groups.set(name, candidates);
		const home = candidates.find((group) => fits(new Map(group).set(resource, row), all));
		if (home) home.set(resource, row);
		else candidates.push(new Map([[resource, row]]));
	}
	return [...groups.values()].flat().map(asOne);
}

/** Whether no operation would show or hide a collection wrongly, and no name has two widgets. */
function fits(group: Group, all: readonly Pair[]): boolean {
	const operations = new Set([...group.values()].flatMap((row) => [...row.keys()]));
	const widgets = new Map<string, string>();
	const drafts = [...group.values()].flatMap((row) => [...row.values()]);
	return (
		drafts.every((one) => drafts.every((other) => agree(one.belongsTo, other.belongsTo))) &&
		all.every(
			([resource, operation]) =>
				!operations.has(operation) || (group.get(resource)?.has(operation) ?? true),
		) &&
		drafts.flatMap(optionsOf).every(({ name, type, default: initial }) => {
			const widget = JSON.stringify([type, initial]);
			const known = widgets.get(name) ?? widget;
			widgets.set(name, known);
			return known === widget;
		})
	);
}

const optionsOf = ({ property }: Draft) => property.options as INodeProperties[];

function asOne(group: Group): Shared {
	const entries = [...group].flatMap(([resource, row]) =>
		[...row].map(([operation, draft]): Entry => ({ draft, pair: [resource, operation] })),
	);
	const pairs = entries.map(pairOf);
	const united = new Map<string, { option: INodeProperties; pairs: Pair[] }>();
	for (const { draft, pair } of entries) {
		for (const option of optionsOf(draft)) {
			const key = JSON.stringify(option);
			const entry = united.get(key) ?? { option, pairs: [] };
			entry.pairs.push(pair);
			united.set(key, entry);
		}
	}
	const options = [...united.values()]
		.flatMap(({ option, pairs: wanted }) =>
			cover(wanted, pairs).map((rectangle) => shownFor(option, conditions(rectangle, pairs, '/'))),
		)
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	const [{ draft }] = entries;
	return { ...draft, property: { ...draft.property, options }, entries };
}

function shownFor(option: INodeProperties, show: Conditions): INodeProperties {
	if (isObjectEmpty(show)) return option;
	const copy = deepCopy(option);
	copy.displayOptions = { show: { ...copy.displayOptions?.show, ...show } };
	return copy;
}

/**
 * As few rectangles as found greedily, in any of some orders, that hold all pairs and, beyond them,
 * only pairs of a resource with an operation that it does not have.
 */
function cover(pairs: readonly Pair[], all: readonly Pair[]): Rectangle[] {
	const wanted = new Set(pairs.map(nameOf));
	const unwanted = new Set(all.map(nameOf).filter((name) => !wanted.has(name)));
	const takes = ({ resources, operations }: Rectangle, [resource, operation]: Pair): boolean =>
		!resources.some((other) => unwanted.has(nameOf([other, operation]))) &&
		!operations.some((other) => unwanted.has(nameOf([resource, other])));
	const firstFit = (order: readonly Pair[]): Rectangle[] => {
		const rectangles: Rectangle[] = [];
		for (const pair of order) {
			const home = rectangles.find((rectangle) => takes(rectangle, pair));
			if (home) grow(home, pair);
			else rectangles.push({ resources: [pair[0]], operations: [pair[1]] });
		}
		return rectangles;
	};
	const byOperation = [...pairs].sort(([, a], [, b]) => (a < b ? -1 : Number(a > b)));
	return [pairs, byOperation, byOperation.toReversed()]
		.map(firstFit)
		.reduce((best, other) => (other.length < best.length ? other : best));
}

function grow({ resources, operations }: Rectangle, [resource, operation]: Pair): void {
	if (!resources.includes(resource)) resources.push(resource);
	if (!operations.includes(operation)) operations.push(operation);
}

type Conditions = Record<string, string[]>;

/** What tells the pairs of a rectangle from all others, in no more words than needed. */
function conditions(
	{ resources, operations }: Rectangle,
	all: readonly Pair[],
	root = '',
): Conditions {
	const others = all.filter((pair) => !contains({ resources, operations }, pair));
	const byResource = others.some(([, operation]) => operations.includes(operation));
	const byOperation =
		others.some(([resource]) => resources.includes(resource)) || (!byResource && others.length > 0);
	return {
		...(byResource && { [`${root}resource`]: resources }),
		...(byOperation && { [`${root}operation`]: operations }),
	};
}
