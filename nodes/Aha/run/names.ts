import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { endpointsOf, fillEndpoint, pathParameters } from '../schema/endpoints';
import { findOperation, withArticle } from '../schema/operations';
import { pathFields } from '../schema/pathFields';
import { isRecordName, listName, recordKinds } from '../schema/records';
import type { RecordName } from '../schema/records';
import { parseReference, workspacePrefix } from '../schema/references';
import type { Field, Operation, Resource } from '../schema/types';
import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import type { AhaRequest } from '../transport/types';
import { locatorValue } from './input';
import type { NamedRecord, NamedRecords } from './namedRecords';
import { recordsOf } from './output';
import { textOf } from './plain';
import { readList } from './readList';
import type { ReadParameter } from './readParameter';

/** What the names of a run are looked up with. */
export interface NamesOfRun {
	readonly client: AhaClient;
	readonly resource: Resource;
	readonly operation: Operation;
	/** All resources: their lists are where names are found. */
	readonly resources: readonly Resource[];
	/** The form as it was filled in, with its expressions. */
	readonly form: INodeParameters;
}

/** How many records are read to find a name: five pages. */
const LIMIT = 1_000;

/** How many records an error proposes. */
const PROPOSALS = 3;

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
	const isWorkspace = ({ record }: RecordValue) => record === 'product_id';
	const inOrder = [...open.filter(isWorkspace), ...open.filter((one) => !isWorkspace(one))];
	const all: NamedRecords[] = [];
	for (const read of items) {
		const found = new Map<string, NamedRecord>();
		const named: NamedRecords = (record, text) => found.get(keyOf(record, textOf(text)));
		const idOf = (parameter: string) => givenId(values, parameter, read, named);
		for (const field of inOrder) {
			for (const { record, name } of readableNames(field, read)) {
				const result = await lookUpName(run, lists, record, name, idOf);
				if (result) found.set(keyOf(record, name), result);
			}
		}
		all.push(named);
	}
	return all;
}

const keyOf = (record: RecordName, name: string): string => `${record} ${name}`;

/** A field that holds records of a kind, in a collection or not. */
interface RecordValue {
	readonly record: RecordName;
	readonly name: string;
	readonly collection?: string;
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
	return hasWorkspace ? all : [{ record: 'product_id', name: 'product_id' }, ...all];
}

const recordFields = (
	fields: ReadonlyArray<readonly [string, Field]>,
	collection?: string,
): RecordValue[] =>
	fields.flatMap(([name, field]) =>
		(field.kind === 'record' && !field.byName) || field.kind === 'records'
			? [{ record: field.record, name, collection }]
			: [],
	);

/** The values of a field, as a list. */
function valuesIn({ name, collection }: RecordValue, read: ReadParameter): unknown[] {
	if (!collection) return [locatorValue(read(name, undefined))].flat();
	const values = read(collection, {});
	return [locatorValue(isObject(values) ? values[name] : undefined)].flat();
}

/** Whether a field holds a name, or an expression, which can give one. */
const mayBeName = (field: RecordValue, form: INodeParameters): boolean =>
	valuesIn(field, (name, fallback) => form[name] ?? fallback).some(
		(value) => (typeof value === 'string' && value.startsWith('=')) || isName(field.record, value),
	);

const namesIn = (field: RecordValue, read: ReadParameter) =>
	valuesIn(field, read)
		.filter((value) => isName(field.record, value))
		.map((value) => ({ record: field.record, name: value.trim() }));

/** The names in a field; none where its expression fails, which is an error of that item later. */
function readableNames(field: RecordValue, read: ReadParameter) {
	try {
		return namesIn(field, read);
	} catch {
		return [];
	}
}

/** Letters, digits and what else is in names, but nothing that is in addresses. */
const NAME = /^(?!.*[a-z]\.[a-z]|.*:\S)(?=.*\p{L})[\p{L}\p{M}\p{N} \-–—.,:;&'’"()+!#]+$/iu;

/** Whether a text can only be a name: no ID, reference number or link, no prefix of a workspace. */
function isName(record: RecordName, value: unknown): value is string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!NAME.test(text) || parseReference(text)) return false;
	return record === 'product_id' ? /[^\w-]/.test(text) : true;
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
		.filter(({ record }) => record === parameter)
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

async function lookUpName(
	run: NamesOfRun,
	lists: Map<string, Promise<IDataObject[]>>,
	record: RecordName,
	name: string,
	idOf: (parameter: string) => string | undefined,
): Promise<NamedRecord | undefined> {
	const operation = listOperation(run, record);
	if (!operation) return undefined;
	const request = listRequest(operation, name, idOf);
	if (request === 'needs more') {
		const noun = recordKinds[record].label.toLowerCase();
		return { problem: `To find ${withArticle(noun)} by its name, choose its workspace first.` };
	}
	const read = async (query: IDataObject) => {
		const asked = { ...request, query };
		const key = JSON.stringify(asked);
		const toRecords = (body: unknown) => recordsOf(operation, asked, body);
		const list = lists.get(key) ?? readList(run.client, asked, { toRecords, limit: LIMIT });
		lists.set(key, list);
		return await list;
	};
	try {
		const records = await read(request.query);
		// Aha! found nothing for the whole name, so look for some of its words.
		const isEmpty = records.length === 0 && request.query.q !== undefined;
		return choose(record, name, isEmpty ? await read({}) : records);
	} catch {
		// Where the list cannot be read, the error of the request itself says more.
		return undefined;
	}
}

const listOperation = ({ resources }: NamesOfRun, record: RecordName): Operation | undefined =>
	listName(recordKinds[record]) === undefined
		? undefined
		: findOperation(
				resources,
				recordKinds[record].resource,
				recordKinds[record].operation ?? 'getAll',
			);

/** The request for the list in the narrowest place that is known. */
function listRequest(
	operation: Operation,
	name: string,
	idOf: (parameter: string) => string | undefined,
): AhaRequest | 'needs more' {
	const inWorkspace = (endpoint: string) => endpoint.includes('{product_id}');
	const candidates = endpointsOf(operation).sort(
		([, a], [, b]) => +inWorkspace(b) - +inWorkspace(a),
	);
	for (const [, endpoint] of candidates) {
		const values = pathParameters(endpoint).map((parameter) => [parameter, idOf(parameter)]);
		if (values.some(([, value]) => value === undefined)) continue;
		const path = Object.fromEntries(values) as Record<string, string>;
		const query = operation.query?.q ? { q: name } : {};
		return { ...fillEndpoint(endpoint, path), query };
	}
	return 'needs more';
}

const nameOf = ({ name, title, email, value }: IDataObject): string =>
	String(name ?? title ?? email ?? value ?? '');

/** The one record of a name, as it is written or else in other letters. */
function choose(record: RecordName, name: string, records: readonly IDataObject[]): NamedRecord {
	const lower = name.toLowerCase();
	const exact = records.filter((one) => nameOf(one) === name);
	const same = records.filter((one) => nameOf(one).toLowerCase() === lower);
	for (const some of [exact, same]) {
		if (some.length === 1) return { id: String(some[0].id) };
		if (some.length > 1)
			return { problem: `${some.length} records have this name.${propose(some)}` };
	}
	const words = lower.split(/\W+/).filter((word) => word.length > 2);
	const like = records.filter((one) =>
		words.some((word) => nameOf(one).toLowerCase().includes(word)),
	);
	const noun = recordKinds[record].label.toLowerCase();
	return { problem: `There is no ${noun} of this name.${propose(like)}` };
}

function propose(records: readonly IDataObject[]): string {
	const known = records
		.slice(0, PROPOSALS)
		.map((one) => `${String(one.reference_num ?? one.reference_prefix ?? one.id)} ${nameOf(one)}`);
	if (known.length === 0) return '';
	return ` Did you mean ${known.join(' or ')}?`;
}
