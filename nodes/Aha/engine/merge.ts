import type { INodeProperties } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import type { Draft } from './form';
import { draftForm } from './form';
import type { Resource } from './types';

/** A set of resources and operations: the field shows for every pair of them. */
interface Rectangle {
	resources: string[];
	operations: string[];
}

interface Shared extends Draft {
	readonly pairs: Array<[resource: string, operation: string]>;
}

type Options = INodeProperties[];

/**
 * The fields of all operations' forms, each written once for all operations that share it, so
 * that the editor stays light.
 */
export function sharedForm(resources: readonly Resource[]): INodeProperties[] {
	const exists = new Set(
		resources.flatMap((resource) =>
			resource.operations.map((operation) => `${resource.value}.${operation.value}`),
		),
	);
	const shared = new Map<string, Shared>();
	for (const resource of resources) {
		for (const { operation, draft } of resourceDrafts(resource)) {
			const key = JSON.stringify([draft.property, draft.show ?? {}]);
			const entry = shared.get(key) ?? { ...draft, pairs: [] };
			entry.pairs.push([resource.value, operation]);
			shared.set(key, entry);
		}
	}
	return [...shared.values()]
		.sort((a, b) => a.rank - b.rank)
		.flatMap(({ property, show, pairs }) =>
			cover(pairs, exists).map((rectangle) => ({
				...property,
				displayOptions: {
					show: { resource: rectangle.resources, operation: rectangle.operations, ...show },
				},
			})),
		);
}

/** The drafts of a resource; collections of one name are the same for all its operations. */
function resourceDrafts(resource: Resource): Array<{ operation: string; draft: Draft }> {
	const all = resource.operations.flatMap((operation) =>
		draftForm(resource, operation).map((draft) => ({ operation: operation.value, draft })),
	);
	const collections = new Map<string, Map<string, Options>>();
	for (const { operation, draft } of all) {
		if (draft.property.type !== 'collection') continue;
		const byOperation = collections.get(draft.property.name) ?? new Map<string, Options>();
		byOperation.set(operation, draft.property.options as Options);
		collections.set(draft.property.name, byOperation);
	}
	return all.map(({ operation, draft }) => {
		const byOperation = collections.get(draft.property.name);
		if (draft.property.type !== 'collection' || !byOperation) return { operation, draft };
		const property = { ...draft.property, options: unite(byOperation) };
		return { operation, draft: { ...draft, property } };
	});
}

/** Options of one collection for several operations, each shown for those that have it. */
function unite(byOperation: Map<string, Options>): Options {
	const united = new Map<string, { option: INodeProperties; operations: string[] }>();
	for (const [operation, options] of byOperation) {
		for (const option of options) {
			const key = JSON.stringify(option);
			const entry = united.get(key) ?? { option, operations: [] };
			entry.operations.push(operation);
			united.set(key, entry);
		}
	}
	return [...united.values()]
		.map(({ option, operations }) => {
			if (operations.length === byOperation.size) return option;
			const copy = deepCopy(option);
			copy.displayOptions = { show: { ...copy.displayOptions?.show, '/operation': operations } };
			return copy;
		})
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/**
 * As few rectangles as found greedily that hold all pairs and, beyond them, only pairs of a
 * resource with an operation that it does not have.
 */
function cover(pairs: Array<[string, string]>, exists: ReadonlySet<string>): Rectangle[] {
	const wanted = new Set(pairs.map((pair) => pair.join('.')));
	const fits = ({ resources, operations }: Rectangle) =>
		resources.every((resource) =>
			operations.every((operation) => {
				const pair = `${resource}.${operation}`;
				return wanted.has(pair) || !exists.has(pair);
			}),
		);
	const rectangles: Rectangle[] = [];
	for (const [resource, operation] of pairs) {
		const home = rectangles.find((rectangle) => fits(grow(rectangle, resource, operation)));
		if (home) Object.assign(home, grow(home, resource, operation));
		else rectangles.push({ resources: [resource], operations: [operation] });
	}
	return rectangles;
}

const grow = (rectangle: Rectangle, resource: string, operation: string): Rectangle => ({
	resources: [...new Set([...rectangle.resources, resource])],
	operations: [...new Set([...rectangle.operations, operation])],
});
