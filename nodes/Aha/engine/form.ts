import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { labelOf, titleCase } from './fields';
import { idListName, isRecordName, listName, recordKinds } from './records';
import type { RecordName } from './records';
import { endpoints, needsWorkspace, pathParameters } from './paths';
import type { Endpoint, Field, Fields, Operation, Resource } from './types';

/** Where a field stands in the form; n8n draws properties in their order. */
export const enum Rank {
	BelongsTo,
	Workspace,
	Path,
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

const EXPRESSION_HINT =
	'Choose from the list, or specify a value using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

/** A field to choose one record: from a list, by id or reference, by the address of its page. */
function locator(
	name: string,
	record: RecordName,
	required: boolean,
	{ label, list }: { label?: string; list?: string } = {},
): INodeProperties {
	const kind = recordKinds[record];
	return {
		displayName: label ?? kind.label,
		name,
		type: 'resourceLocator',
		default: { mode: list ? 'list' : 'id', value: '' },
		...(required && { required }),
		modes: [
			...(list
				? [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list' as const,
							typeOptions: {
								searchListMethod: list,
								searchable: true,
								...(kind.searchable && { searchFilterRequired: true }),
							},
						},
					]
				: []),
			{
				displayName: kind.letter === undefined ? 'By ID or URL' : 'By ID, Reference or URL',
				name: 'id',
				type: 'string',
				...(kind.example && { placeholder: `e.g. ${kind.example}` }),
			},
		],
	};
}

/** A record in the path of a request, which may be named by its reference number. */
const pathLocator = (name: RecordName, required: boolean): INodeProperties =>
	locator(name, name, required, { list: listName(recordKinds[name]) });

/** A field to choose a person: from the account's users, or by e-mail address. */
const personLocator = (name: string): Partial<INodeProperties> => ({
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'person', searchable: true },
		},
		{ displayName: 'By Email', name: 'email', type: 'string', placeholder: 'name@email.com' },
	],
});

/** What n8n draws for a kind of field. */
function widget(name: string, field: Field): Partial<INodeProperties> {
	switch (field.kind) {
		case 'html':
			return { type: 'string', typeOptions: { rows: 4 }, default: '' };
		case 'number':
		case 'integer':
			return { type: 'number', default: 0 };
		case 'boolean':
			return { type: 'boolean', default: false };
		case 'date':
		case 'dateTime':
			return { type: 'dateTime', default: '' };
		case 'choice': {
			const options = [...(field.choices ?? [])] as INodePropertyOptions[];
			return { type: 'options', options, default: options[0]?.value };
		}
		case 'color':
			return { type: 'color', default: '' };
		case 'record': {
			const kind = field.record as RecordName;
			const list = idListName(recordKinds[kind]);
			return locator(name, kind, false, { label: labelOf(name, field), list });
		}
		case 'records':
			return fromList('multiOptions', idListName(recordKinds[field.record as RecordName]) ?? '');
		case 'person':
			return personLocator(name);
		case 'people':
			return fromList('multiOptions', 'person');
		case 'status':
			return fromList('options', 'status');
		case 'json':
			return { type: 'json', default: '{}' };
		case 'text':
		case 'list':
			return { type: 'string', default: '' };
	}
}

const fromList = (
	type: 'options' | 'multiOptions',
	loadOptionsMethod: string,
): Partial<INodeProperties> => ({
	type,
	typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['product_id.value'] },
	default: type === 'options' ? '' : [],
	description: EXPRESSION_HINT,
});

/** The n8n property of one parameter of Aha!'s API. */
export function toProperty(name: string, field: Field, required = false): INodeProperties {
	const drawn = widget(name, field);
	const hint =
		drawn.description && field.about ? `${field.about}. ${drawn.description}` : undefined;
	const description = hint ?? field.about ?? drawn.description;
	return {
		displayName: labelOf(name, field),
		name,
		...drawn,
		...(field.default !== undefined && { default: field.default }),
		...(field.placeholder && { placeholder: field.placeholder }),
		...(required && { required }),
		...(description && { description }),
	} as INodeProperties;
}

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
		Object.values(fields).some(({ only }) => !only || only.includes(key)),
	);
	const options = Object.entries(fields).map(([key, field]) => ({
		...toProperty(key, field),
		...(field.only && { displayOptions: { show: { '/belongsTo': [...field.only] } } }),
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

const belongsToChoice = (keys: string[], [first] = keys): Draft => ({
	rank: Rank.BelongsTo,
	property: {
		displayName: 'Belongs To',
		name: 'belongsTo',
		type: 'options',
		noDataExpression: true,
		options: keys.map((key) => ({ name: belongsToLabel(key), value: key })),
		default: first,
	},
});

/** What a key of an endpoint choice is called: `account`, a record name without `_id`. */
function belongsToLabel(key: string): string {
	const record = `${key}_id`;
	if (key === 'account') return 'Whole Account';
	return isRecordName(record) ? recordKinds[record].label : titleCase(key);
}

function pathDrafts(operation: Operation): Draft[] {
	const choices = endpoints(operation);
	const all = choices.map(([key]) => key);
	const drafts: Draft[] = all.length > 1 ? [belongsToChoice(all)] : [];
	const takers = new Map<string, string[]>();
	for (const [key, endpoint] of choices) {
		for (const name of pathParameters(endpoint)) {
			takers.set(name, [...(takers.get(name) ?? []), key]);
		}
	}
	for (const [name, keys] of takers) {
		const among = belongsTo(all, keys);
		const field = operation.path?.[name];
		if (field) {
			const property = toProperty(name, field, true);
			drafts.push({ rank: Rank.Path, belongsTo: among, property });
		} else if (isRecordName(name)) {
			const rank = name === 'product_id' ? Rank.Workspace : Rank.Path;
			drafts.push({ rank, belongsTo: among, property: pathLocator(name, true) });
		}
	}
	const without = choices
		.filter(([key]) => !takers.get('product_id')?.includes(key))
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

/** When the workspace is no parameter of its own, where it sometimes is. */
function elsewise({ required = {} }: Operation): Record<string, string[]> {
	const taken = Object.entries(required.product_id?.when ?? {});
	return Object.fromEntries(
		taken.map(([name, values]) => {
			const all = (required[name].choices ?? []).map(({ value }) => String(value));
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
		about: 'Names of the fields, with commas between them; * for all',
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
			loadOptionsDependsOn: ['resource', 'operation', 'product_id.value'],
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

/** Whether the answer is one that Simplify can make short. */
export const simplifies = (resource: Resource, operation: Operation): boolean =>
	resource.simple !== undefined && operation.returns !== undefined && operation.steps === undefined;

/** What else must be chosen for a field to show. */
const conditions = ({ when = {} }: Field): Record<string, string[]> =>
	Object.fromEntries(Object.entries(when).map(([name, values]) => [name, [...values]]));

/** The form of one operation, in no more than Aha!'s parameters and n8n's own fields. */
export function draftForm(resource: Resource, operation: Operation): Draft[] {
	const drafts = pathDrafts(operation);
	const top = { ...operation.requiredQuery, ...operation.required, ...operation.settings };
	const all = endpoints(operation).map(([key]) => key);
	for (const [name, field] of Object.entries(top)) {
		drafts.push({
			rank: Rank.Required,
			show: conditions(field),
			belongsTo: belongsTo(all, field.only ?? all),
			property: toProperty(name, field, true),
		});
	}
	if (operation.list) drafts.push(...pagingDrafts);
	if (simplifies(resource, operation)) drafts.push(simplifyDraft);
	if (operation.customFields) drafts.push(customFieldsDraft);
	if (operation.list && operation.query) {
		drafts.push(collection(all, ['filters', 'Filters', 'Add Filter'], operation.query));
	}
	if (operation.fields) {
		drafts.push(
			collection(all, ['additionalFields', 'Additional Fields', 'Add Field'], operation.fields),
		);
	}
	const options: Fields = {
		...(!operation.list && operation.query),
		...(operation.selectable && fieldsToReturn),
	};
	if (Object.keys(options).length > 0) {
		drafts.push(collection(all, ['options', 'Options', 'Add Option'], options));
	}
	return drafts;
}

export type { Endpoint };
