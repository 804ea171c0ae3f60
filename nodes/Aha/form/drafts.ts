import type { INodeProperties } from 'n8n-workflow';

import { choicesOf, titleCase } from '../schema/fields';
import { choiceOf, isRecordName, recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import { endpointsOf } from '../schema/endpoints';
import { withShow } from './displayOptions';
import type { Show } from './displayOptions';
import { hasOutput } from '../schema/operations';
import { ownOptions } from '../schema/options';
import { needsWorkspace, OWN_RECORD, pathFields, recordTellsWorkspace } from '../schema/pathFields';
import { pathLocator, severalFrom, toProperty } from './property';
import type { Field, Fields, Operation, Resource } from '../schema/types';

/** The place of a field in the form; n8n draws properties in their order. */
export const enum Rank {
	BelongsTo,
	Workspace,
	Path,
	OwnRecord,
	WorkspaceForLists,
	Required,
	Paging,
	Output,
	Filters,
	AdditionalFields,
	CustomFields,
	Options,
}

/** One field of one operation's form, before operations share it. */
export interface Draft {
	readonly property: INodeProperties;
	readonly rank: Rank;
	/** What must be chosen, in addition to resource and operation. */
	readonly show?: Readonly<Record<string, Array<string | boolean>>>;
}

/** Shows a field for some keys of the operation's endpoints; for all when there is no choice. */
const forEndpoints = (all: readonly string[], keys: readonly string[]) =>
	keys.length < all.length && { belongsTo: all.filter((key) => keys.includes(key)) };

/**
 * A collection of optional fields, sorted by name as n8n's rules ask.
 *
 * @param all keys of the operation's endpoints; without fields for any of them there is no collection
 */
function collection(
	all: readonly string[],
	rank: Rank,
	[name, displayName, button]: readonly [string, string, string],
	fields: Fields,
): Draft {
	const keys = all.filter((key) =>
		Object.values(fields).some((field) => field.forEndpoints?.includes(key) ?? true),
	);
	const options = Object.entries(fields).map(([key, field]) =>
		withShow(toProperty(key, field), {
			...(field.forEndpoints && { '/belongsTo': [...field.forEndpoints] }),
			...(field.showWhen && valuesOf(field.showWhen, '/')),
		}),
	);
	return {
		rank,
		show: { ...forEndpoints(all, keys) },
		property: {
			displayName,
			name,
			type: 'collection',
			placeholder: button,
			default: {},
			options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	};
}

/** The choice between the endpoints of an operation. */
const endpointChoice = (keys: string[], [first] = keys): Draft => ({
	rank: Rank.BelongsTo,
	property: {
		displayName: 'Belongs To',
		name: 'belongsTo',
		type: 'options',
		noDataExpression: true,
		options: keys.map((key) => ({ name: endpointLabel(key), value: key })),
		default: first,
		description: 'Where to look for it, or what it is made for',
	},
});

/** The label of an endpoint's key: `account`, a kind of record, or a name of the endpoint's own. */
function endpointLabel(key: string): string {
	if (key === 'account') return 'Whole Account';
	const names = Object.keys(recordKinds) as RecordName[];
	const record = names.find((name) => choiceOf(name) === key);
	return record ? recordKinds[record].label : titleCase(key);
}

function pathDrafts({ value: resource }: Resource, operation: Operation): Draft[] {
	const endpoints = endpointsOf(operation);
	const all = endpoints.map(([key]) => key);
	const drafts: Draft[] = all.length > 1 ? [endpointChoice(all)] : [];
	const takers = new Map<string, { field: Field; keys: string[] }>();
	for (const [key, endpoint] of endpoints) {
		for (const { name, field } of pathFields(resource, operation, endpoint)) {
			takers.set(name, { field, keys: [...(takers.get(name)?.keys ?? []), key] });
		}
	}
	for (const [name, { field, keys }] of takers) {
		const others = [...takers].filter(([, taker]) => keys.every((key) => taker.keys.includes(key)));
		const isListed = isReachable(field, new Map(others));
		drafts.push({ ...pathDraft(name, field, isListed), show: { ...forEndpoints(all, keys) } });
	}
	const unnamed = endpoints
		.filter(([key]) => !takers.get('product_id')?.keys.includes(key))
		.filter(([, endpoint]) => needsWorkspace(operation, endpoint))
		.map(([key]) => key);
	if (unnamed.length > 0) {
		const fillsPath = [...takers.values()].some(
			({ field }) => field.kind === 'record' && recordKinds[field.record].ofWorkspace,
		);
		drafts.push({
			rank: fillsPath ? Rank.Workspace : Rank.WorkspaceForLists,
			show: { ...showWithoutWorkspace(operation), ...forEndpoints(all, unnamed) },
			property: recordTellsWorkspace(resource, operation)
				? withShow(workspaceForLists, NOT_GIVEN)
				: workspaceForLists,
		});
	}
	return drafts;
}

/** Whether the list of a record can be read with the other records that the form has. */
function isReachable(field: Field, others: ReadonlyMap<string, unknown>): boolean {
	if (field.kind !== 'record') return true;
	const { within = '', onlyWithin } = recordKinds[field.record];
	return !onlyWithin || others.has(within);
}

function pathDraft(name: string, field: Field, isListed: boolean): Draft {
	if (name === OWN_RECORD && field.kind === 'record') {
		const property = pathLocator(field.record, true, OWN_RECORD, isListed);
		return { rank: Rank.OwnRecord, property };
	}
	if (!isRecordName(name)) return { rank: Rank.Path, property: toProperty(name, field, true) };
	const rank = name === 'product_id' ? Rank.Workspace : Rank.Path;
	return { rank, property: pathLocator(name, true, name, isListed) };
}

/** When the workspace is not a parameter itself, in an operation where it can be one. */
function showWithoutWorkspace({ required = {} }: Operation): Record<string, string[]> {
	const taken = Object.entries(required.product_id?.showWhen ?? {});
	return Object.fromEntries(
		taken.map(([name, values]) => {
			const all = choicesOf(required[name]).map(({ value }) => String(value));
			return [name, all.filter((value) => !values.includes(value))];
		}),
	);
}

/**
 * Shows a field until the record is given by ID, reference or URL, which tells the workspace. n8n
 * shows it for an expression in the first of these, which it therefore has to read first.
 */
const NOT_GIVEN: Show = {
	[OWN_RECORD]: [{ _cnd: { not: null } }],
	// Without the slash, n8n 2.0 waits for a parameter of that whole name.
	[`/${OWN_RECORD}.mode`]: ['list'],
};

/** A workspace that the request does not name: lists of releases, statuses and the like need it. */
const workspaceForLists: INodeProperties = {
	...pathLocator('product_id', false),
	displayName: 'Workspace for Lists',
	description: 'Leave empty when this form needs no lists',
	hint: 'Only fills the lists of this form. It is not sent to Aha!',
};

const pagingDrafts: Draft[] = [
	{
		rank: Rank.Paging,
		property: {
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
	},
	{
		rank: Rank.Paging,
		show: { returnAll: [false] },
		property: {
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
	},
];

/** How n8n's own nodes for AI agents let a person choose what comes out. */
const outputDrafts: Draft[] = [
	{
		rank: Rank.Output,
		property: {
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'Simplified', value: 'simple' },
				{ name: 'Raw', value: 'raw' },
				{ name: 'Selected Fields', value: 'fields' },
			],
			default: 'simple',
			description: 'Whether to return the most useful fields, all fields, or those you select',
		},
	},
	{
		rank: Rank.Output,
		show: { output: ['fields'] },
		property: {
			...severalFrom('outputFields', ['resource']),
			displayName: 'Fields',
			name: 'fields',
			required: true,
			description:
				'Array of fields, such as name, release.id or custom_fields.priority, or choose from the list',
		},
	},
];

/** The account's custom fields, as in the layout of the workspace. One for all operations. */
const customFieldsDraft: Draft = {
	rank: Rank.CustomFields,
	property: {
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description:
			'Values of the custom fields in the layout of the workspace. An empty one is left out; {{ null }} clears it in an update.',
		typeOptions: {
			loadOptionsDependsOn: ['resource', 'operation', 'product_id.value', `${OWN_RECORD}.value`],
			resourceMapper: {
				resourceMapperMethod: 'getCustomFields',
				mode: 'add',
				addAllFields: false,
				supportAutoMap: false,
				allowEmptyValues: true,
				hideNoDataError: true,
				valuesLabel: 'Custom Fields',
				fieldWords: { singular: 'custom field', plural: 'custom fields' },
			},
		},
	},
};

/**
 * Values of other fields that show a field.
 *
 * @param root `/` where the field is in a collection
 */
const valuesOf = (when: Field['showWhen'] = {}, root = ''): Record<string, string[]> =>
	Object.fromEntries(Object.entries(when).map(([name, values]) => [root + name, [...values]]));

/** The form of one operation. */
export function draftsOf(resource: Resource, operation: Operation): Draft[] {
	const drafts = pathDrafts(resource, operation);
	const top = { ...operation.requiredQuery, ...operation.required, ...operation.settings };
	const all = endpointsOf(operation).map(([key]) => key);
	for (const [name, field] of Object.entries(top)) {
		drafts.push({
			rank: Rank.Required,
			show: { ...valuesOf(field.showWhen), ...forEndpoints(all, field.forEndpoints ?? all) },
			property: toProperty(name, field, true),
		});
	}
	if (operation.paginated) {
		const when = valuesOf(operation.paginatedWhen);
		drafts.push(...pagingDrafts.map((draft) => ({ ...draft, show: { ...when, ...draft.show } })));
	}
	if (hasOutput(resource, operation)) drafts.push(...outputDrafts);
	if (operation.customFields) drafts.push(customFieldsDraft);
	const filters = operation.filters ?? (operation.paginated ? operation.query : undefined);
	if (filters)
		drafts.push(collection(all, Rank.Filters, ['filters', 'Filters', 'Add Filter'], filters));
	if (operation.fields) {
		drafts.push(
			collection(
				all,
				Rank.AdditionalFields,
				['additionalFields', 'Additional Fields', 'Add Field'],
				operation.fields,
			),
		);
	}
	const options: Fields = {
		...(!operation.paginated && operation.query),
		...ownOptions(resource, operation),
	};
	drafts.push(collection(all, Rank.Options, ['options', 'Options', 'Add Option'], options));
	return drafts;
}
