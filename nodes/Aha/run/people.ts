import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../transport/json';

/** A user as such: Aha! nests a user of a workspace in the role there. */
export const unwrapped = (record: IDataObject): IDataObject =>
	record.id === undefined && isObject(record.user) ? record.user : record;
