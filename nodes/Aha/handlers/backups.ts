import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { ItemContext, RequestHandler } from '../schema/handler';
import { isObject } from '../transport/json';
import type { BinaryStream } from '../transport/types';
import type { RequestLine } from './common';
import { isId, itemError, partOf, pollUntil, requestJson, statusOf } from './common';

/** Aha! asks for 20 seconds between two checks, and speaks of ten minutes for a large account. */
const POLLING = { interval: 20_000, timeout: 60 * 60_000 };

/** Key of a backup in a response. */
const BACKUP = 'account_backup';

/** Values of `status_code`; 0 is queued and 1 is running. */
const COMPLETED = 2;
const FAILED = 3;

/**
 * Creates a backup, and waits until it is ready where the person wants that.
 *
 * @param backupAt the request for the state of a backup, by its ID
 */
export const createBackup =
	(backupAt: (id: string) => RequestLine): RequestHandler<{ waitForCompletion: boolean }> =>
	async (item) => {
		const { request, settings } = item;
		const created = await requestJson(item, { ...request, noRetry: true, returns: BACKUP }).catch(
			(error: unknown) => {
				throw statusOf(error) === 429 ? oneADay(item, error as NodeApiError) : error;
			},
		);
		const backup = partOf(item, created, BACKUP, isObject);
		if (!settings.waitForCompletion) return [{ json: backup }];
		const id = String(partOf(item, backup, 'id', isId));
		return [{ json: await completed(item, id, backupAt(id)) }];
	};

const oneADay = ({ context, index }: ItemContext, error: NodeApiError): NodeApiError =>
	new NodeApiError(
		context.getNode(),
		{ message: error.message, httpCode: '429' },
		{
			message: 'Aha! allows one backup every 24 hours, and there already is one',
			description: 'Use Get Many to find it, then Download. Try again tomorrow for a new one.',
			httpCode: '429',
			itemIndex: index,
		},
	);

async function completed(
	item: ItemContext,
	id: string,
	backupRequest: RequestLine,
): Promise<IDataObject> {
	const backup = await pollUntil(item.client, POLLING, async () => {
		const body = await requestJson(item, { ...backupRequest, returns: BACKUP });
		const found = partOf(item, body, BACKUP, isObject);
		const status = Number(found.status_code);
		if (status === FAILED) {
			const reason = `Aha! reported "${String(found.status_description)}" for backup ${id}.`;
			throw itemError(item, 'Aha! could not create the backup', reason);
		}
		return status === COMPLETED ? found : undefined;
	});
	if (backup) return backup;
	const hint = `Its ID is ${id}. Check it with Get, then use Download.`;
	throw itemError(item, 'The backup was not ready within an hour', hint);
}

/** Downloads the file of a backup as binary data, streamed. */
export const downloadBackup: RequestHandler<{ binaryPropertyName: string }> = async (item) => {
	const { context, client, request, path, settings } = item;
	const { body } = await client.send({ ...request, asFile: true });
	const binary = await context.helpers.prepareBinaryData(
		body as BinaryStream,
		`aha-backup-${path.account_backup_id}.tgz`,
		'application/gzip',
	);
	return [
		{
			json: { file_name: binary.fileName, file_size: binary.bytes },
			binary: { [settings.binaryPropertyName]: binary },
		},
	];
};
