import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { Resource } from '../schema/types';
import type { Draft } from './drafts';
import { draftsOf } from './drafts';

/** An operation of a resource, by their values. */
type Pair = readonly [resource: string, operation: string];

type PlacedDraft = { readonly pair: Pair; readonly draft: Draft };

type Show = NonNullable<IDisplayOptions['show']>;

/**
 * The forms of all operations as one list of properties. A property that several operations share
 * is there once, with display options for all of them, so that the description stays small.
 */
export function compactForm(resources: readonly Resource[]): INodeProperties[] {
	const placed = resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			draftsOf(resource, operation).map((draft): PlacedDraft => ({
				pair: [resource.value, operation.value],
				draft,
			})),
		),
	);
	const pairs = resources.flatMap(({ value, operations }) =>
		operations.map((operation): Pair => [value, operation.value]),
	);
	const isCollection = ({ draft }: PlacedDraft) => draft.property.type === 'collection';
	const fields = groupBy(
		placed.filter((one) => !isCollection(one)),
		({ draft }) => draft,
	);
	const collections = groupBy(placed.filter(isCollection), ({ pair: [resource], draft }) => [
		resource,
		draft.property.name,
		draft.show,
	]);
	return [...fields, ...collections.map(merge)]
		.flatMap((group) =>
			showsOf(
				group.map(({ pair }) => pair),
				pairs,
			).map((show) => ({
				rank: group[0].draft.rank,
				property: withShow(group[0].draft.property, { ...show, ...group[0].draft.show }),
			})),
		)
		.sort((a, b) => a.rank - b.rank)
		.map(({ property }) => property);
}

/** Items that are equal in one respect, in the order of the first of each. */
function groupBy<T>(items: readonly T[], respect: (item: T) => unknown): T[][] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const key = JSON.stringify(respect(item));
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	return [...groups.values()];
}

/**
 * Gives the first collection of a group the options of all, each shown for those that have it.
 *
 * @throws TypeError when options of one name have different fields: n8n mixes up their values
 */
function merge(group: readonly PlacedDraft[]): PlacedDraft[] {
	const pairs = group.map(({ pair }) => pair);
	const placed = group.flatMap(({ pair, draft }) =>
		(draft.property.options as INodeProperties[]).map((option) => ({ pair, option })),
	);
	for (const named of groupBy(placed, ({ option }) => option.name)) {
		const widgets = groupBy(named, ({ option }) => [option.type, option.default]);
		const [{ pair, option }] = named;
		if (widgets.length > 1) throw new TypeError(`${pair.join('.')}: two kinds of ${option.name}`);
	}
	const options = groupBy(placed, ({ option }) => option).flatMap((equal) =>
		showsOf(
			equal.map(({ pair }) => pair),
			pairs,
			'/',
		).map((show) => withShow(equal[0].option, show)),
	);
	options.sort((a, b) => a.displayName.localeCompare(b.displayName));
	const [first, ...others] = group;
	const property = { ...first.draft.property, options };
	return [{ ...first, draft: { ...first.draft, property } }, ...others];
}

/** Display options for some of all pairs: few rectangles of resources and operations, found greedily. */
function showsOf(wanted: readonly Pair[], all: readonly Pair[], root = ''): Show[] {
	const others = all.filter((pair) => !wanted.some((one) => String(one) === String(pair)));
	const rectangles: Array<[resources: Set<string>, operations: Set<string>]> = [];
	for (const pair of wanted) {
		const fitting = rectangles.find((rectangle) =>
			others.every((other) =>
				[0, 1].every(
					(side) => other[side] !== pair[side] || !rectangle[1 - side].has(other[1 - side]),
				),
			),
		);
		fitting?.forEach((values, side) => values.add(pair[side]));
		if (!fitting) rectangles.push([new Set([pair[0]]), new Set([pair[1]])]);
	}
	return rectangles.map(([resources, operations]) => ({
		...(all.some(([resource]) => !resources.has(resource)) && {
			[`${root}resource`]: [...resources],
		}),
		...(all.some(([resource, one]) => resources.has(resource) && !operations.has(one)) && {
			[`${root}operation`]: [...operations],
		}),
	}));
}

const withShow = (property: INodeProperties, added: Show): INodeProperties => {
	const show = { ...property.displayOptions?.show, ...added };
	return Object.keys(show).length === 0 ? property : { ...property, displayOptions: { show } };
};
