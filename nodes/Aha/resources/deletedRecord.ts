import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';

const { getMany } = crud({ noun: 'deleted record', key: 'deletion' });

/** https://www.aha.io/api/resources/deletions */
export const deletedRecord: Resource = {
	name: 'Deleted Record',
	value: 'deletedRecord',
	description: 'Records deleted in the last 7 days, in the recycle bin',
	aliases: ['recycle bin', 'trash', 'deletion', 'undelete'],
	operations: [
		getMany({ description: 'Get what was deleted in the last 7 days', endpoint: 'GET /deletions' }),
		{
			name: 'Restore',
			value: 'restore',
			action: 'Restore a deleted record',
			description:
				'Restore a deleted record; Aha! does so in the background, the status shows how far',
			endpoint: 'POST /deletions/{deletion_id}/restore',
			returns: 'deletion',
		},
	],
};
