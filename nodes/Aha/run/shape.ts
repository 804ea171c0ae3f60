import { withLabel } from '../schema/fields';
import { hasOutput } from '../schema/operations';
import { fieldsToReturn } from '../schema/options';
import type { Operation, Resource } from '../schema/types';
import type { InputScope } from './input';
import { isEmpty, parseInput } from './input';
import { rejectInput, rejectMissing } from './inputError';
import type { Column } from './output';
import { toColumn } from './output';
import type { ReadParameter } from './readParameter';

/** In which version records become items. */
export interface Shape {
	/** Columns of the items; none where they are as Aha! gives them. */
	readonly columns?: readonly Column[];
	/** Aha!'s `fields`: what the records carry; without it, what they carry by themselves. */
	readonly fields?: string;
}

const OUTPUT = {
	kind: 'choice',
	label: 'Output',
	choices: ['simple', 'raw', 'fields'].map((value) => ({ name: value, value })),
} as const;

const FIELDS = { kind: 'list', label: 'Fields' } as const;

/**
 * The output that a person chose.
 *
 * @throws UserError when it is none, or when no field is selected
 */
export function readShape(
	resource: Resource,
	operation: Operation,
	read: ReadParameter,
	scope: InputScope,
): Shape {
	const output = hasOutput(resource, operation) ? read('output', 'raw') : 'raw';
	switch (parseInput(output, OUTPUT, scope)) {
		case 'simple':
			return simpleShape(resource, operation);
		case 'fields':
			return selectedShape(operation, selectedFields(read, scope));
		default:
			return { fields: asked(operation, givenFields(read, scope)) };
	}
}

/** The columns of a resource's simplified records. */
export const simpleColumns = ({ simple = [] }: Resource): Column[] =>
	simple.map((path) => toColumn(path, path.split('.').at(-1) as string));

function simpleShape(resource: Resource, operation: Operation): Shape {
	const columns = simpleColumns(resource);
	// A single record carries them anyway; in a list, records carry little by themselves.
	return { columns, fields: operation.paginated ? asked(operation, pathsOf(columns)) : undefined };
}

function selectedShape(operation: Operation, selected: readonly string[]): Shape {
	const columns = selected.map((path) => toColumn(path, path));
	return { columns, fields: asked(operation, pathsOf(columns)) };
}

const pathsOf = (columns: readonly Column[]): string[] => columns.map(({ path }) => path);

function selectedFields(read: ReadParameter, scope: InputScope): string[] {
	const value = read('fields', []);
	if (isEmpty(value)) rejectMissing(FIELDS);
	const fields = [...new Set(parseInput(value, FIELDS, scope) as string[])];
	if (fields.length === 0) rejectMissing(FIELDS);
	if (fields.includes('*')) {
		rejectInput(FIELDS, '*', 'names of fields; for all of them, set Output to Raw');
	}
	return fields;
}

function givenFields(read: ReadParameter, scope: InputScope): string[] {
	const fields = read('options.fields', '');
	return isEmpty(fields)
		? []
		: (parseInput(fields, withLabel('fields', fieldsToReturn), scope) as string[]);
}

/**
 * Aha!'s `fields`. A list always has the IDs, as they tell which records were read already; a handler
 * goes on with them.
 */
function asked(
	{ selectable, paginated, handler }: Operation,
	paths: readonly string[],
): string | undefined {
	if (!selectable || paths.length === 0) return undefined;
	const keys = new Set(paths.map((path) => path.split('.')[0]));
	const needsId = paginated === true || handler !== undefined;
	if (needsId && !keys.has('id') && !keys.has('*')) return ['id', ...keys].join(',');
	return [...keys].join(',');
}
