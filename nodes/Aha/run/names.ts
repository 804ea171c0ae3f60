import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { endpointsOf } from '../schema/endpoints';
import { linkedKind, pathFields } from '../schema/pathFields';
import { isRecordName } from '../schema/records';
import type { RecordName } from '../schema/records';
import { parseReference, workspacePrefix } from '../schema/references';
import type { Field, LinkedRecordField } from '../schema/types';
import { isObject } from '../transport/json';
import { locatorValue, splitText } from './input';
import type { NamedRecord, NamedRecords } from './namedRecords';
import { lookUpName } from './nameLists';
import type { NamesOfRun } from './nameLists';
import { textOf } from './plain';
import type { ReadParameter } from './readParameter';

/**
 * Looks up the names in the record fields of all items, as an expression or an AI model gives them.
 * Each list is read once. Nothing is read where the form can hold no name.
 *
 * @param items reads the form of each item
 * @returns the records of the names in each item: one name may be that of a release in two workspaces
 */
export async function lookUpNames(
	run: NamesOfRun,
	items: readonly ReadParameter[],
): Promise<ReadonlyArray<NamedRecords>> {
	const values = recordValues(run);
	const open = values.filter((one) => mayBeName(one, run.form));
	if (open.length === 0) return items.map(() => () => undefined);
	const lists = new Map<string, Promise<IDataObject[]>>();
	// The workspace comes first, as others are looked up in it.
	const isWorkspace = ({ kind }: RecordValue) => kind === 'product_id';
	const inOrder = [...open.filter(isWorkspace), ...open.filter((one) => !isWorkspace(one))];
	const all: NamedRecords[] = [];
	for (const read of items) {
		const found = new Map<string, NamedRecord>();
		const named: NamedRecords = (kind, text) => found.get(keyOf(kind, textOf(text)));
		const idOf = (parameter: string) => givenId(values, parameter, read, named);
		for (const field of inOrder) {
			const record = recordOf(field, read);
			if (!record) continue;
			for (const name of namesIn(field, record, read)) {
				const result = await lookUpName(run, lists, record, name, idOf);
				if (result) found.set(keyOf(field.kind, name), result);
			}
		}
		all.push(named);
	}
	return all;
}

const keyOf = (kind: string, name: string): string => `${kind} ${name}`;

/** A field that holds records of a kind, in a collection or not. */
interface RecordValue {
	/** The kind, or the name of the field that says which kind. */
	readonly kind: string;
	readonly name: string;
	readonly collection?: string;
	/** What says which kind. */
	readonly linked?: LinkedRecordField;
	/** Whether it holds several: a list can also be text, with commas or as JSON. */
	readonly isList?: boolean;
}

/** The record fields of an operation, wherever they are in the form. */
function recordValues({ resource, operation }: NamesOfRun): RecordValue[] {
	const inPath = endpointsOf(operation).flatMap(([, endpoint]) =>
		pathFields(resource.value, operation, endpoint).map(
			({ name, field }) => [name, field] as const,
		),
	);
	const { required, requiredQuery, settings, fields = {}, query, filters } = operation;
	const top = Object.entries({ ...requiredQuery, ...required, ...settings });
	const options = Object.entries(query ?? filters ?? {});
	const all = [
		...recordFields([...inPath, ...top]),
		...recordFields(Object.entries(fields), 'additionalFields'),
		...recordFields(options, operation.paginated ? 'filters' : 'options'),
	];
	const hasWorkspace = all.some(({ name, collection }) => name === 'product_id' && !collection);
	// The workspace that only fills the lists of the form also says where to look for names.
	return hasWorkspace ? all : [{ kind: 'product_id', name: 'product_id' }, ...all];
}

const recordFields = (
	fields: ReadonlyArray<readonly [string, Field]>,
	collection?: string,
): RecordValue[] =>
	fields.flatMap(([name, field]): RecordValue[] => {
		switch (field.kind) {
			case 'record':
				return field.byName ? [] : [{ kind: field.record, name, collection }];
			case 'records':
				return [{ kind: field.record, name, collection, isList: true }];
			case 'person':
				return [{ kind: 'user_id', name, collection }];
			case 'people':
				return [{ kind: 'user_id', name, collection, isList: true }];
			case 'linkedRecord':
				return [{ kind: field.of, name, collection, linked: field }];
			default:
				return [];
		}
	});

/** A value of the form, as it is or evaluated; nothing where its expression fails. */
function valueOf(name: string, { collection }: RecordValue, read: ReadParameter): unknown {
	try {
		if (!collection) return read(name, null);
		const values = read(collection, {});
		return isObject(values) ? values[name] : undefined;
	} catch {
		// It is an error of that item later.
		return undefined;
	}
}

/** The values of a field, as a list. */
function valuesIn(field: RecordValue, read: ReadParameter): unknown[] {
	const value = locatorValue(valueOf(field.name, field, read));
	return field.isList && typeof value === 'string' ? splitText(value) : [value].flat();
}

/** The kind of the records in a field. */
function recordOf(field: RecordValue, read: ReadParameter): RecordName | undefined {
	if (!field.linked) return isRecordName(field.kind) ? field.kind : undefined;
	return linkedKind(field.linked, valueOf(field.kind, field, read));
}

/** Whether a field holds a name, or an expression, which can give one. */
const mayBeName = (field: RecordValue, form: INodeParameters): boolean =>
	valuesIn(field, (name, fallback) => form[name] ?? fallback).some(
		(value) =>
			(typeof value === 'string' && value.startsWith('=')) || isLookedUp(field.kind, value),
	);

/** The names in a field. */
const namesIn = (field: RecordValue, record: RecordName, read: ReadParameter): string[] =>
	valuesIn(field, read)
		.filter((value) => isLookedUp(record, value))
		.map((value) => value.trim());

/** Letters, digits and what else is in names, but nothing that is an address. */
const NAME =
	/^(?!\/|.*[a-z]\.[a-z]|.*:\S)(?=.*\p{L})[\p{L}\p{M}\p{N} \-–—.,:;&'’"()+!#%$€£?*/]+$/iu;

/**
 * Whether a text is looked up as a name: it is no ID, reference number or link, and no prefix of a
 * workspace. Where Aha! takes names, more is sent as one.
 */
function isLookedUp(kind: string, value: unknown): value is string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!NAME.test(text) || parseReference(text)) return false;
	return kind === 'product_id' ? /[^\w-]/.test(text) : true;
}

/** The ID of a record that the item gives, for the path of a list. */
function givenId(
	values: readonly RecordValue[],
	parameter: string,
	read: ReadParameter,
	named: NamedRecords,
): string | undefined {
	if (!isRecordName(parameter)) return undefined;
	const given = values
		.filter(({ kind }) => kind === parameter)
		.flatMap((field) => valuesIn(field, read));
	for (const value of given) {
		const result = named(parameter, value);
		if (result) return 'id' in result ? result.id : undefined;
		if (/^[\w-]+$/.test(textOf(value ?? ''))) return textOf(value);
	}
	if (parameter !== 'product_id') return undefined;
	return values
		.flatMap((field) => valuesIn(field, read))
		.map((value) => workspacePrefix(textOf(value ?? '')))
		.find(Boolean);
}
