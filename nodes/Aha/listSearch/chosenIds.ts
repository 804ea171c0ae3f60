import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { IdOf } from '../run/listRequest';
import { isRecordName } from '../schema/records';
import type { AhaClient } from '../transport/client';
import { chosenRecord, chosenWorkspace } from './workspace';

/** Gives the IDs of the records that are chosen in the form. */
export const chosenIds =
	(context: ILoadOptionsFunctions, client: AhaClient): IdOf =>
	async (name) => {
		if (name === 'product_id') return await chosenWorkspace(context, client);
		return isRecordName(name) ? chosenRecord(context, client, name) : undefined;
	};
