import type { INodeProperties } from 'n8n-workflow';

import { choicesOf, titleCase } from '../schema/fields';
import { isRecordName, recordKinds } from '../schema/records';
import { endpointsOf } from '../schema/endpoints';
import { canSimplify } from '../schema/operations';
import { needsWorkspace, OWN_RECORD, pathFields } from '../schema/pathFields';
import { ownLocator, pathLocator, toProperty } from './property';
import type { Field, Fields, Operation, Resource } from '../schema/types';

/** Where a field stands in the form; n8n draws properties in their order. */
export const enum Rank {
	BelongsTo,
	Workspace,
	Path,
	OwnRecord,
	Required,
	Paging,
	Shape,
	CustomFields,
	Collections,
}

/** One field of one operation's form, before equal fields of many operations become one. */
export interface Draft {
	readonly property: INodeProperties;
	readonly rank: Rank;
	/** Conditions beside resource and operation. */
	readonly show?: Readonly<Record<string, Array<string | boolean>>>;
	/** The values of Belongs To with and without this field, where there is a choice. */
	readonly belongsTo?: BelongsTo;
}

export interface BelongsTo {
	readonly shown: readonly string[];
	readonly hidden: readonly string[];
}

const belongsTo = (all: readonly string[], shown: readonly string[]): BelongsTo | undefined =>
	all.length > 1
		? {
				shown: all.filter((key) => shown.includes(key)),
				hidden: all.filter((key) => !shown.includes(key)),
			}
		: undefined;

/**
 * A collection of optional fields, sorted by name as n8n's rules ask.
 *
 * @param all the values of Belongs To; where none of the fields applies, there is no collection
 */
function collection(
	all: readonly string[],
	[name, displayName, button]: readonly [string, string, string],
	fields: Fields,
): Draft {
	const applying = all.filter((key) =>
		Object.values(fields).some(({ forEndpoints }) => !forEndpoints || forEndpoints.includes(key)),
	);
	const options = Object.entries(fields).map(([key, field]) => ({
		...toProperty(key, field),
		...(field.forEndpoints && {
			displayOptions: { show: { '/belongsTo': [...field.forEndpoints] } },
		}),
	}));
	return {
		rank: Rank.Collections,
		belongsTo: belongsTo(all, applying),
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

/** A choice of more than this many comes when the field opens: the description stays light. */
const MOST_CARRIED = 5;

const belongsToChoice = (keys: string[], [first] = keys): Draft => ({
	rank: Rank.BelongsTo,
	property: {
		displayName: 'Belongs To',
		name: 'belongsTo',
		type: 'options',
		noDataExpression: true,
		...(keys.length > MOST_CARRIED
			? {
					typeOptions: {
						loadOptionsMethod: 'belongsTo',
						loadOptionsDependsOn: ['resource', 'operation'],
					},
				}
			: { options: keys.map((key) => ({ name: belongsToLabel(key), value: key })) }),
		default: first,
	},
});

/** What a key of an endpoint choice is called: `account`, a record name without `_id`. */
export function belongsToLabel(key: string): string {
	const record = `${key}_id`;
	if (key === 'account') return 'Whole Account';
	return isRecordName(record) ? recordKinds[record].label : titleCase(key);
}

function pathDrafts({ value: resource }: Resource, operation: Operation): Draft[] {
	const choices = endpointsOf(operation);
	const all = choices.map(([key]) => key);
	const drafts: Draft[] = all.length > 1 ? [belongsToChoice(all)] : [];
	const takers = new Map<string, { field: Field; keys: string[] }>();
	for (const [key, endpoint] of choices) {
		for (const { name, field } of pathFields(resource, operation, endpoint)) {
			takers.set(name, { field, keys: [...(takers.get(name)?.keys ?? []), key] });
		}
	}
	for (const [name, { field, keys }] of takers) {
		drafts.push({ ...pathDraft(name, field), belongsTo: belongsTo(all, keys) });
	}
	const without = choices
		.filter(([key]) => !takers.get('product_id')?.keys.includes(key))
		.filter(([, endpoint]) => needsWorkspace(operation, endpoint))
		.map(([key]) => key);
	if (without.length > 0) {
		drafts.push({
			rank: Rank.Workspace,
			show: elsewise(operation),
			belongsTo: belongsTo(all, without),
			property: listWorkspace,
		});
	}
	return drafts;
}

function pathDraft(name: string, field: Field): Draft {
	if (name === OWN_RECORD && field.kind === 'record') {
		return { rank: Rank.OwnRecord, property: ownLocator(recordKinds[field.record]) };
	}
	if (!isRecordName(name)) return { rank: Rank.Path, property: toProperty(name, field, true) };
	const rank = name === 'product_id' ? Rank.Workspace : Rank.Path;
	return { rank, property: pathLocator(name, true) };
}

/** When the workspace is no parameter of its own, where it sometimes is. */
function elsewise({ required = {} }: Operation): Record<string, string[]> {
	const taken = Object.entries(required.product_id?.showWhen ?? {});
	return Object.fromEntries(
		taken.map(([name, values]) => {
			const all = choicesOf(required[name]).map(({ value }) => String(value));
			return [name, all.filter((value) => !values.includes(value))];
		}),
	);
}

/** Lists of releases, statuses and the like belong to a workspace that the request does not name. */
const listWorkspace: INodeProperties = {
	...pathLocator('product_id', false),
	description: 'Fills the lists below. Not sent to Aha!.',
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

const simplifyDraft: Draft = {
	rank: Rank.Shape,
	property: {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
};

const fieldsToReturn: Fields = {
	fields: {
		kind: 'list',
		label: 'Fields to Return',
		description: 'Names of the fields, separated by commas; * for all',
	},
};

/** The account's own fields, as the layout of the workspace has them; one for all operations. */
const customFieldsDraft: Draft = {
	rank: Rank.CustomFields,
	property: {
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: ['resource', 'operation', 'product_id.value', `${OWN_RECORD}.value`],
			resourceMapper: {
				resourceMapperMethod: 'getCustomFields',
				mode: 'add',
				addAllFields: false,
				supportAutoMap: false,
				hideNoDataError: true,
				fieldWords: { singular: 'custom field', plural: 'custom fields' },
			},
		},
	},
};

/** What else must be chosen for a field to show. */
const conditions = ({ showWhen = {} }: Field): Record<string, string[]> =>
	Object.fromEntries(Object.entries(showWhen).map(([name, values]) => [name, [...values]]));

/** The form of one operation, in no more than Aha!'s parameters and n8n's own fields. */
export function draftForm(resource: Resource, operation: Operation): Draft[] {
	const drafts = pathDrafts(resource, operation);
	const top = { ...operation.requiredQuery, ...operation.required, ...operation.settings };
	const all = endpointsOf(operation).map(([key]) => key);
	for (const [name, field] of Object.entries(top)) {
		drafts.push({
			rank: Rank.Required,
			show: conditions(field),
			belongsTo: belongsTo(all, field.forEndpoints ?? all),
			property: toProperty(name, field, true),
		});
	}
	if (operation.paginated) drafts.push(...pagingDrafts);
	if (canSimplify(resource, operation)) drafts.push(simplifyDraft);
	if (operation.customFields) drafts.push(customFieldsDraft);
	const filters = operation.filters ?? (operation.paginated ? operation.query : undefined);
	if (filters) drafts.push(collection(all, ['filters', 'Filters', 'Add Filter'], filters));
	if (operation.fields) {
		drafts.push(
			collection(all, ['additionalFields', 'Additional Fields', 'Add Field'], operation.fields),
		);
	}
	const options: Fields = {
		...(!operation.paginated && operation.query),
		...(operation.selectable && fieldsToReturn),
	};
	if (Object.keys(options).length > 0) {
		drafts.push(collection(all, ['options', 'Options', 'Add Option'], options));
	}
	return drafts;
}
