import type { IDataObject } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import { typeValue } from './change/recordTypes';
import type { ListEndpoint } from './feed/endpoints';
import { recordEndpoint } from './feed/endpoints';
import { unlessStatus } from './unlessStatus';

/** What an item gets of its record. */
interface FullRecord extends IDataObject {
	/** `null` if it is deleted, has no endpoint of its own, or cannot be read. */
	readonly full_record: IDataObject | null;
	/** Why it cannot be read. */
	readonly full_record_error: string | null;
}

/**
 * Adds the current record to each item as `full_record`. Requests each record once. One that Aha!
 * refuses, or fails to return, does not stop the others.
 *
 * @throws the error of a request when it seems that Aha! returns no record at all
 */
export async function addFullRecords(client: AhaClient, items: IDataObject[]): Promise<void> {
	const reader = new RecordReader(client);
	for (const item of items) Object.assign(item, await reader.read(item));
	reader.assertReached();
}

const NO_RECORD: FullRecord = { full_record: null, full_record_error: null };

/** Requests in a row that may fail before Aha! seems to be away. */
const MAX_FAILURES = 5;

/** Reads the records of one batch. */
class RecordReader {
	private readonly known = new Map<string, FullRecord>();

	private isReached = false;

	private failures: unknown[] = [];

	constructor(private readonly client: AhaClient) {}

	async read({ record }: IDataObject): Promise<FullRecord> {
		const { id, reference_num: reference, type } = record as IDataObject;
		const endpoint = endpointOf(typeValue(String(type)), id ?? reference);
		if (!endpoint) return NO_RECORD;
		const found = this.known.get(endpoint.path) ?? (await this.request(endpoint));
		this.known.set(endpoint.path, found);
		return found;
	}

	/** @throws the first failure of several, or of all */
	assertReached(): void {
		const most = this.isReached ? MAX_FAILURES : 0;
		if (this.failures.length > most) throw this.failures[0];
	}

	private async request(endpoint: ListEndpoint): Promise<FullRecord> {
		try {
			const full_record = await getRecord(this.client, endpoint);
			this.succeed();
			return { full_record, full_record_error: null };
		} catch (error) {
			if (isOfRecord(error)) this.succeed();
			else this.failures.push(error);
			// Another record tells whether it is this one that fails.
			if (this.failures.length > 1) this.assertReached();
			return { full_record: null, full_record_error: (error as Error).message };
		}
	}

	private succeed(): void {
		this.isReached = true;
		this.failures = [];
	}
}

const endpointOf = (recordType: string, id: unknown): ListEndpoint | undefined =>
	typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? recordEndpoint(recordType, id) : undefined;

/**
 * Reads one record; `null` if Aha! has none.
 *
 * @throws the error of the request, or UserError when the response is no record
 */
export async function getRecord(
	client: AhaClient,
	{ path, key }: ListEndpoint,
): Promise<IDataObject | null> {
	const response = await unlessStatus(['404'], client.send({ method: 'GET', path, query: {} }));
	if (!response) return null;
	const { body } = response;
	const record = isObject(body) && key !== '' ? body[key] : body;
	if (!isObject(record)) throw new UserError('Aha! returned no record');
	return record;
}

/** Statuses that are about the credential, the time and the limits. */
const OF_ACCOUNT: readonly string[] = ['401', '408', '429'];

/** Whether a failure says nothing of other records. */
const isOfRecord = (error: unknown): boolean => {
	const status = String((error as { httpCode?: unknown }).httpCode);
	return error instanceof UserError || (/^4\d\d$/.test(status) && !OF_ACCOUNT.includes(status));
};
