import type { INodeParameters } from 'n8n-workflow';

import { choicesOf } from '../../nodes/Aha/schema/fields';
import { endpointsOf } from '../../nodes/Aha/schema/endpoints';
import { hasOutput } from '../../nodes/Aha/schema/operations';
import { ownOptions } from '../../nodes/Aha/schema/options';
import { pathFields } from '../../nodes/Aha/schema/pathFields';
import type { Field, Fields, Operation, Resource } from '../../nodes/Aha/schema/types';
import type { Marker } from './markers';
import { markerFor } from './markers';

/** A run of the node: an operation with all fields of its form filled in. */
export interface Case {
	readonly name: string;
	readonly parameters: INodeParameters;
	/** The entered values by field name. */
	readonly markers: ReadonlyMap<string, Marker>;
	/** Names of fields that the operation itself uses instead of sending them. */
	readonly settings: ReadonlySet<string>;
	/** Whether it requests a whole list. */
	readonly list: boolean;
}

/** Values that operations need in order to work, by resource, operation and field. */
export type FixedValues = Readonly<Record<string, Readonly<Record<string, Marker>>>>;

/**
 * The runs of an operation: one for each value of Belongs To and of other choices that change the
 * request.
 */
export function casesOf(resource: Resource, operation: Operation, given: FixedValues): Case[] {
	const choices = endpointsOf(operation);
	const keys = choices.length > 0 ? choices.map(([key]) => key) : [''];
	return keys.flatMap((key) =>
		variants(operation, given[`${resource.value}.${operation.value}`]).map((chosen) => {
			const name = [resource.value, operation.value, key, ...Object.values(chosen)];
			return {
				name: name.filter(Boolean).join('.'),
				...fillForm(resource, operation, key, chosen, given),
			};
		}),
	);
}

/** All combinations of choices on which other fields depend; a single empty one if there are none. */
function variants(
	operation: Operation,
	given: FixedValues[string] = {},
): Array<Record<string, string>> {
	const choices = { ...operation.required, ...operation.requiredQuery, ...operation.settings };
	const depended = fieldsOf(operation).flatMap(({ showWhen = {} }) => Object.keys(showWhen));
	const deciding = new Set([...depended, ...choicesIn(operation.requiredQuery)]);
	const open = [...deciding].filter((name) => !(name in given));
	const combined = open.reduce<Array<Record<string, string>>>(
		(all, name) =>
			all.flatMap((chosen) =>
				choicesOf(choices[name]).map(({ value }) => ({
					...chosen,
					[name]: String(value),
				})),
			),
		[{}],
	);
	return combined.flatMap((chosen) => [chosen, ...withUnits(operation, chosen)]);
}

/** The same with efforts as text, which are other parameters than numbers. */
function withUnits({ fields = {} }: Operation, chosen: Record<string, string>) {
	const estimates = Object.keys(fields).filter((name) => fields[name].kind === 'estimate');
	if (estimates.length === 0) return [];
	const efforts = estimates.map((name, index) => [name, `${41 + index}h`] as const);
	return [{ ...chosen, ...Object.fromEntries(efforts) }];
}

const fieldsOf = ({ required, fields, query, requiredQuery, settings, filters }: Operation) =>
	[required, fields, query, requiredQuery, settings, filters].flatMap((some) =>
		Object.values(some ?? {}),
	);

const choicesIn = (fields: Fields = {}): string[] =>
	Object.keys(fields).filter((name) => fields[name].kind === 'choice');

function fillForm(
	resource: Resource,
	operation: Operation,
	key: string,
	chosen: Readonly<Record<string, string>>,
	given: FixedValues,
): Omit<Case, 'name'> {
	const markers = new Map<string, Marker>();
	const own = given[`${resource.value}.${operation.value}`] ?? {};
	const applies = ({ forEndpoints, showWhen = {} }: Field) =>
		(!forEndpoints || forEndpoints.includes(key)) &&
		Object.entries(showWhen).every(([name, values]) =>
			values.includes(chosen[name] ?? String(own[name]?.typed)),
		);
	const typed = (name: string, field: Field) => {
		const choice = chosen[name] && { typed: chosen[name], seen: [chosen[name]] };
		const marker =
			own[name] ?? (choice || (markers.get(name) ?? markerFor(field, markers.size + 1)));
		markers.set(name, marker);
		return marker.typed;
	};
	const fill = (fields: Fields = {}): INodeParameters =>
		Object.fromEntries(
			Object.entries(fields)
				.filter(([, field]) => applies(field))
				.map(([name, field]) => [name, typed(name, field)]),
		);
	const endpoint = endpointsOf(operation).find(([candidate]) => candidate === key)?.[1];
	const inPath = endpoint ? pathFields(resource.value, operation, endpoint) : [];
	const query = fill(operation.query ?? operation.filters);
	const { fields: toReturn } = ownOptions(resource, operation);
	const parameters: INodeParameters = {
		resource: resource.value,
		operation: operation.value,
		...(key && { belongsTo: key }),
		...fill(Object.fromEntries(inPath.map(({ name, field }) => [name, field]))),
		...fill(operation.requiredQuery),
		...fill(operation.required),
		...fill(operation.settings),
		...(hasOutput(resource, operation) && { output: 'raw' }),
		...(operation.paginated && { returnAll: true, filters: query }),
		...(operation.fields && { additionalFields: fill(operation.fields) }),
		options: {
			...(!operation.paginated && query),
			...(toReturn && fill({ fields: { ...toReturn, showWhen: undefined } })),
		},
		...(operation.customFields && { customFields: resourceMapper(typed) }),
	};
	return {
		parameters,
		markers,
		settings: new Set(Object.keys(operation.settings ?? {})),
		list: operation.paginated === true,
	};
}

/** The resource mapper with one custom field. */
function resourceMapper(typed: (name: string, field: Field) => unknown): INodeParameters {
	const id = 'custom_field';
	const column = { id, displayName: id, type: 'string', display: true, defaultMatch: false };
	return {
		mappingMode: 'defineBelow',
		value: { [id]: typed(id, { kind: 'text' }) } as INodeParameters,
		schema: [{ ...column, required: false }] as unknown as INodeParameters[],
	};
}
