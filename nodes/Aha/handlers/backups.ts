import type { IDataObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { fillEndpoint } from '../schema/endpoints';
import type { Endpoint, Step, Steps } from '../schema/types';
import type { BinaryStream } from '../transport/types';
import { ask, failure, settingsOf, statusOf, waitFor } from './common';

/** Aha! asks for 20 seconds between two looks, and speaks of ten minutes for a large account. */
const WAITING = { every: 20_000, atMost: 60 * 60_000 };

/** Values of `status_code`: 0 waits in a queue, 1 is being made. */
const COMPLETED = 2;
const FAILED = 3;

/**
 * Makes a backup and waits for it where the person wants that.
 *
 * @param toGet the endpoint that tells how far a backup is
 */
export const createBackup =
	(toGet: Endpoint): Steps =>
	async (step) => {
		const { waitForCompletion } = settingsOf(step);
		const { method, path } = step.request;
		const created = await ask(step, { method, path, noRetry: true }).catch((error: unknown) => {
			throw statusOf(error) === 429 ? oneADay(step, error as NodeApiError) : error;
		});
		const backup = created.account_backup as IDataObject;
		return [{ json: waitForCompletion ? await completed(step, toGet, String(backup.id)) : backup }];
	};

const oneADay = ({ context, index }: Step, error: NodeApiError): NodeApiError =>
	new NodeApiError(
		context.getNode(),
		{ message: error.message, httpCode: '429' },
		{
			message: 'Aha! makes one backup in 24 hours, and there is one already',
			description: 'Use Get Many to find it, then Download. Trying again helps only tomorrow.',
			httpCode: '429',
			itemIndex: index,
		},
	);

async function completed(step: Step, toGet: Endpoint, id: string): Promise<IDataObject> {
	const request = fillEndpoint(toGet, { account_backup_id: id });
	const backup = await waitFor(step, WAITING, async () => {
		const found = (await ask(step, request)).account_backup as IDataObject;
		const status = Number(found.status_code);
		if (status === FAILED) {
			const said = `Aha! reported "${String(found.status_description)}" for backup ${id}.`;
			throw failure(step, 'Aha! could not make the backup', said);
		}
		return status === COMPLETED ? found : undefined;
	});
	if (backup) return backup;
	const hint = `It has the ID ${id}: look for it with Get, then use Download.`;
	throw failure(step, 'The backup was not ready within an hour', hint);
}

/** Downloads the file of a backup as binary data, streamed. */
export const downloadBackup: Steps = async (step) => {
	const { context, client, request } = step;
	const { binaryPropertyName } = settingsOf(step);
	const { body } = await client.send({ ...request, asFile: true });
	const name = request.path.split('/').at(-1);
	const binary = await context.helpers.prepareBinaryData(
		body as BinaryStream,
		`aha-backup-${name}`,
		'application/gzip',
	);
	return [
		{
			json: { file_name: binary.fileName, file_size: binary.bytes },
			binary: { [String(binaryPropertyName)]: binary },
		},
	];
};
