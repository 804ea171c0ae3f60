import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { findOperation, withArticle } from '../schema/operations';
import { listName, recordKinds } from '../schema/records';
import type { RecordKind, RecordName } from '../schema/records';
import type { Operation, Resource } from '../schema/types';
import type { AhaClient } from '../transport/client';
import type { IdOf } from './listRequest';
import { listRequest } from './listRequest';
import type { NamedRecord } from './namedRecords';
import { recordsOf } from './output';
import { unwrapped } from './people';
import { readList } from './readList';

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

/**
 * How many records are read to find a name: five pages. Where Aha! searches a list, only what has the
 * name is read.
 */
const LIMIT = 1_000;

/** How many records an error proposes. */
const PROPOSALS = 3;

/**
 * The record that has a name, from the list in the narrowest place that is known.
 *
 * @param lists those that were read already
 * @returns nothing where nothing lists such records, or the list cannot be read
 */
export async function lookUpName(
	run: NamesOfRun,
	lists: Map<string, Promise<IDataObject[]>>,
	record: RecordName,
	name: string,
	idOf: IdOf,
): Promise<NamedRecord | undefined> {
	const operation = listOperation(run, record);
	if (!operation) return undefined;
	const list = await listRequest(operation, record, idOf);
	if (!list) {
		const noun = recordKinds[record].label.toLowerCase();
		return { problem: `To find ${withArticle(noun)} by its name, choose its workspace first.` };
	}
	const read = async (query: IDataObject) => {
		const asked = { ...list, query };
		const key = JSON.stringify(asked);
		const toRecords = (body: unknown) => recordsOf(operation, asked, body).map(unwrapped);
		const records = lists.get(key) ?? readList(run.client, asked, { toRecords, limit: LIMIT });
		lists.set(key, records);
		return await records;
	};
	const words = operation.query?.q ? { q: name } : {};
	try {
		const records = await read(words);
		// Aha! found nothing for the whole name, so look for some of its words.
		const isEmpty = records.length === 0 && words.q !== undefined;
		return choose(record, name, isEmpty ? await read({}) : records);
	} catch {
		// Where the list cannot be read, the error of the request itself says more.
		return undefined;
	}
}

function listOperation({ resources }: NamesOfRun, record: RecordName): Operation | undefined {
	const kind: RecordKind = recordKinds[record];
	// What only another record lists has no name of its own.
	if (listName(kind) === undefined || kind.onlyWithin) return undefined;
	return findOperation(resources, kind.resource, kind.operation ?? 'getAll');
}

const nameOf = ({ name, title, email, value }: IDataObject): string =>
	String(name ?? title ?? email ?? value ?? '');

/** The one record of a name, as it is written or else in other letters. */
function choose(record: RecordName, name: string, records: readonly IDataObject[]): NamedRecord {
	const lower = name.toLowerCase();
	const exact = records.filter((one) => nameOf(one) === name);
	const same = records.filter((one) => nameOf(one).toLowerCase() === lower);
	for (const some of [exact, same]) {
		if (some.length === 1) return found(some[0]);
		if (some.length > 1)
			return { problem: `${some.length} records have this name.${propose(some)}` };
	}
	const words = lower.split(/\W+/).filter((word) => word.length > 2);
	const like = records.filter((one) =>
		words.some((word) => nameOf(one).toLowerCase().includes(word)),
	);
	const noun = recordKinds[record].label.toLowerCase();
	const where = records.length < LIMIT ? '' : ` among the first ${LIMIT}`;
	return { problem: `There is no ${noun} of this name${where}.${propose(like)}` };
}

const found = ({ id, email }: IDataObject): NamedRecord => ({
	id: String(id),
	...(typeof email === 'string' && { email }),
});

function propose(records: readonly IDataObject[]): string {
	const known = records
		.slice(0, PROPOSALS)
		.map(
			(one) =>
				`${String(one.reference_num ?? one.reference_prefix ?? one.email ?? one.id)} ${nameOf(one)}`,
		);
	if (known.length === 0) return '';
	return ` Did you mean ${known.join(' or ')}?`;
}
