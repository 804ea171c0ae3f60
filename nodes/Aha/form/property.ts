import type { INodeProperties, INodePropertyMode, INodePropertyOptions } from 'n8n-workflow';

import { labelOf } from '../schema/fields';
import { idListName, linkedListName, listName, recordKinds } from '../schema/records';
import type { RecordKind, RecordName } from '../schema/records';
import type { Field } from '../schema/types';
import { fieldDescription, placeholderOf, recordDescription } from './fieldWords';

/** A record that a field takes, and how it can be given. */
interface Ways {
	readonly kind: RecordKind;
	/** Name of the list to choose from; none where nothing lists such records. */
	readonly list?: string;
	/** Whether Aha! also takes the record's name. */
	readonly byName?: boolean;
}

type Mode = INodePropertyMode;

/** One way to fill in a field, under a label. */
const mode = (
	displayName: string,
	name: string,
	rest: Omit<Mode, 'displayName' | 'name'>,
): Mode => ({
	displayName,
	name,
	...rest,
});

const listMode = (searchListMethod: string, searchFirst = false): Mode =>
	mode('From List', 'list', {
		type: 'list',
		typeOptions: {
			searchListMethod,
			searchable: true,
			...(searchFirst && { searchFilterRequired: true }),
		},
	});

const textMode = (displayName: string, name: string, example?: string): Mode =>
	mode(displayName, name, {
		type: 'string',
		...(example && { placeholder: `e.g. ${example}` }),
	});

/** What a person can type: n8n has its own label for a mode of the name `id`, so others differ. */
function typedMode({ kind: { resource, example }, byName }: Ways): Mode {
	const reference = resource === 'workspace' ? 'Prefix' : 'Reference';
	const words = [...(byName ? ['Name'] : []), ...(example ? [reference] : [])];
	if (words.length === 0) return textMode('By ID', 'id');
	return textMode(`By ${words.join(', ')} or ID`, 'reference', example);
}

/** The address of a page. The run takes the reference or ID out of it. */
const BY_URL: Mode = {
	...textMode('By URL', 'url'),
	validation: [
		{
			type: 'regex',
			properties: { regex: 'https?://.+', errorMessage: 'Enter a URL' },
		},
	],
};

/** A field for one record: from a list, by what names it, or by the URL of its page. */
const locator = (name: string, label: string, required: boolean, ways: Ways): INodeProperties => ({
	displayName: label,
	name,
	type: 'resourceLocator',
	default: { mode: ways.list ? 'list' : typedMode(ways).name, value: '' },
	...(required && { required }),
	modes: [
		...(ways.list ? [listMode(ways.list, ways.kind.searchable !== undefined)] : []),
		typedMode(ways),
		BY_URL,
	],
});

/**
 * A record in the path of a request, which may be named by its reference number.
 *
 * @param name of the field; the path parameter unless given
 * @param isListed whether the form has what the list of these records needs
 */
export const pathLocator = (
	record: RecordName,
	required: boolean,
	name: string = record,
	isListed = true,
): INodeProperties => ({
	...locator(name, recordKinds[record].label, required, {
		kind: recordKinds[record],
		list: isListed ? listName(recordKinds[record]) : undefined,
	}),
	description: recordDescription(recordKinds[record]),
});

/** A field to choose from a list, or to fill in by what Aha! knows the choice by. */
const listedLocator = (name: string, list: string, typed: Mode): Partial<INodeProperties> => ({
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [listMode(list), typed],
});

/** A record of a kind that the form does not know beforehand. */
const ANY_KIND: RecordKind = { ...recordKinds.feature_id, label: 'Record' };

/** A kind of record that resources with other kinds share a field with: its example is any ID. */
const sharedKind = (name: RecordName): RecordKind => {
	const kind: RecordKind = recordKinds[name];
	return kind.example ? { ...kind, example: '1007868956' } : kind;
};

/** What n8n draws for a kind of field. */
function widget(name: string, field: Field): Partial<INodeProperties> {
	switch (field.kind) {
		case 'html':
			return { type: 'string', typeOptions: { rows: 4 }, default: '' };
		case 'code':
			// n8n has no editor for GraphQL; that for JavaScript colors it well and closes its brackets.
			return { type: 'string', typeOptions: { editor: 'jsEditor', rows: 8 }, default: '' };
		case 'number':
		case 'integer':
			return { type: 'number', default: 0 };
		case 'boolean':
			return { type: 'boolean', default: false };
		case 'date':
			return { type: 'dateTime', typeOptions: { dateOnly: true }, default: '' };
		case 'dateTime':
			return { type: 'dateTime', default: '' };
		case 'choice': {
			const options = field.choices.map(
				({ sent: _sent, ...option }): INodePropertyOptions => option as INodePropertyOptions,
			);
			return { type: 'options', options, default: options[0]?.value };
		}
		case 'color':
			return { type: 'color', default: '' };
		case 'record': {
			const kind = field.listMethod ? sharedKind(field.record) : recordKinds[field.record];
			const list = field.listMethod ?? idListName(kind);
			return locator(name, labelOf(name, field), false, { kind, list, byName: field.byName });
		}
		case 'linkedRecord':
			return locator(name, labelOf(name, field), false, {
				kind: ANY_KIND,
				list: linkedListName(field.of),
			});
		case 'records':
			return severalFrom(idListName(recordKinds[field.record]) ?? '');
		case 'person':
			return listedLocator(name, 'person', textMode('By Email', 'email', 'name@email.com'));
		case 'people':
			return severalFrom('person');
		case 'named':
			return listedLocator(name, field.list, textMode('By Name or ID', 'name', '2026 Q1'));
		case 'names':
			return severalFrom(field.list);
		case 'status':
			return field.idsOnly
				? listedLocator(name, 'statusIds', textMode('By ID', 'status', '1007868956'))
				: listedLocator(name, 'status', textMode('By Name', 'name', 'In development'));
		case 'type':
			return listedLocator(name, 'type', textMode('By Name', 'name', 'Improvement'));
		case 'json':
			return { type: 'json', default: '{}' };
		case 'estimate':
		case 'text':
		case 'list':
			return { type: 'string', default: '' };
	}
}

/**
 * Several choices from a list: n8n has no locator for several records.
 *
 * @param dependsOn names of the fields that change the list
 */
export const severalFrom = (
	loadOptionsMethod: string,
	loadOptionsDependsOn: string[] = ['product_id.value'],
): Pick<INodeProperties, 'type' | 'typeOptions' | 'default'> => ({
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod, loadOptionsDependsOn },
	default: [],
});

/** The n8n property of one parameter of Aha!'s API. */
export function toProperty(name: string, field: Field, required = false): INodeProperties {
	const drawn = widget(name, field);
	const initial = field.default ?? drawn.default;
	// A field with a default value is never empty.
	const mustBeGiven =
		required && !field.optional && (initial === '' || typeof initial === 'object');
	const placeholder = placeholderOf(name, field);
	const description = fieldDescription(name, field);
	return {
		displayName: labelOf(name, field),
		name,
		...drawn,
		...(field.default !== undefined && { default: field.default }),
		...(placeholder && { placeholder }),
		...(mustBeGiven && { required }),
		...(description && { description }),
		...(field.hint && { hint: field.hint }),
	} as INodeProperties;
}
