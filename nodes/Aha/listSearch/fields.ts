import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { labelOf, titleCase } from '../schema/fields';
import type { Resource } from '../schema/types';
import { resources } from '../resources';
import { toColumn } from '../run/output';

/** The fields of the chosen resource's records that a person can select for the output. */
export async function outputFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const chosen = this.getCurrentNodeParameter('resource');
	const resource = resources.find(({ value }) => value === chosen);
	if (!resource) return [];
	const paths = [...new Set([...(resource.simple ?? []), ...(resource.more ?? [])])];
	return paths
		.map((path) => ({ name: fieldLabel(resource, path), value: path }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** The label under which the form has the field, so that both are called the same. */
function fieldLabel({ operations }: Resource, path: string): string {
	const column = toColumn(path, path);
	const key = column.path.split('.').at(-1) as string;
	const field = operations.map(({ fields = {} }) => fields[key]).find(Boolean);
	const label = field ? labelOf(key, field) : titleCase(key);
	return column.isText ? `${label} as Plain Text` : label;
}
