import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { labelOf } from '../schema/fields';
import { OWN_RECORD } from '../schema/pathFields';
import { idListName, listName, recordKinds } from '../schema/records';
import type { RecordKind, RecordName } from '../schema/records';
import type { Field } from '../schema/types';

/** The ways to give a record in a field. */
interface Ways {
	/** Name of the list to choose from. */
	readonly list?: string;
	/** Whether the list stays empty until someone searches. */
	readonly searchFirst?: boolean;
	readonly byReference: boolean;
	readonly byName?: boolean;
	readonly example?: string;
}

/** A field for one record: from a list, or by ID, reference or URL. */
const locator = (
	name: string,
	label: string,
	required: boolean,
	{ list, searchFirst, byReference, byName, example }: Ways,
): INodeProperties => ({
	displayName: label,
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
							...(searchFirst && { searchFilterRequired: true }),
						},
					},
				]
			: []),
		{
			displayName: `By ${byName ? 'Name, ' : ''}ID${byReference ? ', Reference' : ''} or URL`,
			name: 'id',
			type: 'string',
			...(example && { placeholder: `e.g. ${example}` }),
		},
	],
});

const waysTo = ({ searchable, letter, example }: RecordKind, list: string | undefined): Ways => ({
	list,
	searchFirst: searchable !== undefined,
	byReference: letter !== undefined,
	example,
});

/** A record in the path of a request, which may be named by its reference number. */
export const pathLocator = (name: RecordName, required: boolean): INodeProperties =>
	locator(
		name,
		recordKinds[name].label,
		required,
		waysTo(recordKinds[name], listName(recordKinds[name])),
	);

/**
 * The record that an operation is about. The same field for all kinds that can be given in the
 * same ways: the list looks at the operation to know what is wanted.
 */
export function ownLocator(kind: RecordKind): INodeProperties {
	const listed = listName(kind) !== undefined;
	return locator(OWN_RECORD, 'Record', true, {
		...(listed && { list: OWN_RECORD, example: recordKinds.feature_id.example }),
		searchFirst: kind.searchable !== undefined,
		byReference: listed,
	});
}

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
			const options = field.choices.map(
				({ sent: _sent, ...option }): INodePropertyOptions => option as INodePropertyOptions,
			);
			const initial = { default: options[0]?.value };
			if (field.listMethod)
				return { ...fromList('options', field.listMethod, 'resource'), ...initial };
			return { type: 'options', options, ...initial };
		}
		case 'color':
			return { type: 'color', default: '' };
		case 'record': {
			const kind = recordKinds[field.record];
			const { listMethod: list } = field;
			const ways = list ? { list, byReference: true } : waysTo(kind, idListName(kind));
			return locator(name, labelOf(name, field), false, { ...ways, byName: field.byName });
		}
		case 'records':
			return fromList('multiOptions', idListName(recordKinds[field.record]) ?? '');
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
	dependsOn = 'product_id.value',
): Partial<INodeProperties> => ({
	type,
	typeOptions: { loadOptionsMethod, loadOptionsDependsOn: [dependsOn] },
	default: type === 'options' ? '' : [],
});

/** The n8n property of one parameter of Aha!'s API. */
export function toProperty(name: string, field: Field, required = false): INodeProperties {
	const drawn = widget(name, field);
	const initial = field.default ?? drawn.default;
	// A field with a default value is never empty.
	const mustBeGiven = required && (initial === '' || typeof initial === 'object');
	return {
		displayName: labelOf(name, field),
		name,
		...drawn,
		...(field.default !== undefined && { default: field.default }),
		...(field.placeholder && { placeholder: field.placeholder }),
		...(mustBeGiven && { required }),
		...(field.description && { description: field.description }),
	} as INodeProperties;
}
