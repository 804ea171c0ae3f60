import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { endpoints, fillEndpoint, pathParameters, valuesIn } from '../schema/endpoints';
import type { RecordName } from '../schema/records';
import type { Endpoint, Operation, Step, Steps } from '../schema/types';
import { readPages } from '../transport/pages';
import { isObject } from '../transport/json';
import { ask, failure, settingsOf } from './common';

/** What an upsert is made of: operations that the node has anyway. */
export interface UpsertParts {
	/** Path parameter of the records, e.g. `feature_id`. */
	readonly name: RecordName;
	readonly create: Operation;
	readonly update: Operation;
	readonly remove: Operation;
	/** Lists records by the name and value of an integration field. */
	readonly toFind: Endpoint;
	/** Sets an integration field. */
	readonly toSetKey: Endpoint;
}

/** A record that holds the key. */
interface Holder {
	readonly id: string;
	/** As a person finds it in Aha!. */
	readonly reference: string;
	/** Grows with the time at which the record got the key. */
	readonly since: bigint;
}

/** Seconds between looks while another run may be about to take back its record. */
const PATIENCE = [1, 2, 4, 8, 15, 30, 30];

/**
 * Creates the record that holds a key of the person's own, or updates it. Aha! lets two records
 * hold the same key, so after creating one the step looks again: of several the one that got the
 * key first stays, and whoever made a later one deletes it and updates the first.
 *
 * @throws NodeOperationError that names the records when two hold the key and none goes away
 */
export const createOrUpdate =
	(parts: UpsertParts): Steps =>
	async (step) =>
		await afterOthers(step, async () => await upsert(step, parts));

async function upsert(step: Step, parts: UpsertParts): Promise<INodeExecutionData[]> {
	const held = await settled(step, parts);
	if (held) return [await updated(step, parts, held)];
	const created = await create(step, parts);
	const first = await settled(step, parts, created.id);
	if (first?.id === created.id) return [{ json: { created: true, ...created.record } }];
	await takeBack(step, parts, created.record);
	if (!first) {
		throw failure(
			step,
			`Aha! does not find the key "${keyOf(step).value}" that it was given`,
			'The new record was deleted again. Try a key of letters, digits and hyphens.',
		);
	}
	return [await updated(step, parts, first)];
}

/** The last upsert of each key that a run has under way: its items of one key take turns. */
const underWay = new WeakMap<IExecuteFunctions, Map<string, Promise<unknown>>>();

async function afterOthers<T>(step: Step, task: () => Promise<T>): Promise<T> {
	const ofRun = underWay.get(step.context) ?? new Map<string, Promise<unknown>>();
	underWay.set(step.context, ofRun);
	const key = JSON.stringify([integrationOf(step), keyOf(step)]);
	const mine = (ofRun.get(key) ?? Promise.resolve()).then(task, task);
	ofRun.set(key, mine);
	return await mine;
}

const keyOf = (step: Step) => {
	const { key_field: name, key: value } = settingsOf(step);
	return { name: String(name), value: String(value) };
};

/**
 * The one record that holds the key, or that of several got it first and is not the step's own.
 *
 * @param own the record that this step made: it is given time to be found, and others to go
 */
async function settled(step: Step, parts: UpsertParts, own?: string): Promise<Holder | undefined> {
	let holders = await holdersOf(step, parts);
	const undecided = () => {
		const hidden = own !== undefined && !holders.some(({ id }) => id === own);
		return hidden || (holders.length > 1 && (own === undefined || holders[0].id === own));
	};
	// Before anything is made there is less at stake, and less to wait for.
	for (const seconds of own === undefined ? PATIENCE.slice(0, 4) : PATIENCE) {
		if (!undecided()) break;
		await step.client.wait(seconds * 1000);
		holders = await holdersOf(step, parts);
	}
	if (holders.length > 1 && undecided()) {
		const all = holders.map(({ reference }) => reference).join(' and ');
		throw failure(
			step,
			`The key "${keyOf(step).value}" is held by more than one record: ${all}`,
			'Another run may have created one at the same moment. Keep one, delete the others, and run again.',
		);
	}
	return holders[0];
}

/** The records of this type that hold the key in the chosen integration, the first first. */
async function holdersOf(step: Step, parts: UpsertParts): Promise<Holder[]> {
	const { name, value } = keyOf(step);
	const integration = integrationOf(step);
	const endpoint = fillEndpoint(parts.toFind, { field_name: name, field_value: value });
	const holders: Holder[] = [];
	for await (const body of readPages(step.client, { ...endpoint, query: {} })) {
		const records = (body as { records?: IDataObject[] }).records ?? [];
		for (const record of records.flatMap((wrapped) => Object.values(wrapped)).filter(isObject)) {
			const field = fieldsOf(record).find(
				(candidate) =>
					String(candidate.integration_id) === integration &&
					candidate.name === name &&
					String(candidate.value) === value,
			);
			if (!field) continue;
			const id = String(record.id);
			const reference = String(record.reference_num ?? id);
			holders.push({ id, reference, since: BigInt(String(field.id)) });
		}
	}
	return holders.sort((a, b) => (a.since < b.since ? -1 : 1));
}

const fieldsOf = ({ integration_fields }: IDataObject): IDataObject[] =>
	Array.isArray(integration_fields) ? integration_fields.filter(isObject) : [];

const integrationOf = (step: Step): string => String(settingsOf(step).integration_id);

/** Makes the record and gives it the key; a record without its key is not left behind. */
async function create(step: Step, parts: UpsertParts) {
	const { method, path, query, body } = step.request;
	const answer = await ask(step, { method, path, query, body });
	const record = recordIn(parts.create, answer);
	const id = String(record.id);
	const values = { [parts.name]: id, integration_id: integrationOf(step) };
	const field = {
		...fillEndpoint(parts.toSetKey, values),
		body: { integration_field: keyOf(step) },
		reconcile: async () => {
			const isSet = (await holdersOf(step, parts)).some((holder) => holder.id === id);
			return isSet ? { status: 200, headers: {}, body: {} } : undefined;
		},
	};
	await ask(step, field).catch(async (error: unknown) => {
		await takeBack(step, parts, record);
		throw error;
	});
	return { id, record };
}

async function updated(step: Step, parts: UpsertParts, { id }: Holder) {
	const request = fillEndpoint(endpointFor(step, parts, parts.update, id), idsOf(step, parts, id));
	const answer = await ask(step, { ...request, body: bodyFor(parts.update, step) });
	return { json: { created: false, ...recordIn(parts.update, answer) } };
}

/** Deletes the record that this step made. */
async function takeBack(step: Step, parts: UpsertParts, record: IDataObject): Promise<void> {
	const id = String(record.id);
	const request = fillEndpoint(endpointFor(step, parts, parts.remove, id), idsOf(step, parts, id));
	await ask(step, request).catch((error: Error) => {
		const reference = String(record.reference_num ?? id);
		throw failure(
			step,
			`${reference} was created, but not as the one record with the key "${keyOf(step).value}"`,
			`It could not be deleted again (${error.message}). Delete it in Aha!.`,
		);
	});
}

/** Values of path parameters: the record's own, and those of the form, such as the workspace. */
const idsOf = (
	{ operation, request }: Step,
	{ name }: UpsertParts,
	id: string,
): Record<string, string> => ({
	...Object.assign({}, ...endpoints(operation).map(([, made]) => valuesIn(made, request.path))),
	[name]: id,
});

/** The endpoint of an operation for which all path parameters are known. */
function endpointFor(step: Step, parts: UpsertParts, operation: Operation, id: string): Endpoint {
	const known = idsOf(step, parts, id);
	const fitting = endpoints(operation).find(([, endpoint]) =>
		pathParameters(endpoint).every((name) => name in known),
	);
	if (!fitting) throw failure(step, `"${operation.name}" needs more than an ID`, '');
	return fitting[1];
}

/** What the form gave, without what only a new record takes. */
function bodyFor({ root = '', required, fields }: Operation, { request }: Step): IDataObject {
	const given = (request.body?.[root] ?? {}) as IDataObject;
	const taken = Object.entries({ ...required, ...fields, custom_fields: {} }).map(
		([key, field]) => ('at' in field ? String(field.at) : key).split('.')[0],
	);
	return {
		[root]: Object.fromEntries(Object.entries(given).filter(([key]) => taken.includes(key))),
	};
}

const recordIn = ({ returns = '' }: Operation, answer: IDataObject): IDataObject =>
	(answer[returns] ?? answer) as IDataObject;
