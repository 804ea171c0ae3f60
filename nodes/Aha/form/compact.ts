import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Resource } from '../schema/types';
import type { Pair } from './displayOptions';
import { lengthOf, showsOf, withShow } from './displayOptions';
import type { Draft } from './drafts';
import { draftsOf } from './drafts';

/** The form of one operation. */
interface Form {
	readonly pair: Pair;
	readonly drafts: readonly Draft[];
}

type PlacedDraft = { readonly pair: Pair; readonly draft: Draft };

/**
 * The forms of all operations as one list of properties. A property that several operations share
 * is there once, with display options for all of them, so that the description stays small.
 *
 * @throws TypeError when a resource has two different fields of one name in a collection
 */
export function compactForm(resources: readonly Resource[]): INodeProperties[] {
	const forms = resources.flatMap((resource) =>
		resource.operations.map((operation): Form => ({
			pair: [resource.value, operation.value],
			drafts: draftsOf(resource, operation),
		})),
	);
	const placed = forms.flatMap(({ pair, drafts }) => drafts.map((draft) => ({ pair, draft })));
	const isCollection = ({ draft }: PlacedDraft) => draft.property.type === 'collection';
	const fields = groupBy(
		groupBy(
			placed.filter((one) => !isCollection(one)),
			({ draft }) => draft,
		),
		([{ draft }]) => [draft.rank, draft.property, { ...draft.show, belongsTo: undefined }],
	).flatMap((groups) => sharedFields(groups, forms));
	const collections = groupBy(placed.filter(isCollection), ({ draft }) => [
		draft.property.name,
		draft.show,
	]).flatMap((group) => sharedCollections(group, candidates(forms, group[0].draft)));
	return [...fields, ...collections.map(merge)]
		.flatMap((group) => placedProperties(group, candidates(forms, group[0].draft)))
		.sort((a, b) => a.rank - b.rank)
		.map(({ property }) => property);
}

/**
 * Joins equal fields that show for different endpoints: an endpoint that an operation does not have
 * cannot be chosen for it, so it does no harm among those that show its field.
 */
function sharedFields(groups: ReadonlyArray<readonly PlacedDraft[]>, forms: readonly Form[]) {
	const shared: PlacedDraft[][] = [];
	for (const group of groups) {
		const index = shared.findIndex((some) => joined(some, group, forms) !== undefined);
		if (index < 0) shared.push([...group]);
		else shared[index] = joined(shared[index], group, forms) ?? [];
	}
	return shared;
}

/** Both groups as one; nothing where it would show a field too often, or makes nothing smaller. */
function joined(
	some: readonly PlacedDraft[],
	others: readonly PlacedDraft[],
	forms: readonly Form[],
): PlacedDraft[] | undefined {
	const [shown, added] = [some, others].map(([{ draft }]) => draft.show?.belongsTo);
	if (!shown || !added) return undefined;
	const belongsTo = [...new Set([...shown, ...added])];
	const showsNoMore = (group: readonly PlacedDraft[], own: ReadonlyArray<string | boolean>) =>
		group.every(({ pair }) =>
			endpointKeys(forms, pair).every((key) => belongsTo.includes(key) === own.includes(key)),
		);
	if (!showsNoMore(some, shown) || !showsNoMore(others, added)) return undefined;
	const both = [...some, ...others].map(({ pair, draft }) => ({
		pair,
		draft: { ...draft, show: { ...draft.show, belongsTo } },
	}));
	const size = (group: readonly PlacedDraft[]) =>
		lengthOf(placedProperties(group, candidates(forms, group[0].draft)));
	return size(both) < size(some) + size(others) ? both : undefined;
}

/** What an operation lets a person choose as Belongs To. */
function endpointKeys(forms: readonly Form[], [resource, operation]: Pair): string[] {
	const form = forms.find(({ pair }) => pair[0] === resource && pair[1] === operation);
	const choice = form?.drafts.find(({ property }) => property.name === 'belongsTo')?.property;
	return ((choice?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));
}

/** The property of equal drafts, as often as its display options need it. */
const placedProperties = (group: readonly PlacedDraft[], all: readonly Pair[]) =>
	showsOf(pairsOf(group), all).map((show) => ({
		rank: group[0].draft.rank,
		property: withShow(group[0].draft.property, { ...show, ...group[0].draft.show }),
	}));

/** The operations for which what a draft needs can be chosen, whether they have the draft or not. */
const candidates = (forms: readonly Form[], { show = {} }: Draft): Pair[] =>
	forms
		.filter(({ drafts }) =>
			Object.entries(show).every(([name, values]) =>
				drafts.some(({ property }) => property.name === name && canBe(property, values)),
			),
		)
		.map(({ pair }) => pair);

/** Whether a field can have one of some values. */
const canBe = ({ type, options }: INodeProperties, values: ReadonlyArray<string | boolean>) =>
	type !== 'options' ||
	(options as INodePropertyOptions[]).some(({ value }) => values.includes(String(value)));

/** Items that are equal in one respect, in the order of the first of each. */
function groupBy<T>(items: readonly T[], respect: (item: T) => unknown): T[][] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const key = JSON.stringify(respect(item));
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	return [...groups.values()];
}

const pairsOf = (group: readonly PlacedDraft[]): Pair[] => group.map(({ pair }) => pair);

const optionsOf = ({ draft }: PlacedDraft) => draft.property.options as INodeProperties[];

/**
 * Divides collections of one name into those that become one. Each resource joins the collection
 * with which it makes the description smallest.
 */
function sharedCollections(group: readonly PlacedDraft[], all: readonly Pair[]): PlacedDraft[][] {
	const shared: PlacedDraft[][] = [];
	const size = (some: readonly PlacedDraft[]): number =>
		placedProperties(merge(some), all).reduce((sum, { property }) => sum + lengthOf(property), 0);
	for (const drafts of groupBy(group, ({ pair: [resource] }) => resource)) {
		const clash = clashIn(drafts);
		if (clash) throw new TypeError(`${drafts[0].pair.join('.')}: two kinds of ${clash}`);
		const [best] = shared
			.map((some, index) => ({ index, both: [...some, ...drafts] }))
			.filter(({ both }) => !clashIn(both) && showsOf(pairsOf(both), all).length === 1)
			.map((one) => ({ ...one, saved: size(shared[one.index]) + size(drafts) - size(one.both) }))
			.filter(({ saved }) => saved > 0)
			.sort((a, b) => b.saved - a.saved);
		if (best) shared[best.index] = best.both;
		else shared.push(drafts);
	}
	return shared;
}

/** The name of options that are drawn in different ways: n8n mixes up their values. */
function clashIn(group: readonly PlacedDraft[]): string | undefined {
	const widgets = new Map<string, string>();
	return group.flatMap(optionsOf).find(({ name, type, default: initial }) => {
		const widget = JSON.stringify([type, initial]);
		const known = widgets.get(name) ?? widget;
		widgets.set(name, known);
		return known !== widget;
	})?.name;
}

/** Gives the first collection of a group the options of all, each shown for those that have it. */
function merge(group: readonly PlacedDraft[]): PlacedDraft[] {
	const pairs = pairsOf(group);
	const placed = group.flatMap((one) =>
		optionsOf(one).map((option) => ({ pair: one.pair, option })),
	);
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
