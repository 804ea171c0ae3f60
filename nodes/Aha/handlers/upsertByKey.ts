import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { isObject } from '../transport/json';
import { readPages } from '../transport/pages';
import type { RequestLine } from './common';
import { isList, itemError, partOf, requestJson, statusOf } from './common';
import type { KeyField, Upserted, UpsertContext, UpsertParts } from './upsertRequests';
import { createRecord, requestFor, updateRecord } from './upsertRequests';

/** A record that holds the key. */
interface Holder {
	readonly id: string;
	/** What a person finds it by in Aha!. */
	readonly reference: string;
	/** Grows with the time at which the record got the key. */
	readonly since: bigint;
}

/** Seconds between checks while another run may be about to delete its record. */
const BACKOFF = [1, 2, 4, 8, 15, 30, 30];

/**
 * Creates the record that holds a key of the person's own, or updates it. Aha! lets two records
 * hold the same key, so after a create this checks again: of several, the one that got the key
 * first stays, and whoever made a later one deletes it and updates the first.
 *
 * @throws NodeOperationError that names the records when several hold the key and none goes away
 */
export async function upsertByKey(item: UpsertContext, parts: UpsertParts): Promise<Upserted> {
	const existing = await firstHolder(item, parts);
	if (existing) return { created: false, record: await updateRecord(item, parts, existing.id) };
	const record = await create(item, parts);
	const id = String(record.id);
	const { key } = item.settings;
	const first = await firstHolder(item, parts, id).catch((error: unknown) => {
		throw error instanceof NodeApiError ? stillThere(item, record, error) : error;
	});
	if (first?.id === id) return { created: true, record };
	if (!first) {
		const isDeleted = await rollBack(item, parts, record, `its key "${key}" is not found`);
		throw itemError(
			item,
			`Aha! does not find the key "${key}" that it was given`,
			`${isDeleted ? 'The new record was deleted again' : 'The new record is gone'}. Try a key of letters, digits and hyphens.`,
		);
	}
	await rollBack(item, parts, record, `it is not the only record with the key "${key}"`);
	return { created: false, record: await updateRecord(item, parts, first.id) };
}

/** The error of what failed after a record was created, and has its key. */
const stillThere = (item: UpsertContext, record: IDataObject, { message }: Error): Error =>
	itemError(
		item,
		`${referenceOf(record)} was created, but could not be checked: ${message}`,
		'Run this item again: it updates the record.',
	);

const referenceOf = ({ id, reference_num }: IDataObject): string => String(reference_num ?? id);

const keyFieldOf = ({ settings: { key, key_field } }: UpsertContext): KeyField => ({
	name: key_field,
	value: key,
});

/**
 * The one record that holds the key. Of several, the one that got it first, unless that is `own`.
 *
 * @param own ID of the record that this item created: it gets time to appear, and others to go
 */
async function firstHolder(
	item: UpsertContext,
	parts: UpsertParts,
	own?: string,
): Promise<Holder | undefined> {
	let holders = await holdersOf(item, parts);
	const isUndecided = () => {
		const isHidden = own !== undefined && !holders.some(({ id }) => id === own);
		return isHidden || (holders.length > 1 && (own === undefined || holders[0].id === own));
	};
	// Before a create there is less to lose, so there is less to wait for.
	for (const seconds of own === undefined ? BACKOFF.slice(0, 4) : BACKOFF) {
		if (!isUndecided()) break;
		await item.client.wait(seconds * 1000);
		holders = await holdersOf(item, parts);
	}
	if (holders.length > 1 && isUndecided()) {
		const all = holders.map(({ reference }) => reference).join(' and ');
		throw itemError(
			item,
			`More than one record holds the key "${item.settings.key}": ${all}`,
			'Another run may have created one at the same moment. Keep one, delete the others, and run again.',
		);
	}
	return holders[0];
}

/** The records of this type that hold the key in the chosen integration, oldest key first. */
async function holdersOf(item: UpsertContext, parts: UpsertParts): Promise<Holder[]> {
	const keyField = keyFieldOf(item);
	const holders: Holder[] = [];
	for await (const body of readPages(item.client, { ...parts.find(keyField), query: {} })) {
		const records = partOf(item, body, 'records', isList);
		for (const record of records.flatMap((wrapped) => Object.values(wrapped)).filter(isObject)) {
			const field = integrationFieldsOf(record).find(
				({ integration_id, name, value }) =>
					String(integration_id) === item.settings.integration_id &&
					name === keyField.name &&
					String(value) === keyField.value,
			);
			if (!field) continue;
			const id = String(record.id);
			const reference = String(record.reference_num ?? id);
			holders.push({ id, reference, since: BigInt(String(field.id)) });
		}
	}
	return holders.sort((a, b) => (a.since < b.since ? -1 : 1));
}

const integrationFieldsOf = ({ integration_fields }: IDataObject): IDataObject[] =>
	Array.isArray(integration_fields) ? integration_fields.filter(isObject) : [];

/** Creates the record and gives it the key. A record without its key is deleted again. */
async function create(item: UpsertContext, parts: UpsertParts): Promise<IDataObject> {
	const record = await createRecord(item, parts);
	const id = String(record.id);
	const addKey: RequestLine = {
		...parts.addKey(id, item.settings.integration_id),
		body: { integration_field: keyFieldOf(item) },
		reconcile: async () => {
			const isSet = (await holdersOf(item, parts)).some((holder) => holder.id === id);
			return isSet ? { status: 200, headers: {}, body: {} } : undefined;
		},
	};
	await requestJson(item, addKey).catch(async (error: unknown) => {
		await rollBack(item, parts, record, `it did not get the key "${item.settings.key}"`);
		throw error;
	});
	return record;
}

/**
 * Deletes the record that this item created.
 *
 * @param why it must not stay, as the end of a sentence
 * @returns whether it was there to be deleted
 */
async function rollBack(
	item: UpsertContext,
	parts: UpsertParts,
	record: IDataObject,
	why: string,
): Promise<boolean> {
	try {
		await requestJson(item, requestFor(item, parts, parts.remove, String(record.id)));
		return true;
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw itemError(
			item,
			`${referenceOf(record)} was created, but ${why}`,
			`It could not be deleted (${(error as Error).message}). Delete it in Aha!.`,
		);
	}
}
