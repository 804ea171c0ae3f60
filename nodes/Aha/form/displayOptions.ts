import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** An operation of a resource, by their values. */
export type Pair = readonly [resource: string, operation: string];

export type Show = NonNullable<IDisplayOptions['show']>;

/**
 * Display options for some of all pairs: few rectangles of resources and operations, found greedily
 * in two orders.
 *
 * @param all every pair that can be chosen; what is not among them needs no telling apart
 * @param root `/` where the options are those of a field in a collection
 */
export function showsOf(wanted: readonly Pair[], all: readonly Pair[], root = ''): Show[] {
	const byOperation = [...wanted].sort(([, a], [, b]) => a.localeCompare(b));
	const [shows, others] = [wanted, byOperation].map((order) => greedyShows(order, all, root));
	return lengthOf(others) < lengthOf(shows) ? others : shows;
}

function greedyShows(wanted: readonly Pair[], all: readonly Pair[], root: string): Show[] {
	const known = new Set(wanted.map(String));
	const others = all.filter((pair) => !known.has(String(pair)));
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
	return rectangles.map(([resources, operations]) => {
		const byOperation = all.some(([one, other]) => resources.has(one) && !operations.has(other));
		const byResource = all.some(
			([one, other]) => !resources.has(one) && (!byOperation || operations.has(other)),
		);
		return {
			...(byResource && { [`${root}resource`]: [...resources] }),
			...(byOperation && { [`${root}operation`]: [...operations] }),
		};
	});
}

/** The property with more conditions, in front of its own: n8n takes them in their order. */
export const withShow = (property: INodeProperties, added: Show): INodeProperties => {
	const show = { ...added, ...property.displayOptions?.show };
	return Object.keys(show).length === 0 ? property : { ...property, displayOptions: { show } };
};

/** Size of a part of the description as n8n stores it. */
export const lengthOf = (part: unknown): number => JSON.stringify(part).length;
