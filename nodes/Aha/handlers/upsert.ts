import type { IExecuteFunctions } from 'n8n-workflow';

import type { RequestHandler } from '../schema/handler';
import { upsertByKey } from './upsertByKey';
import { matchedValue, upsertByMatch } from './upsertByMatch';
import type { Upserted, UpsertContext, UpsertParts, UpsertSettings } from './upsertRequests';
import { createRecord, updateRecord } from './upsertRequests';

/** Creates a record, or updates the one that matches. The item says which of the two. */
export const createOrUpdate =
	(parts: UpsertParts): RequestHandler<UpsertSettings> =>
	async (item) => {
		const task = async () => await upsert(item, parts);
		const { created, record } = await afterSameMatch(item, parts, task);
		return [{ json: { created, ...item.present(record) } }];
	};

async function upsert(item: UpsertContext, parts: UpsertParts): Promise<Upserted> {
	switch (item.settings.match_on) {
		case 'key':
			return await upsertByKey(item, parts);
		case 'reference':
			return await upsertByReference(item, parts);
		default:
			return await upsertByMatch(item, parts);
	}
}

/** Aha! gives references itself, so that one that does not exist is an error, not a new record. */
async function upsertByReference(item: UpsertContext, parts: UpsertParts): Promise<Upserted> {
	const { existing } = item.settings;
	return existing
		? { created: false, record: await updateRecord(item, parts, existing) }
		: { created: true, record: await createRecord(item, parts) };
}

/** The last upsert of each match in a run: items that match the same wait for each other. */
const lastOfMatch = new WeakMap<IExecuteFunctions, Map<string, Promise<unknown>>>();

async function afterSameMatch<T>(
	item: UpsertContext,
	parts: UpsertParts,
	task: () => Promise<T>,
): Promise<T> {
	const ofRun = lastOfMatch.get(item.context) ?? new Map<string, Promise<unknown>>();
	lastOfMatch.set(item.context, ofRun);
	const { settings, index } = item;
	// New records without a reference have nothing in common.
	const isNew = settings.match_on === 'reference' && !settings.existing;
	const match = JSON.stringify(isNew ? index : [settings, matchedValue(item, parts)]);
	const result = (ofRun.get(match) ?? Promise.resolve()).then(task, task);
	ofRun.set(match, result);
	return await result;
}
